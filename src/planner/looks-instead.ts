import type { Directory, DirectoryEntry, ResourceKind } from '../../mcp-server/contract/directory.ts';
import type { PlannedCall } from '../domain/reading.ts';
import { plannedCall } from './context.ts';
import { metricName } from './metrics.ts';
import type { Measure } from './vocabulary/concepts.ts';

/** What a look shows of a resource. */
export type Look = 'state' | 'targets' | 'metric' | 'logs' | 'alarms' | 'dependencies' | 'changes';
export type LookInstead = { look: Look; pick: PlannedCall };

/** What tells first that something of a kind fails, the most telling first. */
const TELLING: Partial<Record<ResourceKind, readonly Measure[]>> = {
  instance: ['cpu', 'status_check'],
  database: ['cpu', 'connections'],
  function: ['errors', 'duration'],
  service: ['cpu', 'memory'],
  cluster: ['cpu', 'memory'],
  load_balancer: ['errors_5xx', 'latency'],
  api: ['errors_5xx', 'latency'],
  auto_scaling_group: ['cpu'],
};

/** Of several resources that share a name, the one whose figures can be seen is meant first. */
function entryOf(target: string, { entries }: Directory): DirectoryEntry | undefined {
  const same = entries.filter(({ id, name }) => id === target || name === target);
  return same.find(({ kind }) => TELLING[kind] !== undefined) ?? same[0];
}

/**
 * What can be looked at while nothing finds the cause by itself: for a resource the account is known to hold its
 * state, figures, logs and neighbours; for anything else what holds for the whole account. `target` and the
 * times are an `investigate` call's. No change is ever among them.
 */
export function looksInstead(
  { target, ...args }: Record<string, unknown>,
  directory: Directory,
): { about: DirectoryEntry | null; looks: LookInstead[] } {
  const about = typeof target === 'string' ? entryOf(target, directory) : undefined;
  const { last, start, end } = args;
  const times = Object.fromEntries(Object.entries({ last, start, end }).filter(([, value]) => value != null));
  const look = (of: Look, tool: string, given: Record<string, unknown>): LookInstead => ({
    look: of,
    pick: plannedCall(tool, given, false),
  });
  const alarms = look('alarms', 'list_alarms', { state: 'ALARM' });
  if (about === undefined) return { about: null, looks: [alarms, look('changes', 'list_changes', times)] };
  const resource = unmistakable(about, directory);
  const group = logGroupOf(about, directory);
  const measured = (TELLING[about.kind] ?? []).flatMap((measure) => metricName(about.kind, measure) ?? []);
  return {
    about,
    looks: [
      ...(about.kind === 'instance' ? [look('state', 'describe_instance', { instance: resource })] : []),
      ...(about.kind === 'load_balancer'
        ? [look('targets', 'get_target_health', { load_balancer: resource })]
        : []),
      ...measured.map((name) => look('metric', 'get_metric', { resource, ...name, ...times })),
      ...(group === null ? [] : [look('logs', 'query_logs', { log_group: group, ...times })]),
      alarms,
      look('dependencies', 'get_dependencies', { resource }),
      look('changes', 'list_changes', { resource, ...times }),
    ],
  };
}

/** By name where that is one resource's alone, else by id. */
function unmistakable({ kind, id, name }: DirectoryEntry, { entries }: Directory): string {
  const same = entries.filter((entry) => entry.kind === kind && entry.name === name);
  return name === '' || same.length > 1 ? id : name;
}

/** The one log group that carries a resource's name; a function's is known by its name alone. */
function logGroupOf({ kind, name }: DirectoryEntry, { entries }: Directory): string | null {
  if (kind === 'log_group') return name;
  if (kind === 'function') return `/aws/lambda/${name}`;
  const groups = entries.filter(
    (entry) => entry.kind === 'log_group' && entry.name.split('/').includes(name),
  );
  const [only] = groups;
  return groups.length === 1 && only !== undefined ? only.name : null;
}
