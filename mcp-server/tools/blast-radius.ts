import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { lookBeside } from '../cloud/look.ts';
import { neighboursOf, readServiceGraph, type ServiceGraph } from '../cloud/service-graph.ts';
import type { Gap } from '../contract/coverage.ts';
import type { BlastRadius, FeltAs } from '../contract/proposal.ts';

/** The tag AWS itself puts on an instance of a group. */
export const GROUP_TAG = 'aws:autoscaling:groupName';

/** Who calls whom around the targets of a change; null when it could not be seen. */
export type Surroundings = { graph: ServiceGraph | null; gaps: Gap[] };

export async function readSurroundings(cloud: Cloud, place: Place): Promise<Surroundings> {
  const { value, coverage } = await lookBeside(
    cloud,
    place,
    { what: 'who depends on it', action: 'xray:GetServiceGraph' },
    () => readServiceGraph(cloud, place),
  );
  return { graph: value, gaps: coverage.gaps };
}

type Affecting = { id: string; name: string; group?: string | undefined };

/** Pure: what feels a change of these resources. `inGroup` says what it means to the group. */
export function blastRadiusOf(
  targets: readonly Affecting[],
  { graph, gaps }: Surroundings,
  inGroup: FeltAs,
): BlastRadius {
  const affected: BlastRadius['affected'] = [];
  const add = (one: BlastRadius['affected'][number]) => {
    if (!affected.some((other) => other.id === one.id && other.how === one.how)) affected.push(one);
  };
  for (const target of targets) {
    if (target.group) add({ id: target.group, name: target.group, how: inGroup });
    if (!graph) continue;
    for (const caller of neighboursOf(graph, [target.id, target.name]).calledBy) {
      add({ id: caller.name, name: caller.name, how: 'calls_it' });
    }
  }
  return { affected, gaps };
}
