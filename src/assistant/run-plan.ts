import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { PlanProposal } from '../../mcp-server/contract/proposal.ts';
import { METHODS } from '../../mcp-server/contract/wire.ts';
import type { PlannedCall } from '../domain/reading.ts';
import { ToolsError } from '../tools/tools.ts';
import { consentTo } from './consent.ts';
import { notGranted, runGranted } from './run-change.ts';
import { fail, finish, runRead } from './run-read.ts';
import type { StepEnd } from './step.ts';
import type { Work } from './work.ts';

/**
 * Runs the steps of a sentence with several changes: the changes are proposed and approved as one plan, in
 * one dialog, then every step runs in its turn; the first change that does not succeed stops the rest.
 * Null when the server takes them for no plan (they are in several regions, say): each then asks by itself.
 */
export async function runPlan(calls: readonly PlannedCall[], work: Work): Promise<StepEnd[] | null> {
  const { turn, parts } = work;
  const changes = calls.filter((call) => call.risk !== 'read');
  const [first] = changes;
  if (!first) return [];
  const startedAt = parts.now().getTime();
  const proposed = await propose(changes, work);
  if (proposed.kind === 'failed') {
    if (proposed.failure.code === 'invalid_arguments') return null;
    return [failPlan(proposed.failure, changes, startedAt, work)];
  }
  const { proposal } = proposed;
  const ids = new Map(
    changes.map((call) => [call, turn.begin(call, { status: 'awaiting_approval', proposal })]),
  );
  const consent = await consentTo(proposal, ids.get(first) ?? '', changes, work);
  if (consent.kind !== 'granted') {
    const declined = [...ids].map(([call, id]) => notGranted(consent, id, call, work));
    const reads = calls.length - changes.length;
    if (reads > 0) turn.say('note', turn.words.talk.stepsLeft(reads));
    return declined;
  }
  const ends: StepEnd[] = [];
  let step = 0;
  for (const [index, call] of calls.entries()) {
    const id = ids.get(call);
    if (id === undefined) {
      ends.push(await runRead(call, work));
      continue;
    }
    const args = proposal.steps[step]?.arguments ?? call.arguments;
    const began = parts.now().getTime();
    const result = await runGranted(id, call, args, { grant: consent.grant, step }, work);
    ends.push(await finish(id, call, result, began, work));
    step += 1;
    if (ends.at(-1) !== 'done' || turn.signal.aborted) {
      leaveRest(calls.slice(index + 1));
      break;
    }
  }
  return ends;

  function leaveRest(rest: readonly PlannedCall[]): void {
    for (const call of rest) {
      const id = ids.get(call);
      if (id !== undefined) turn.settle(id, call, { status: 'cancelled' });
    }
    if (rest.length > 0) turn.say('note', turn.words.talk.stepsLeft(rest.length));
    if (turn.signal.aborted) ends.push('cancelled');
  }
}

/**
 * The plan cannot be proposed, so none of it runs. The failure stands at the step it is about; one that names no
 * step is about the plan and asks for no other target, since nobody knows whose.
 */
function failPlan(failure: Failure, changes: readonly PlannedCall[], startedAt: number, work: Work): StepEnd {
  const { turn, parts } = work;
  const elapsedMs = parts.now().getTime() - startedAt;
  const { candidates: _candidates, ...withoutChoices } = failure;
  const about = failure.step === undefined ? undefined : changes[failure.step];
  let end: StepEnd = 'failed';
  for (const call of changes) {
    if (call !== (about ?? changes[0])) {
      turn.begin(call, { status: 'cancelled' });
      continue;
    }
    const id = turn.begin(call, { status: 'running', startedAt });
    end = fail(id, call, about ? failure : withoutChoices, elapsedMs, work);
  }
  if (end === 'question') turn.say('note', turn.words.talk.nothingChanged());
  return end;
}

type Proposed = { kind: 'proposed'; proposal: PlanProposal } | { kind: 'failed'; failure: Failure };

async function propose(changes: readonly PlannedCall[], { parts }: Work): Promise<Proposed> {
  try {
    const steps = changes.map((call) => ({ tool: call.tool, arguments: call.arguments }));
    const { proposal } = await parts.tools.ask(METHODS.proposePlan, { steps });
    if (proposal.kind === 'plan') return { kind: 'proposed', proposal };
    const message = 'the server proposed a single call for a plan';
    return { kind: 'failed', failure: { code: 'internal', message, nothing_changed: true } };
  } catch (error) {
    if (error instanceof ToolsError) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}
