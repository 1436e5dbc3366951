import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { CallState } from '../domain/events.ts';
import type { PlannedCall } from '../domain/reading.ts';
import type { CallResult } from '../tools/tools.ts';
import { answerOf } from './answers/answer.ts';
import { failureText } from './failures.ts';
import { narrow } from './narrow.ts';
import { questionOfFailure, questionText } from './questions.ts';
import { keepMentioned } from './session.ts';
import { endOfFailure, type StepEnd } from './step.ts';
import type { Work } from './work.ts';

/** Runs a call that changes nothing and says what it found. */
export async function runRead(call: PlannedCall, work: Work): Promise<StepEnd> {
  const { turn, parts } = work;
  const startedAt = parts.now().getTime();
  const id = turn.begin(call, { status: 'running', startedAt });
  const result = await parts.tools.callAny(call.tool, call.arguments, { signal: turn.signal });
  return await finish(id, call, result, startedAt, work);
}

/** Ends a call of either kind: its last state, the words for it, what the conversation keeps of it. */
export async function finish(
  id: string,
  call: PlannedCall,
  result: CallResult,
  startedAt: number,
  work: Work,
): Promise<StepEnd> {
  const { turn, session, parts } = work;
  const elapsedMs = parts.now().getTime() - startedAt;
  if (result.kind === 'failed') return fail(id, call, result.failure, elapsedMs, work);
  const { text } = result;
  const { data, by, unheld } = await narrow(call, result.data, work);
  turn.settle(id, call, { status: 'done', elapsedMs, text, data });
  session.outside.add(call.tool, data);
  keepMentioned(session, call, data);
  const now = await work.accountNow();
  const setting = { words: turn.words.answers, now, timeZone: parts.timeZone, narrowed: { by, unheld } };
  const { found, gaps, zone } = answerOf(call.tool, call.arguments, data, setting);
  turn.say('answer', found || text, { call: id, gaps, zone });
  return 'done';
}

export function fail(
  id: string,
  call: PlannedCall,
  failure: Failure,
  elapsedMs: number,
  { turn, session }: Work,
): StepEnd {
  const end = endOfFailure(failure);
  const state: CallState =
    end === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', elapsedMs, failure };
  turn.settle(id, call, state);
  const question = end === 'question' ? questionOfFailure(failure, call) : null;
  if (question) {
    session.conversation = { ...session.conversation, pending: question };
    turn.say('question', questionText(question, turn.words.talk));
    return 'question';
  }
  if (end === 'cancelled') return end;
  const tone = end === 'refused' ? 'refusal' : 'error';
  turn.say(tone, failureText(failure, turn.words.talk, call.risk !== 'read'));
  return end === 'question' ? 'failed' : end;
}
