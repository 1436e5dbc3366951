import type { Filter } from '@aws-sdk/client-ec2';
import { instanceRowOf, readInstances } from '../cloud/instances.ts';
import { lookEverywhere } from '../cloud/look.ts';
import { type InstanceRow, listInstances } from '../contract/catalogue/instances.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { countBy, countsText, listText, plural } from './list-text.ts';
import { fitsGlob } from './name-glob.ts';
import type { ReadTool } from './tool.ts';

type Input = ToolInput<'list_instances'>;

export const listInstancesTool: ReadTool<Input, ToolOutput<'list_instances'>> = {
  kind: 'read',
  contract: listInstances,
  async run(input, cloud) {
    const places = await cloud.places(input);
    const sight = await lookEverywhere(
      cloud,
      places,
      { what: 'instances', action: 'ec2:DescribeInstances' },
      async (place) =>
        (await readInstances(cloud, place, filtersOf(input))).map((one) => instanceRowOf(one, place)),
    );
    const { name } = input;
    const rows = sight.found.flatMap(({ value }) => value);
    // EC2 matches names letter for letter; people do not.
    const instances = rows
      .filter((row) => name === undefined || fitsGlob(name, row.name))
      .sort(byPlaceAndName);
    const counts = countBy(instances, (row) => row.state);
    const heading =
      instances.length === 0
        ? 'No such instances.'
        : `${plural(instances.length, 'instance')}: ${countsText(counts)}.`;
    return {
      findings: { instances, counts, coverage: sight.coverage },
      text: listText(heading, instances.map(line)),
      cli: places.open.map((place) => awsLine(place, 'ec2', 'describe-instances', ...cliFilters(input))),
      console: consolePage(places.open[0], 'ec2', 'Instances:'),
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
function filtersOf({ state, tags }: Input): Filter[] {
  const literally = (value: string) => value.replace(/[\\*?]/g, '\\$&');
  return [
    ...(state ? [{ Name: 'instance-state-name', Values: [state] }] : []),
    ...Object.entries(tags ?? {}).map(([key, value]) => ({ Name: `tag:${key}`, Values: [literally(value)] })),
  ];
}

function cliFilters(input: Input): string[] {
  const byName = input.name ? [{ Name: 'tag:Name', Values: [input.name] }] : [];
  const filters = [...filtersOf(input), ...byName];
  if (filters.length === 0) return [];
  return ['--filters', JSON.stringify(filters)];
}
