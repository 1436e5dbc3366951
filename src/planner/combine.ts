import type { Conversation, PlannedCall, Reading } from '../domain/reading.ts';
import type { Outcome } from './context.ts';

type Combined = { reading: Reading; conversation: Conversation };

/** The clauses' outcomes as one reading, and what the conversation has come to. */
export function combine(outcomes: readonly Outcome[], before: Conversation, mostAtOnce: number): Combined {
  const refusal = outcomes.find((outcome) => outcome.type === 'refusal');
  if (refusal !== undefined)
    return {
      reading: {
        outcome: 'refusal',
        reason: refusal.reason,
        action: refusal.action,
        ...(refusal.most === undefined ? {} : { most: refusal.most }),
      },
      conversation: { ...before, pending: null },
    };
  const called = withoutVague(outcomes.filter((outcome) => outcome.type === 'calls'));
  const calls = joinSettings(distinct(called.flatMap((outcome) => outcome.calls)));
  const swept = sweptBy(calls, mostAtOnce);
  if (swept !== null)
    return {
      reading: { outcome: 'refusal', reason: 'too_many', action: swept, most: mostAtOnce },
      conversation: { ...before, pending: null },
    };
  const question = outcomes.find((outcome) => outcome.type === 'question');
  if (question !== undefined) {
    const reads = [...question.calls, ...calls].filter((call) => call.risk === 'read');
    return {
      reading: { outcome: 'question', question: question.question, calls: reads },
      conversation: { ...before, pending: question.question },
    };
  }
  if (calls.length > 0)
    return {
      reading: { outcome: 'calls', calls, confidence: confidenceOf(outcomes) },
      conversation: { lastCalls: calls, mentioned: mentionedIn(called), pending: null },
    };
  const none = outcomes.find((outcome) => outcome.type === 'none');
  if (none !== undefined) {
    const reading: Reading =
      none.about === undefined
        ? { outcome: 'none', reason: none.reason }
        : { outcome: 'none', reason: none.reason, about: none.about };
    const mentioned = none.entries.length > 0 ? mentionedIn([none]) : before.mentioned;
    return { reading, conversation: { ...before, mentioned, pending: null } };
  }
  return { reading: { outcome: 'none', reason: 'off_topic' }, conversation: { ...before, pending: null } };
}

const distinct = (calls: readonly PlannedCall[]): PlannedCall[] => [
  ...new Map(calls.map((call) => [JSON.stringify([call.tool, call.arguments]), call])).values(),
];

/** Tools that set several things of one resource at once, by the argument that names it. */
const SETTING_TOOLS: Readonly<Record<string, string>> = {
  update_function_configuration: 'function',
  modify_database: 'database',
};

/** `its memory to 1024, its timeout to 30 s`: one change of one resource, unless they contradict each other. */
function joinSettings(calls: readonly PlannedCall[]): PlannedCall[] {
  const out: PlannedCall[] = [];
  for (const call of calls) {
    const target = SETTING_TOOLS[call.tool];
    const at = target === undefined ? -1 : out.findIndex((other) => agrees(other, call, target));
    const before = out[at];
    if (before === undefined) out.push(call);
    else
      out[at] = {
        ...before,
        arguments: { ...before.arguments, ...call.arguments },
        namedInFull: before.namedInFull && call.namedInFull,
      };
  }
  return out;
}

const PLACES: readonly string[] = ['region', 'account'];

function agrees(one: PlannedCall, other: PlannedCall, target: string): boolean {
  if (one.tool !== other.tool) return false;
  const same = [target, ...PLACES].every((key) => one.arguments[key] === other.arguments[key]);
  const shared = Object.keys(one.arguments).filter((key) => key in other.arguments);
  return same && shared.every((key) => key === target || PLACES.includes(key));
}

/** The tool that several clauses together turn on more machines than may be touched at once. */
function sweptBy(calls: readonly PlannedCall[], mostAtOnce: number): string | null {
  const targets = new Set<unknown>();
  for (const { risk, arguments: args, tool } of calls) {
    if (risk !== 'destructive' || !Array.isArray(args.instances)) continue;
    for (const target of args.instances) targets.add(target);
    if (targets.size > mostAtOnce) return tool;
  }
  return null;
}

type Called = Extract<Outcome, { type: 'calls' }>;

/** `is orders-db healthy? show its cpu`: the exact question makes the vague look at the same thing needless. */
function withoutVague(called: readonly Called[]): Called[] {
  const exact = called.filter((outcome) => !outcome.vague);
  if (exact.length === 0) return [...called];
  const covered = new Set(exact.flatMap((outcome) => outcome.entries.map((entry) => entry.id)));
  return called.filter(
    (outcome) => !outcome.vague || !outcome.entries.every((entry) => covered.has(entry.id)),
  );
}

function mentionedIn(outcomes: readonly { entries: Called['entries'] }[]): Conversation['mentioned'] {
  const seen = new Map<string, Conversation['mentioned'][number]>();
  for (const { entries } of [...outcomes].reverse())
    for (const { kind, id, name } of entries) if (!seen.has(id)) seen.set(id, { kind, id, name });
  return [...seen.values()].slice(0, 20);
}

function confidenceOf(outcomes: readonly Outcome[]): number {
  const unread = outcomes.filter((outcome) => outcome.type === 'nothing').length;
  return Math.max(0.3, 0.95 - 0.2 * unread);
}
