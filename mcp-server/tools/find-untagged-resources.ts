import { joined, lookEverywhere } from '../cloud/look.ts';
import { partsOfArn, readTaggedResources, type Tags } from '../cloud/tags.ts';
import { findUntaggedResources, type UntaggedRow } from '../contract/catalogue/tags.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Gap } from '../contract/coverage.ts';
import type { DirectoryEntry, ResourceKind } from '../contract/directory.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { countBy, countsText, listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

type Output = ToolOutput<'find_untagged_resources'>;

/** Kinds of the directory that AWS keeps no tags of: what lives inside a cluster. */
const NOT_TAGGED_ON_AWS: readonly ResourceKind[] = ['deployment'];

export const findUntaggedResourcesTool: ReadTool<ToolInput<'find_untagged_resources'>, Output> = {
  kind: 'read',
  contract: findUntaggedResources,
  async run(input, cloud) {
    const required = input.required_tags ?? [];
    const places = await cloud.places(input);
    const gaps: Gap[] = [];
    const { found, coverage } = await lookEverywhere(
      cloud,
      places,
      { what: 'tags', action: 'tag:GetResources' },
      async (place) => {
        const { tags, more } = await readTaggedResources(cloud, place);
        const { account, region } = place;
        if (more) {
          const detail = `${region} has more than ${tags.size} tagged resources; the others were not read. Ask for one region.`;
          gaps.push({ what: 'tags', why: 'truncated', detail, account: account.name, region });
        }
        return tags;
      },
    );
    const accounts = [...new Set(places.open.map(({ account }) => account))];
    const listings = await Promise.all(accounts.map((account) => cloud.directory(account)));
    const entries = listings.flatMap((listing) => listing.entries);
    const seen = found.flatMap(({ place: { account, region }, value }) =>
      checked(
        value,
        entries.filter((one) => one.account === account.name && one.region === region),
        { account: account.name, region },
      ),
    );
    const resources = seen.flatMap((one): UntaggedRow[] => {
      const missing = required.filter((key) => !Object.hasOwn(one.tags, key));
      const lacks = required.length > 0 ? missing.length > 0 : ownTags(one.tags).length === 0;
      return lacks ? [{ ...one, missing }] : [];
    });
    const counts = countBy(resources, ({ kind }) => kind);
    const { gaps: all, looked_at } = joined(coverage, ...listings.map((listing) => listing.coverage));
    return {
      findings: {
        required_tags: required,
        resources,
        checked: seen.length,
        counts,
        coverage: { looked_at, gaps: [...all, ...gaps, neverTagged(entries)] },
      },
      text: listText(heading(resources, seen.length, required, counts), resources.map(line)),
      cli: places.open.map((place) => awsLine(place, 'resourcegroupstaggingapi', 'get-resources')),
      console: consolePage(places.open[0], 'resource-groups', '/tag-editor/find-resources'),
    };
  },
};

type Checked = Omit<UntaggedRow, 'missing'>;

/** What the tagging API knows, and what is listed beside it: a listed resource that it does not know never had a tag. */
function checked(
  tagged: ReadonlyMap<string, Tags>,
  listed: readonly DirectoryEntry[],
  place: { account: string; region: string },
): Checked[] {
  const byArn = new Map(listed.flatMap((one) => (one.arn ? [[one.arn, one] as const] : [])));
  const known = listed
    .filter(({ kind, state }) => !NOT_TAGGED_ON_AWS.includes(kind) && state !== 'terminated')
    .flatMap((entry): Checked[] => {
      const own = entry.arn === undefined ? undefined : tagged.get(entry.arn);
      // Without an ARN nothing tells whether the tagging API knows it.
      if (entry.arn === undefined && entry.tags === undefined) return [];
      const { kind, id, name, arn } = entry;
      return [{ kind, id, name, ...(arn ? { arn } : {}), tags: { ...(own ?? entry.tags) }, ...place }];
    });
  const others = [...tagged].flatMap(([arn, tags]): Checked[] => {
    const parts = byArn.has(arn) ? null : partsOfArn(arn);
    return parts === null
      ? []
      : [{ kind: parts.kind, id: parts.id, name: tags.Name ?? parts.id, arn, tags: { ...tags }, ...place }];
  });
  return [...known, ...others];
}

/** Without those that AWS itself puts on resources. */
function ownTags(tags: Tags): string[] {
  return Object.keys(tags).filter((key) => !key.startsWith('aws:'));
}

function neverTagged(entries: readonly DirectoryEntry[]): Gap {
  const kinds = [...new Set(entries.map(({ kind }) => kind))]
    .filter((kind) => !NOT_TAGGED_ON_AWS.includes(kind))
    .map((kind) => `${kind.replaceAll('_', ' ')}s`);
  const listed = kinds.length > 0 ? `Beside it ${kinds.join(', ')} were listed. ` : '';
  return {
    what: 'other kinds of resources that never had a tag',
    why: 'partial',
    detail: `AWS's tagging API leaves out what never had a tag. ${listed}Volumes, snapshots, queues, topics and other kinds show only if they once had one.`,
  };
}

function heading(
  resources: readonly UntaggedRow[],
  all: number,
  required: readonly string[],
  counts: Record<string, number>,
): string {
  const what = required.length > 0 ? `lack one of ${required.join(', ')}` : 'have no tag';
  if (resources.length === 0) return `None of ${plural(all, 'resource')} seen ${what}.`;
  return `${resources.length} of ${plural(all, 'resource')} seen ${what}: ${countsText(counts)}.`;
}

function line({ kind, name, id, missing }: UntaggedRow): string {
  const spelled = name === id ? id : `${name} (${id})`;
  return `${kind}  ${spelled}${missing.length > 0 ? `  without ${missing.join(', ')}` : ''}`;
}
