import type { Place } from '../cloud/account.ts';
import { CallFailure, untouched } from '../cloud/call-failure.ts';
import { asFailure } from '../cloud/explain-error.ts';
import { lookOnce } from '../cloud/look.ts';
import { placeOf } from '../cloud/resolve.ts';
import { readTagsOf } from '../cloud/tags.ts';
import { tagResources } from '../contract/catalogue/tags.ts';
import type { ToolInput } from '../contract/catalogue.ts';
import type { Facts, PlannedChange, Target, Undo } from '../contract/proposal.ts';
import { awsLine } from './cli-line.ts';
import { findTaggable } from './taggable.ts';
import type { ChangeTool, Observed } from './tool.ts';

type Input = ToolInput<'tag_resources'>;
type Detail = { place: Place };
type Wanted = Input['tags'];

/** The most resources one request takes. Source: API reference, `TagResources`. */
const AT_ONCE = 20;

export const tagResourcesTool: ChangeTool<Input, Detail> = {
  kind: 'change',
  contract: tagResources,
  async observe(input, cloud) {
    const { place, targets, population } = await findTaggable(cloud, input, input.resources);
    const arns = targets.map(({ arn }) => arn);
    const tags = await lookOnce(place, 'tag:GetResources', () => readTagsOf(cloud, place, arns));
    const states = targets.map(({ kind, name, arn, spellings }) => ({
      kind,
      id: arn,
      name,
      arn,
      facts: factsOf(input.tags, tags.get(arn) ?? {}),
      // Protecting it by its id or name protects its tags too, also where its kind is not listed.
      takes: [...spellings, ...(tags.get(arn)?.Name ? [tags.get(arn)?.Name ?? ''] : [])],
    }));
    // What has the tags already is no target, unless that is all there is: then `plan` says so.
    const others = states.filter((state) => !isEmpty(targetOf(input.tags, state).becomes));
    return {
      account: place.account.name,
      region: place.region,
      states: others.length > 0 ? others : states,
      population,
      detail: { place },
    };
  },

  plan(input, observed) {
    const { account, region, states, detail } = observed;
    const targets = states.map((state) => targetOf(input.tags, state));
    if (targets.every(({ becomes }) => isEmpty(becomes))) {
      throw untouched(
        'invalid_state',
        `${states.map(({ name }) => name).join(', ')}: the tags are so already.`,
      );
    }
    const resources = targets.map(({ id }) => id);
    const overwrites = targets.some(({ was, becomes }) =>
      Object.keys(becomes).some((key) => (was[key] ?? null) !== null),
    );
    return {
      tool: 'tag_resources',
      arguments: { resources, tags: input.tags, account, region },
      risk: overwrites ? 'destructive' : 'change',
      irreversible: false,
      targets,
      blast_radius: { affected: [], gaps: [] },
      undo: undoOf(targets, { account, region }),
      cli: cliLines(detail.place, resources, input.tags),
    };
  },

  event: 'TagResources',
  requestOf: (change) => ({
    event: isEmpty(splitTags(wantedOf(change)).set) ? 'UntagResources' : 'TagResources',
    ids: change.targets.map(({ id }) => id),
  }),

  async attempt(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const { sdk, client } = await place.account.connect('tag', place.region, 'change');
    const { set, removed } = splitTags(wantedOf(change));
    let asked = 0;
    for (const ResourceARNList of chunks(change.targets.map(({ id }) => id))) {
      if (!isEmpty(set)) {
        await send('tag:TagResources', () =>
          client.send(new sdk.TagResourcesCommand({ ResourceARNList, Tags: set })),
        );
      }
      if (removed.length > 0) {
        await send('tag:UntagResources', () =>
          client.send(new sdk.UntagResourcesCommand({ ResourceARNList, TagKeys: removed })),
        );
      }
    }

    /** One request; what AWS refuses of some resources only ends the call as much as what it refuses of all. */
    async function send(action: string, request: () => Promise<{ FailedResourcesMap?: Failures }>) {
      let failed: Failures;
      try {
        failed = (await request()).FailedResourcesMap ?? {};
      } catch (error) {
        const { failure } = asFailure(error, { action, place }, 'change');
        throw new CallFailure({ ...failure, nothing_changed: failure.nothing_changed && asked === 0 });
      }
      asked += 1;
      if (Object.keys(failed).length > 0) throw partlyRefused(change, failed, { action, first: asked === 1 });
    }
  },

  async verify(change, at, cloud) {
    const place = await placeOf(cloud, at);
    const tags = await readTagsOf(
      cloud,
      place,
      change.targets.map(({ id }) => id),
    );
    return change.targets.map(({ id, name, becomes }) => {
      const now = tags.get(id) ?? {};
      const facts = Object.fromEntries(Object.keys(becomes).map((key) => [key, now[key] ?? null]));
      const done = Object.entries(becomes).every(([key, value]) => facts[key] === value);
      return { id, name, facts, result: done ? ('done' as const) : ('not_seen' as const) };
    });
  },
};

type Failures = Record<string, { ErrorCode?: string; ErrorMessage?: string }>;

/** The call's keys as they are now: null for a tag that is not there. */
function factsOf(wanted: Wanted, now: Readonly<Record<string, string>>): Facts {
  return Object.fromEntries(
    Object.keys(wanted).map((key) => [key, Object.hasOwn(now, key) ? (now[key] ?? null) : null]),
  );
}

function targetOf(wanted: Wanted, { kind, id, name, facts }: Observed<Detail>['states'][number]): Target {
  const becomes = Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => (facts[key] ?? null) !== value),
  );
  return { kind, id, name, was: { ...facts }, becomes };
}

/** One call takes it back where all had the same before. */
function undoOf(targets: readonly Target[], at: { account: string; region: string }): Undo {
  const [first] = targets;
  const changed = [...new Set(targets.flatMap(({ becomes }) => Object.keys(becomes)))];
  const before = Object.fromEntries(changed.map((key) => [key, first?.was[key] ?? null]));
  const alike = targets.every(({ was }) => changed.every((key) => (was[key] ?? null) === before[key]));
  if (!alike) return { possible: false, why: 'values_differ' };
  const resources = targets.map(({ id }) => id);
  return { possible: true, tool: 'tag_resources', arguments: { resources, tags: before, ...at } };
}

function wantedOf({ arguments: given }: PlannedChange): Wanted {
  return tagResources.input.shape.tags.parse(given.tags);
}

function splitTags(wanted: Wanted): { set: Record<string, string>; removed: string[] } {
  const set: Record<string, string> = {};
  for (const [key, value] of Object.entries(wanted)) if (value !== null) set[key] = value;
  return { set, removed: Object.keys(wanted).filter((key) => wanted[key] === null) };
}

function chunks(arns: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(arns.length / AT_ONCE) }, (_, index) =>
    arns.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}

/** `first`: nothing was asked before, so that what was refused of all changed nothing. */
function partlyRefused(
  change: PlannedChange,
  failed: Failures,
  { action, first }: { action: string; first: boolean },
): CallFailure {
  const told = Object.entries(failed).map(([arn, { ErrorCode: code, ErrorMessage: message }]) => {
    const name = change.targets.find(({ id }) => id === arn)?.name ?? arn;
    return `${name}: ${message ?? code ?? 'no reason given'}`;
  });
  return new CallFailure({
    code: 'rejected',
    message: `AWS refused ${action} for ${told.length} of ${change.targets.length} resources. ${told.join('; ')}.`,
    hint: 'Tagging through this API also needs the right to tag in the resource’s own service, such as ec2:CreateTags.',
    nothing_changed: first && change.targets.every(({ id }) => Object.hasOwn(failed, id)),
  });
}

function cliLines(place: Place, arns: readonly string[], wanted: Wanted): string[] {
  const { set, removed } = splitTags(wanted);
  const api = 'resourcegroupstaggingapi';
  return chunks(arns).flatMap((some) => [
    ...(isEmpty(set)
      ? []
      : [
          awsLine(place, api, 'tag-resources', '--resource-arn-list', ...some, '--tags', JSON.stringify(set)),
        ]),
    ...(removed.length === 0
      ? []
      : [awsLine(place, api, 'untag-resources', '--resource-arn-list', ...some, '--tag-keys', ...removed)]),
  ]);
}
