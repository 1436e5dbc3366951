import type { Tools } from '../tools/tools.ts';

/**
 * How many alarms are in ALARM in all regions of an account (null: the current one); null when that cannot be
 * told. What was seen firing counts even when not every region could be looked at; that nothing fires needs all
 * of them.
 */
export async function firingAlarms(
  tools: Tools,
  account: string | null,
  signal: AbortSignal,
): Promise<number | null> {
  const place = account === null ? {} : { account };
  const result = await tools.call('list_alarms', { state: 'ALARM', ...place }, { signal });
  if (result.kind === 'failed') return null;
  const firing = result.data.counts.ALARM ?? 0;
  return firing === 0 && result.data.coverage.gaps.length > 0 ? null : firing;
}
