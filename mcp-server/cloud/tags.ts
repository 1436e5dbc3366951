import type { ResourceTagMapping } from '@aws-sdk/client-resource-groups-tagging-api';
import { foldToLetters } from '../contract/name-folding.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';
import { readScalingGroups } from './scaling-groups.ts';

export type Tags = Readonly<Record<string, string>>;

/** The most the API takes and gives at a time. Source: API reference, `GetResources`. */
const PAGE = 100;
/** 10,000 resources of a place. */
const MOST_PAGES = 100;
/** Names in one request. Source: API reference, `DescribeAutoScalingGroups`. */
const MOST_GROUPS = 50;

/**
 * Every resource of a place that has a tag or once had one, by ARN: the tagging API knows no others. `more`:
 * there are pages that were not read.
 */
export async function readTaggedResources(
  cloud: Cloud,
  { account, region }: Place,
): Promise<{ tags: Map<string, Tags>; more: boolean }> {
  const { sdk, client } = await account.connect('tag', region, 'read');
  const pages = sdk.paginateGetResources(
    { client },
    { ResourcesPerPage: PAGE },
    { abortSignal: cloud.signal },
  );
  const tags = new Map<string, Tags>();
  let read = 0;
  for await (const page of pages) {
    for (const one of page.ResourceTagMappingList ?? []) tags.set(one.ResourceARN ?? '', tagsOf(one));
    read += 1;
    if (read >= MOST_PAGES && page.PaginationToken) return { tags, more: true };
  }
  return { tags, more: false };
}

/** The tags of these resources by ARN; one that never had a tag is missing. */
export async function readTagsOf(
  cloud: Cloud,
  place: Place,
  arns: readonly string[],
): Promise<Map<string, Tags>> {
  const { sdk, client } = await place.account.connect('tag', place.region, 'read');
  const groups = arns.filter((arn) => groupNameIn(arn) !== null);
  const others = arns.filter((arn) => !groups.includes(arn));
  const tags = await readGroupTags(cloud, place, groups);
  for (let from = 0; from < others.length; from += PAGE) {
    const answer = await client.send(
      new sdk.GetResourcesCommand({ ResourceARNList: others.slice(from, from + PAGE) }),
      { abortSignal: cloud.signal },
    );
    for (const one of answer.ResourceTagMappingList ?? []) tags.set(one.ResourceARN ?? '', tagsOf(one));
  }
  return tags;
}

/**
 * The tagging API sets tags of Auto Scaling groups and does not tell them: their own service does. Source: its
 * API reference, "Services that support the Resource Groups Tagging API".
 */
async function readGroupTags(
  cloud: Cloud,
  place: Place,
  arns: readonly string[],
): Promise<Map<string, Tags>> {
  const tags = new Map<string, Tags>();
  const names = arns.flatMap((arn) => groupNameIn(arn) ?? []);
  for (let from = 0; from < names.length; from += MOST_GROUPS) {
    const groups = await readScalingGroups(cloud, place, names.slice(from, from + MOST_GROUPS));
    for (const { AutoScalingGroupARN: arn = '', Tags: own = [] } of groups) {
      tags.set(arn, Object.fromEntries(own.map(({ Key = '', Value = '' }) => [Key, Value])));
    }
  }
  return tags;
}

/** Null for what is no Auto Scaling group's ARN. */
function groupNameIn(arn: string): string | null {
  return /^arn:[^:]+:autoscaling:.*:autoScalingGroupName\/(.+)$/s.exec(arn)?.[1] ?? null;
}

function tagsOf({ Tags: tags = [] }: ResourceTagMapping): Tags {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

type ArnParts = { service: string; kind: string; id: string; region: string; owner: string };

/** What an ARN says of a resource: `arn:aws:ec2:eu-west-1:1:volume/vol-1` → `ec2:volume`, `vol-1`. */
export function partsOfArn(arn: string): ArnParts | null {
  const match = /^arn:[^:]+:([^:]+):([^:]*):(\d*):(.+)$/s.exec(arn);
  if (match === null) return null;
  const [, service = '', region = '', owner = '', resource = ''] = match;
  const [type, ...rest] = resource.split(/[:/]/).filter((part) => part !== '');
  const id = rest.length > 0 ? (rest.at(-1) ?? '') : (type ?? '');
  if (id === '') return null;
  const kind = rest.length > 0 ? `${service}:${type}` : service;
  return { service: service.toLowerCase(), kind, id, region, owner };
}

/** The same resource in other letters: in capitals, with `:*` behind it, without the account's number. */
export function spelledAlike(one: string, other: string): boolean {
  return foldToLetters(withoutOwner(one)) === foldToLetters(withoutOwner(other));
}

function withoutOwner(arn: string): string {
  return arn.replace(/^((?:[^:]*:){4})\d*:/, '$1:');
}

/**
 * Every name that an ARN may hold: `log-group:/aws/lambda/a` → `/aws/lambda/a`, `lambda/a`, `a`, and each part.
 * Which of them is the resource's own differs by service.
 */
export function spellingsIn(arn: string): string[] {
  const resource = arn.split(':').slice(5).join(':');
  const parts = resource.split(/[:/]/).filter((part) => part !== '');
  const ends = [...resource.matchAll(/[:/]/g)].map(({ index }) => resource.slice(index + 1));
  // The first part is the kind wherever there is more than one.
  return [...new Set([...parts.slice(Math.min(1, parts.length - 1)), ...ends])].filter((one) => one !== '');
}
