import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { EMPTY_CONVERSATION, type Reading } from '../src/domain/reading.ts';
import { createPlanner } from '../src/planner/planner.ts';
import { accountDirectory } from './account-directory.ts';
import { type Expectation, judge, type Verdict } from './judge-commands.ts';

const commandCase = z.object({
  id: z.string(),
  lang: z.enum(['en', 'ko', 'zh']),
  context: z.array(z.string()).default([]),
  text: z.string(),
  expect: z.object({
    outcome: z.enum(['calls', 'none', 'question', 'refusal']),
    calls: z
      .array(z.object({ tool: z.string(), arguments: z.record(z.string(), z.unknown()).default({}) }))
      .default([]),
  }),
  tags: z.array(z.string()).default([]),
});
type CommandCase = z.infer<typeof commandCase>;

/** The EC2, alarm, metric, change and scaling-group tools, scored apart. */
const CORE_TOOLS: ReadonlySet<string> = new Set([
  'list_instances',
  'describe_instance',
  'get_console_output',
  'start_instances',
  'stop_instances',
  'reboot_instances',
  'terminate_instances',
  'resize_instance',
  'grow_volume',
  'list_alarms',
  'get_alarm_history',
  'get_metric',
  'get_metrics',
  'list_changes',
  'get_dependencies',
  'list_auto_scaling_groups',
  'set_desired_capacity',
]);

type Result = { one: CommandCase; reading: Reading; ms: number; verdict: Verdict };

const callsOf = (reading: Reading) =>
  reading.outcome === 'calls' || reading.outcome === 'question' ? reading.calls : [];

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const share = (results: readonly Result[]): { right: number; of: number; share: number } => {
  const right = results.filter((result) => result.verdict.right).length;
  return {
    right,
    of: results.length,
    share: results.length === 0 ? 0 : Number((right / results.length).toFixed(4)),
  };
};

const isCore = ({ one }: Result): boolean =>
  one.expect.outcome !== 'calls' || one.expect.calls.every(({ tool }) => CORE_TOOLS.has(tool));

function summary(results: readonly Result[]): Record<string, unknown> {
  const languages = ['en', 'ko', 'zh'] as const;
  return {
    cases: results.length,
    ...share(results),
    languages: Object.fromEntries(
      languages.map((lang) => [lang, share(results.filter(({ one }) => one.lang === lang))]),
    ),
    core_tools: share(results.filter(isCore)),
    dangerous: results.filter(({ verdict }) => verdict.dangerous).map(({ one }) => one.id),
    median_ms: Number(median(results.map(({ ms }) => ms)).toFixed(3)),
  };
}

function human({ one, reading, ms, verdict }: Result): string {
  const calls = callsOf(reading).map(
    (call) => `${call.tool}(${JSON.stringify(call.arguments)}) ${call.risk}`,
  );
  const why =
    reading.outcome === 'question'
      ? reading.question.code
      : reading.outcome === 'calls'
        ? ''
        : reading.reason;
  const mark = verdict.dangerous ? 'DANGER' : verdict.right ? 'right ' : 'WRONG ';
  const head = `${mark} ${one.id} ${reading.outcome}${why === '' ? '' : `:${why}`} ${ms.toFixed(2)} ms  ${one.text}`;
  const lines = calls.map((call) => `         ${call}`);
  return [head, ...lines, ...(verdict.right ? [] : [`         ${verdict.why}`])].join('\n');
}

/** Reads every case in its conversation and scores it; prints a line a case, then the totals. */
export async function benchCommands({ data, json }: { data: string; json: boolean }): Promise<number> {
  const { directory, now } = accountDirectory(join(data, 'account.yaml'));
  const lines = readFileSync(join(data, 'commands.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const planner = createPlanner();
  const results = lines.map((line): Result => {
    const one = commandCase.parse(JSON.parse(line));
    let conversation = EMPTY_CONVERSATION;
    for (const said of one.context)
      conversation = planner.read(said, { directory, now, conversation }).conversation;
    const began = performance.now();
    const { reading } = planner.read(one.text, { directory, now, conversation });
    const ms = performance.now() - began;
    const expectation: Expectation = one.expect;
    return { one, reading, ms, verdict: judge(reading, expectation, directory, now) };
  });
  for (const result of results) {
    const { one, reading, ms } = result;
    const calls = callsOf(reading);
    const record = {
      id: one.id,
      outcome: reading.outcome,
      calls: calls.map((call) => ({ tool: call.tool, arguments: call.arguments })),
      risk: calls.map((call) => call.risk),
      ms: Number(ms.toFixed(3)),
    };
    process.stdout.write(`${json ? JSON.stringify(record) : human(result)}\n`);
  }
  const total = summary(results);
  process.stdout.write(`${json ? JSON.stringify({ summary: total }) : JSON.stringify(total, null, 2)}\n`);
  return 0;
}
