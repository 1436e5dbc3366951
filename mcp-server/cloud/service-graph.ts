import { foldName } from '../contract/name-folding.ts';
import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** Who calls whom in a place, as X-Ray saw it. */
export type ServiceGraph = {
  nodes: { names: string[]; type: string; arn?: string | undefined }[];
  /** Indexes into `nodes`. */
  calls: { from: number; to: number }[];
};

/** How far back calls count as a dependency. */
const WINDOW_MS = 60 * 60_000;

/** The calls of the last hour. X-Ray knows what is traced and nothing else. */
export async function readServiceGraph(cloud: Cloud, { account, region }: Place): Promise<ServiceGraph> {
  const { sdk, client } = await account.connect('xray', region, 'read');
  const end = account.now();
  const start = new Date(end.getTime() - WINDOW_MS);
  const graph: ServiceGraph = { nodes: [], calls: [] };
  const indexes = new Map<number, number>();
  const edges: { from: number; to: number }[] = [];
  const pages = sdk.paginateGetServiceGraph(
    { client },
    { StartTime: start, EndTime: end },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) {
    for (const service of page.Services ?? []) {
      const names = [...new Set([service.Name, ...(service.Names ?? [])])].filter(
        (name) => name !== undefined,
      );
      const reference = service.ReferenceId ?? -1 - graph.nodes.length;
      indexes.set(reference, graph.nodes.length);
      graph.nodes.push({ names, type: service.Type ?? 'service' });
      for (const edge of service.Edges ?? []) {
        if (edge.ReferenceId !== undefined) edges.push({ from: reference, to: edge.ReferenceId });
      }
    }
  }
  for (const { from, to } of edges) {
    const ends = { from: indexes.get(from), to: indexes.get(to) };
    if (ends.from !== undefined && ends.to !== undefined) graph.calls.push({ from: ends.from, to: ends.to });
  }
  return graph;
}

export type Caller = { name: string; type: string };

/** What calls a resource and what it calls, by any of the names the resource goes by. */
export function neighboursOf(
  graph: ServiceGraph,
  names: readonly string[],
): { calledBy: Caller[]; calls: Caller[] } {
  const own = new Set(names.map(foldName));
  const isOwn = (index: number) => graph.nodes[index]?.names.some((name) => own.has(foldName(name))) ?? false;
  const shown = (index: number): Caller[] => {
    const node = graph.nodes[index];
    return node && !isOwn(index) ? [{ name: node.names[0] ?? node.type, type: node.type }] : [];
  };
  return {
    calledBy: graph.calls.filter(({ to }) => isOwn(to)).flatMap(({ from }) => shown(from)),
    calls: graph.calls.filter(({ from }) => isOwn(from)).flatMap(({ to }) => shown(to)),
  };
}
