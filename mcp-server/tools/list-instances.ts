import type { Filter } from '@aws-sdk/client-ec2';
import { instanceRowOf, readInstances } from '../cloud/instances.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { foldName } from '../cloud/name-folding.ts';
import { type InstanceRow, listInstances } from '../contract/catalogue/instances.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { countBy, countsText, listText, plural } from './list-text.ts';
import type { ReadTool } from './tool.ts';

type Input = ToolInput<'list_instances'>;

export const listInstancesTool: ReadTool<Input, ToolOutput<'list_instances'>> = {
  kind: 'read',
  contract: listInstances,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const look = async (filters: Filter[]) => {
      const sight = await lookEverywhere(
        cloud,
        places,
        { what: 'instances', action: 'ec2:DescribeInstances' },
        async (place) => (await readInstances(cloud, place, filters)).map((one) => instanceRowOf(one, place)),
      );
      return { rows: sight.found.flatMap(({ value }) => value), coverage: sight.coverage };
    };
    let seen = await look(filtersOf(input));
    const glob = input.name;
    if (glob !== undefined && seen.rows.length === 0) {
      // EC2 matches letter for letter; people do not.
      const all = await look(filtersOf({ ...input, name: undefined }));
      seen = { ...all, rows: all.rows.filter((row) => matchesGlob(glob, row.name)) };
    }
    const instances = seen.rows.sort(byPlaceAndName);
    const counts = countBy(instances, (row) => row.state);
    const heading =
      instances.length === 0
        ? 'No such instances.'
        : `${plural(instances.length, 'instance')}: ${countsText(counts)}.`;
    return {
      findings: { instances, counts, coverage: seen.coverage },
      text: listText(heading, instances.map(line)),
      cli: places.map((place) => awsLine(place, 'ec2', 'describe-instances', ...cliFilters(input))),
      console: consolePage(places[0], 'ec2', 'Instances:'),
    };
  },
};

function line({ name, id, state, type, az }: InstanceRow): string {
  return `${name} (${id}) ${state} ${type} ${az}`;
}

function byPlaceAndName(a: InstanceRow, b: InstanceRow): number {
  return (
    compare(a.account, b.account) ||
    compare(a.region, b.region) ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
  );
}

const collator = new Intl.Collator('en', { numeric: true });
const compare = (a: string, b: string) => collator.compare(a, b);

/** What EC2 itself can leave out. In a filter's value `*` and `?` are wildcards and `\` takes their meaning. */
function filtersOf({ state, name, tags }: Pick<Input, 'state' | 'name' | 'tags'>): Filter[] {
  const literally = (value: string) => value.replace(/[\\*?]/g, '\\$&');
  return [
    ...(state ? [{ Name: 'instance-state-name', Values: [state] }] : []),
    ...(name ? [{ Name: 'tag:Name', Values: [name] }] : []),
    ...Object.entries(tags ?? {}).map(([key, value]) => ({ Name: `tag:${key}`, Values: [literally(value)] })),
  ];
}

function cliFilters(input: Input): string[] {
  const filters = filtersOf(input);
  if (filters.length === 0) return [];
  return ['--filters', JSON.stringify(filters)];
}

/** A glob over a name as people read names: case, width and separators aside. */
function matchesGlob(glob: string, name: string): boolean {
  const pattern = foldName(glob)
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'u').test(foldName(name));
}
