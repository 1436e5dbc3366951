import type {
  FailureInfo,
  GetResourcesCommandInput,
  TagFilter,
  TagResourcesCommandInput,
  UntagResourcesCommandInput,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { type Call, type Change, change, type Operations, read } from '../../wire/operation.ts';
import { page, questionOf } from '../../wire/paging.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { wasTagged } from '../../world/tags.ts';
import { type Taggable, taggablesIn } from './taggables.ts';

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
const RESOURCES_A_PAGE = 50;
const MOST_A_PAGE = 100;
const MOST_LISTED = 100;
/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_TagResources.html */
const MOST_TAGGED = 20;
const MOST_TAGS = 50;

export const TAGGING: Operations = {
  GetResources: read((input: GetResourcesCommandInput, call) => {
    const listed = input.ResourceARNList ?? [];
    if (listed.length > MOST_LISTED) throw invalid('ResourceARNList can have at most 100 items.');
    if (listed.length > 0 && (input.TagFilters?.length || input.PaginationToken)) {
      throw invalid('ResourceARNList cannot be combined with TagFilters or PaginationToken.');
    }
    const size = input.ResourcesPerPage ?? RESOURCES_A_PAGE;
    if (size < 1 || size > MOST_A_PAGE) throw invalid('ResourcesPerPage must be between 1 and 100.');
    const found = taggablesIn(call).filter(
      (one) =>
        // It sets the tags of Auto Scaling groups and does not tell them.
        one.type !== 'AWS::AutoScaling::AutoScalingGroup' &&
        (Object.keys(one.tags).length > 0 || wasTagged(call.world, one.arn)) &&
        (listed.length === 0 || listed.includes(one.arn)) &&
        (input.TagFilters ?? []).every((filter) => fits(filter, one)) &&
        ofTypes(input.ResourceTypeFilters ?? [], one),
    );
    const { items, next } = page(found, {
      size: listed.length > 0 ? MOST_LISTED : size,
      token: input.PaginationToken || undefined,
      question: questionOf(input, 'PaginationToken', 'ResourcesPerPage'),
      badToken: 'PaginationTokenExpiredException',
    });
    return {
      ResourceTagMappingList: items.map(({ arn, tags }) => ({
        ResourceARN: arn,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      })),
      PaginationToken: next ?? '',
    };
  }),

  TagResources: change((input: TagResourcesCommandInput, call) => {
    const set = input.Tags ?? {};
    if (Object.keys(set).length === 0 || Object.keys(set).length > MOST_TAGS) {
      throw invalid('Tags must have 1 to 50 entries.');
    }
    refuseReserved(Object.keys(set));
    return tagged(input.ResourceARNList, { set, removed: [] }, call, { tags: set });
  }),

  UntagResources: change((input: UntagResourcesCommandInput, call) => {
    const removed = input.TagKeys ?? [];
    if (removed.length === 0 || removed.length > MOST_TAGS)
      throw invalid('TagKeys must have 1 to 50 entries.');
    refuseReserved(removed);
    return tagged(input.ResourceARNList, { set: {}, removed }, call, { tagKeys: removed });
  }),
};

type Failed = { FailedResourcesMap: Record<string, FailureInfo> };

/** Tags what is there, and says of each of the others why it was not. */
function tagged(
  arns: readonly string[] | undefined,
  tags: { set: Record<string, string>; removed: string[] },
  call: Call,
  said: Record<string, unknown>,
): Change<Failed> {
  if (arns === undefined || arns.length === 0 || arns.length > MOST_TAGGED) {
    throw invalid('ResourceARNList must have 1 to 20 items.');
  }
  const known = new Map(taggablesIn(call).map((one) => [one.arn, one]));
  const there = arns.flatMap((arn) => known.get(arn) ?? []);
  const missing = arns.filter((arn) => !known.has(arn));
  return {
    output: {
      FailedResourcesMap: Object.fromEntries(
        missing.map((arn): [string, FailureInfo] => [
          arn,
          {
            StatusCode: 400,
            ErrorCode: 'InvalidParameterException',
            ErrorMessage: `The resource ${arn} does not exist.`,
          },
        ]),
      ),
    },
    entry: {
      source: 'tagging.amazonaws.com',
      parameters: { resourceARNList: [...arns], ...said },
      resources: there.map(({ arn, id, type }) => ({ type, name: id || arn })),
      effect: { kind: 'tag', arns: there.map(({ arn }) => arn), ...tags },
    },
  };
}

function fits({ Key, Values = [] }: TagFilter, { tags }: Taggable): boolean {
  if (Key === undefined || !Object.hasOwn(tags, Key)) return false;
  return Values.length === 0 || Values.includes(tags[Key] ?? '');
}

/** `ec2` or `ec2:instance`. */
function ofTypes(types: readonly string[], { arn }: Taggable): boolean {
  if (types.length === 0) return true;
  const [, , service = '', , , resource = ''] = arn.split(':');
  const type = `${service}:${resource.split('/')[0]}`;
  return types.some((one) => one === service || one === type);
}

function refuseReserved(keys: readonly string[]): void {
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) {
    throw invalid('Tag keys that begin with aws: are reserved for system use.');
  }
}

function invalid(message: string): Refusal {
  return new Refusal('InvalidParameterException', message);
}
