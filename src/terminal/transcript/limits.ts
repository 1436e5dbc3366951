import { alarmRow } from '../../../mcp-server/contract/catalogue/alarms.ts';
import type { Series } from '../../../mcp-server/contract/catalogue/metrics.ts';
import type { CallView } from '../../domain/events.ts';

/** What an alarm waits for, as far as a list of alarms said it: drawn into the chart of the same metric. */
export type Limit = {
  metric: string;
  namespace: string | undefined;
  dimensions: Readonly<Record<string, string>>;
  value: number;
  /** Which side of the value is the bad one. */
  over: boolean;
};

const MOST = 1_000;

/** The limits known after a call: a list of alarms brings them, anything else leaves them. */
export function limitsAfter(before: readonly Limit[], { call, state }: CallView): readonly Limit[] {
  if (call.tool !== 'list_alarms' || state.status !== 'done' || !Array.isArray(state.data.alarms))
    return before;
  return state.data.alarms.slice(0, MOST).flatMap((row): Limit[] => {
    const parsed = alarmRow.safeParse(row);
    if (!parsed.success) return [];
    const { metric, namespace, dimensions, threshold, comparison } = parsed.data;
    // Signs are what the tool says; a band that an alarm learnt itself has none, and no line.
    const sign = comparison?.charAt(0);
    if (metric === undefined || threshold === undefined || (sign !== '>' && sign !== '<')) return [];
    return [{ metric, namespace, dimensions, value: threshold, over: sign === '>' }];
  });
}

export function limitOf(
  { metric, namespace, dimensions }: Series,
  limits: readonly Limit[],
): Limit | undefined {
  const entries = Object.entries(dimensions);
  return limits.find(
    (limit) =>
      limit.metric === metric &&
      (limit.namespace === undefined || limit.namespace === namespace) &&
      Object.keys(limit.dimensions).length === entries.length &&
      entries.every(([name, value]) => limit.dimensions[name] === value),
  );
}
