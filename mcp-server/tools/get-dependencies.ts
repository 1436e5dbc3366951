import type { Place } from '../cloud/account.ts';
import { joined, lookBeside } from '../cloud/look.ts';
import { placeOf, resolveInDirectory } from '../cloud/resolve.ts';
import { type Caller, neighboursOf, readServiceGraph } from '../cloud/service-graph.ts';
import { getDependencies } from '../contract/catalogue/changes.ts';
import type { ToolInput, ToolOutput } from '../contract/catalogue.ts';
import type { DirectoryEntry } from '../contract/directory.ts';
import { awsLine } from './cli-line.ts';
import { consolePage } from './console-link.ts';
import { type Invokers, invokersOfFunction } from './function-invokers.ts';
import { membershipsOf } from './memberships.ts';
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
    const [graph, members, invokers, listing] = await Promise.all([
      lookBeside(cloud, place, { what: `calls of ${found.name}`, action: 'xray:GetServiceGraph' }, () =>
        readServiceGraph(cloud, place),
      ),
      membershipsOf(cloud, place, found),
      found.kind === 'function' ? invokersOfFunction(cloud, place, found.id) : NO_INVOKERS,
      cloud.directory(place.account),
    ]);
    const around = graph.value
      ? neighboursOf(graph.value, [found.id, found.name])
      : { calledBy: [], calls: [] };
    const known = (caller: Caller): Neighbour => neighbour(caller, listing.entries);
    const named = (one: Neighbour): Neighbour => ({
      ...one,
      name: listing.entries.find(({ id, kind }) => id === one.id && kind === one.kind)?.name ?? one.name,
    });
    const findings = {
      resource: { id: found.id, name: found.name, kind: found.kind },
      matched,
      called_by: joinedWith(around.calledBy.map(known), invokers.callers.map(invoker)),
      calls: joinedWith(members.targets.map(named), around.calls.map(known)),
      member_of: joinedWith(members.memberOf, parentOf(found)),
      coverage: joined(graph.coverage, members.coverage, invokers.coverage),
    };
    return {
      findings,
      text: closeNote(matched, input.resource, found.name) + textOf(findings, graph.value !== null),
      cli: [cliLine(place)],
      console: consolePage(place, 'cloudwatch', 'xray:service-map/map'),
    };
  },
};

const NO_INVOKERS: Invokers = { callers: [], coverage: joined() };

/** Known by its ARN, or else an API by its id. */
function invoker({ id, name }: Invokers['callers'][number]): Neighbour {
  const [, , service = 'api'] = id.split(':');
  return { id, name, kind: service, via: 'Lambda' };
}

/** What is configured tells more than what is traced; each neighbour once. */
function joinedWith(first: Neighbour[], then: Neighbour[]): Neighbour[] {
  return [...first, ...then.filter((one) => !first.some(({ id }) => id === one.id))];
}

function parentOf({ kind, parent }: DirectoryEntry): Neighbour[] {
  if (!parent || kind !== 'deployment') return [];
  return [{ id: parent, name: parent, kind: 'cluster', via: 'EKS' }];
}

function neighbour({ name, type }: Caller, entries: DirectoryEntry[]): Neighbour {
  const entry = entries.find((one) => one.name === name || one.id === name);
  return { id: entry?.id ?? name, name, kind: entry?.kind ?? type, via: 'X-Ray' };
}

function textOf(
  { resource, called_by, calls, member_of }: Pick<Output, 'resource' | 'called_by' | 'calls' | 'member_of'>,
  seen: boolean,
): string {
  const names = (all: Neighbour[]) =>
    all.length === 0 ? 'nothing seen' : all.map((one) => one.name).join(', ');
  return [
    `${resource.name} (${resource.kind}):`,
    `  called by: ${seen || called_by.length > 0 ? names(called_by) : 'not known'}`,
    `  calls: ${seen || calls.length > 0 ? names(calls) : 'not known'}`,
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
