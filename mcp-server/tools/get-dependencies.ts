import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { joined, lookBeside } from '../cloud/look.ts';
import { placeOf, resolveInDirectory } from '../cloud/resolve.ts';
import { readScalingGroups } from '../cloud/scaling-groups.ts';
import { type Caller, neighboursOf, readServiceGraph } from '../cloud/service-graph.ts';
import { getDependencies } from '../contract/catalogue/changes.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { Coverage } from '../contract/coverage.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { closeNote } from './one-instance.ts';
import type { ReadTool } from './tool.ts';

type Output = ToolOutput<'get_dependencies'>;
type Neighbour = Output['calls'][number];

export const getDependenciesTool: ReadTool<ToolInput<'get_dependencies'>, Output> = {
  kind: 'read',
  contract: getDependencies,
  async run(input, cloud) {
    const { found, matched } = await resolveInDirectory(cloud, input.resource, input, null);
    const place = await placeOf(cloud, found);
    const [graph, groups, listing] = await Promise.all([
      lookBeside(cloud, place, { what: `calls of ${found.name}`, action: 'xray:GetServiceGraph' }, () =>
        readServiceGraph(cloud, place),
      ),
      groupsOf(cloud, place, found),
      cloud.directory(place.account),
    ]);
    const around = graph.value
      ? neighboursOf(graph.value, [found.id, found.name])
      : { calledBy: [], calls: [] };
    const known = (caller: Caller): Neighbour => neighbour(caller, listing.entries);
    const findings = {
      resource: { id: found.id, name: found.name, kind: found.kind },
      matched,
      called_by: around.calledBy.map(known),
      calls: around.calls.map(known),
      member_of: [...groups.value, ...parentOf(found), ...balancersAmong(around.calledBy, listing.entries)],
      coverage: joined(graph.coverage, groups.coverage, unread(place)),
    };
    return {
      findings,
      text: closeNote(matched, input.resource, found.name) + textOf(findings, graph.value !== null),
      cli: [cliLine(place)],
      console: consolePage(place, 'cloudwatch', 'xray:service-map/map'),
    };
  },
};

async function groupsOf(
  cloud: Cloud,
  place: Place,
  of: DirectoryEntry,
): Promise<{ value: Neighbour[]; coverage: Coverage }> {
  if (of.kind !== 'instance') return { value: [], coverage: { looked_at: [], gaps: [] } };
  const { value, coverage } = await lookBeside(
    cloud,
    place,
    { what: `groups of ${of.name}`, action: 'autoscaling:DescribeAutoScalingGroups' },
    () => readScalingGroups(cloud, place),
  );
  const groups = (value ?? []).filter((group) => group.Instances?.some((one) => one.InstanceId === of.id));
  return {
    value: groups.map(({ AutoScalingGroupName: name = '' }) => ({
      id: name,
      name,
      kind: 'auto_scaling_group',
      via: 'Auto Scaling',
    })),
    coverage,
  };
}

function parentOf({ kind, parent }: DirectoryEntry): Neighbour[] {
  if (!parent || (kind !== 'service' && kind !== 'deployment')) return [];
  return [{ id: parent, name: parent, kind: 'cluster', via: kind === 'service' ? 'ECS' : 'EKS' }];
}

/** A load balancer calls its targets: that is how membership shows in the calls. */
function balancersAmong(callers: Caller[], entries: DirectoryEntry[]): Neighbour[] {
  return callers
    .map((caller) => neighbour(caller, entries))
    .filter(({ kind }) => kind === 'load_balancer' || kind.includes('LoadBalancer'));
}

function neighbour({ name, type }: Caller, entries: DirectoryEntry[]): Neighbour {
  const entry = entries.find((one) => one.name === name || one.id === name);
  return { id: entry?.id ?? name, name, kind: entry?.kind ?? type, via: 'X-Ray' };
}

/** Target groups are read by a tool that comes later; on a real account nothing else tells of them. */
function unread({ account, region }: Place): Coverage {
  if (account.backend.kind !== 'aws') return { looked_at: [], gaps: [] };
  const detail = 'Load balancers’ target groups are not read; only calls that X-Ray traces are seen.';
  return {
    looked_at: [],
    gaps: [{ what: 'load balancers', why: 'not_configured', detail, account: account.name, region }],
  };
}

function textOf(
  { resource, called_by, calls, member_of }: Pick<Output, 'resource' | 'called_by' | 'calls' | 'member_of'>,
  seen: boolean,
): string {
  const names = (all: Neighbour[]) =>
    all.length === 0 ? 'nothing seen' : all.map((one) => one.name).join(', ');
  return [
    `${resource.name} (${resource.kind}):`,
    `  called by: ${seen ? names(called_by) : 'not known'}`,
    `  calls: ${seen ? names(calls) : 'not known'}`,
    `  member of: ${names(member_of)}`,
  ].join('\n');
}

function cliLine(place: Place): string {
  const end = place.account.now();
  const start = new Date(end.getTime() - 3_600_000);
  return awsLine(
    place,
    'xray',
    'get-service-graph',
    '--start-time',
    start.toISOString(),
    '--end-time',
    end.toISOString(),
  );
}
