import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { lookBeside } from '../cloud/look.ts';
import { neighboursOf, readServiceGraph, type ServiceGraph } from '../cloud/service-graph.ts';
import { readTraffic, type TrafficPath, type TrafficWish } from '../cloud/traffic.ts';
import type { Gap } from '../contract/coverage.ts';
import { foldName } from '../contract/name-folding.ts';
import type { BlastRadius, FeltAs } from '../contract/proposal.ts';

/** The tag AWS itself puts on an instance of a group. */
export const GROUP_TAG = 'aws:autoscaling:groupName';

/** Who calls whom around the targets of a change (null when it could not be seen), and who sends them requests. */
export type Surroundings = { graph: ServiceGraph | null; traffic?: TrafficPath[]; gaps: Gap[] };

/** @param behind what load balancers may send requests to: they are looked for when it is given */
export async function readSurroundings(
  cloud: Cloud,
  place: Place,
  behind: TrafficWish = {},
): Promise<Surroundings> {
  const [{ value, coverage }, traffic] = await Promise.all([
    lookBeside(cloud, place, { what: 'who depends on it', action: 'xray:GetServiceGraph' }, () =>
      readServiceGraph(cloud, place),
    ),
    readTraffic(cloud, place, behind),
  ]);
  return { graph: value, traffic: traffic.paths, gaps: [...coverage.gaps, ...traffic.coverage.gaps] };
}

type Affecting = { id: string; name: string; group?: string | undefined };

/** `leaves`: the targets stop answering, if only for a while; `stays`: a load balancer feels nothing of it. */
type AtBalancer = 'leaves' | 'stays';

/** Pure: what feels a change of these resources. `inGroup` says what it means to the group. */
export function blastRadiusOf(
  targets: readonly Affecting[],
  { graph, traffic = [], gaps }: Surroundings,
  inGroup: FeltAs,
  atBalancer: AtBalancer = 'stays',
): BlastRadius {
  const affected: BlastRadius['affected'] = [];
  const add = (one: BlastRadius['affected'][number]) => {
    if (!affected.some((other) => other.id === one.id && other.how === one.how)) affected.push(one);
  };
  for (const target of targets) {
    if (target.group) add({ id: target.group, name: target.group, how: inGroup });
  }
  for (const one of balancersOf(targets, traffic, atBalancer)) add(one);
  if (!graph) return { affected, gaps };
  for (const target of targets) {
    for (const caller of neighboursOf(graph, [target.id, target.name]).calledBy) {
      // A trace may know the load balancer too: it is said once.
      if (traffic.some(({ balancers }) => balancers.some((name) => foldName(name) === foldName(caller.name))))
        continue;
      add({ id: caller.name, name: caller.name, how: 'calls_it' });
    }
  }
  return { affected, gaps };
}

function balancersOf(
  targets: readonly Affecting[],
  traffic: readonly TrafficPath[],
  atBalancer: AtBalancer,
): BlastRadius['affected'] {
  const ids = new Set(targets.map(({ id }) => id));
  const felt = new Map<string, FeltAs>();
  for (const { to, balancers, healthy } of traffic) {
    if (!ids.has(to)) continue;
    const last =
      atBalancer === 'leaves' &&
      healthy !== null &&
      healthy.some((id) => ids.has(id)) &&
      healthy.every((id) => ids.has(id));
    for (const name of balancers) {
      if (last) felt.set(name, 'balancer_without_healthy');
      else if (!felt.has(name)) felt.set(name, 'balancer_sends_to_it');
    }
  }
  return [...felt].map(([name, how]) => ({ id: name, name, how }));
}
