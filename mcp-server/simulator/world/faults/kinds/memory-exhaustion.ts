import { unit } from '../../deterministic.ts';
import { stateAt } from '../../instance-life.ts';
import type { FaultRule, MetricEffect, Moment, Span } from '../fault.ts';
import { cleanBootAfter, terminatedAt } from '../mending.ts';

/** How long the leak takes from a boot until the memory is full. */
const LEAK_MS = 4 * 3_600_000;
/** Percent of the memory in use: after a boot, and when it is about to be full. */
const [FRESH, FULL] = [36, 94];

/**
 * The application leaks memory until the kernel kills it, over and over. A boot empties the memory and leaves
 * the leak: it grows again, in plain sight, and the trouble is back after `LEAK_MS`. A bigger machine alone
 * does not help: the program takes all the memory it is given.
 */
export const MEMORY_EXHAUSTION: FaultRule = {
  kind: 'memory_exhaustion',
  strikes: ['instance'],
  spans: (world, { resource, at }) => {
    const instance = world.instances.get(resource.id);
    if (instance === undefined || stateAt(instance.life, at) !== 'running') return [];
    const gone = terminatedAt(instance) ?? Number.POSITIVE_INFINITY;
    const spans: Span[] = [];
    for (let from = at; from < gone; ) {
      const to = Math.min(gone, cleanBootAfter(instance, from) ?? Number.POSITIVE_INFINITY);
      spans.push({ from, to });
      from = returnsAt((after) => cleanBootAfter(instance, after), to);
    }
    return spans;
  },
  distress: ({ severity }) => ({ errors: 0.65 * severity, latency: 0.8 * severity, down: 0.6 }),
  metrics: [
    {
      namespace: 'CWAgent',
      metric: 'mem_used_percent',
      unit: 'Percent',
      usual: { base: FRESH, noise: 0.04, daily: 0 },
      leadMs: LEAK_MS + 3_600_000,
      beyond: true,
      change: memoryUsed,
    },
    {
      namespace: 'AWS/EC2',
      metric: 'CPUUtilization',
      unit: 'Percent',
      usual: { base: 18, noise: 0.2, daily: 0 },
      change: (value, { ramp }) => Math.max(value, 78 * ramp(120_000)),
    },
    swapping('EBSReadOps'),
    swapping('EBSWriteOps'),
  ],
  console: [
    { afterMs: 0, text: 'node invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0' },
    { afterMs: 12, text: 'Out of memory: Killed process 2213 (node) total-vm:4189320kB, oom_score_adj:0' },
  ],
  logs: [
    {
      // It can be seen coming.
      says: 'again',
      perMinute: 0.5,
      afterMs: -7_200_000,
      lastsMs: 7_200_000,
      lines: [
        (say) =>
          `${say.syslog('app')} WARN heap usage high after full gc: ${say.between(72, 93)}% of the limit, ${say.between(210, 380)} thousand live session objects`,
        (say) =>
          `${say.syslog('app')} WARN gc pause ${say.between(420, 1_600)} ms, ${say.between(2, 9)} MB freed`,
      ],
    },
    {
      says: 'again',
      perMinute: 6,
      lines: [
        (say) =>
          `${say.syslog('kernel')} Out of memory: Killed process ${say.between(2_000, 31_000)} (node) total-vm:${say.between(4_000_000, 4_400_000)}kB, anon-rss:${say.between(3_400_000, 3_800_000)}kB, oom_score_adj:0`,
        (say) =>
          `${say.syslog('app')} FATAL JavaScript heap out of memory: allocation of ${say.between(16, 512)} kB failed`,
        (say) =>
          `${say.syslog('systemd')} app.service: A process of this unit has been killed by the OOM killer.`,
        (say) =>
          `${say.syslog('systemd')} app.service: Consumed ${say.between(1, 5)}min ${say.between(1, 59)}s CPU time, 3.${say.between(5, 8)}G memory peak.`,
      ],
    },
  ],
};

/** When the leak is felt again after a boot; a further boot before that begins it anew. */
function returnsAt(bootAfter: (at: number) => number | undefined, boot: number): number {
  let begun = boot;
  for (;;) {
    const next = bootAfter(begun);
    if (next === undefined || next >= begun + LEAK_MS) return begun + LEAK_MS;
    begun = next;
  }
}

/** Percent: what it grows to, or near the top while the kernel kills and systemd starts. */
function memoryUsed(value: number, { fault, at, span }: Moment): number {
  if (span !== undefined) return FULL + 5 * unit(0x3e1, Math.floor(at / 60_000));
  const next = fault.spans.find(({ from }) => from > at)?.from;
  if (next === undefined) return value;
  const share = Math.min(1, Math.max(0, (at - next + LEAK_MS) / LEAK_MS));
  return Math.max(value, FRESH + (FULL - FRESH) * share);
}

function swapping(metric: string): MetricEffect {
  return { namespace: 'AWS/EC2', metric, change: (value) => value * 9 };
}
