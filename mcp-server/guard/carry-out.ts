import { CallFailure } from '../cloud/call-failure.ts';
import type { Failure } from '../contract/failure.ts';
import type { Seen } from '../tools/tool.ts';
import { type Answer, answerOf } from './attempt-failure.ts';
import { appendEntry } from './audit.ts';
import { settleClaim } from './claims.ts';
import type { ChangeOutcome, ChangeRequest } from './guard.ts';
import type { Ledger } from './ledger.ts';
import { plain } from './outside-text.ts';
import type { Claimed } from './permit.ts';
import { closeProposal } from './proposals.ts';
import { changeInWords } from './refusal.ts';

type Look = { seen: Seen[]; problem: string | null };

const NOT_LOOKED: Look = { seen: [], problem: null };

/** "web-1 (i-0abc): state stopping", for a sentence. */
export function seenInWords(seen: Seen[]): string {
  return seen
    .map((one) => {
      const facts = Object.entries(one.facts).map(
        ([name, value]) => `${plain(name)} ${plain(String(value))}`,
      );
      return `${plain(one.name)} (${plain(one.id)}): ${facts.join(', ') || 'not seen'}`;
    })
    .join('; ');
}

async function look(request: ChangeRequest): Promise<Look> {
  try {
    return { seen: await request.verify(), problem: null };
  } catch (error) {
    return { seen: [], problem: plain(error instanceof Error ? error.message : String(error)) };
  }
}

async function attemptOnce(request: ChangeRequest): Promise<Answer> {
  try {
    await request.attempt();
    return { kind: 'accepted' };
  } catch (error) {
    return answerOf(error);
  }
}

const RESULT = { accepted: 'done', refused: 'failed', unknown: 'unknown' } as const;

function record(
  ledger: Ledger,
  now: number,
  request: ChangeRequest,
  by: Claimed,
  answer: Answer,
  seen: Look,
) {
  const state = RESULT[answer.kind];
  return ledger.write((db) => {
    const outcome = appendEntry(db, {
      now,
      session: request.origin.session,
      event: 'outcome',
      subject: by.subject,
      detail: {
        intent: by.intent,
        result: state,
        tool: request.change.tool,
        targets: request.change.targets.map((target) => target.id),
        aws: answer.kind === 'accepted' ? null : { code: answer.awsCode, message: answer.failure.message },
        seen: seen.seen,
        not_verified: seen.problem ?? undefined,
      },
    });
    db.prepare('UPDATE intents SET settled = ? WHERE sequence = ?').run(outcome, by.intent);
    if (by.grant.kind === 'proposal') {
      settleClaim(db, { proposal: by.subject, step: by.step, state, seen: seen.seen });
      const stops = state !== 'done' && by.grant.kind === 'proposal';
      if (stops) stopPlan(db, by);
    }
    return outcome;
  });
}

function stopPlan(db: Parameters<typeof closeProposal>[0], by: Claimed): void {
  const row = db.prepare('SELECT 1 FROM proposals WHERE id = ? AND call_key IS NULL').get(by.subject);
  if (row) closeProposal(db, by.subject, 'stopped', `step ${by.step + 1} did not succeed`);
}

function answerInWords(request: ChangeRequest, answer: Answer): string {
  const what = changeInWords(request.change);
  return answer.kind === 'accepted' ? `AWS accepted ${what}` : `${what}: ${answer.failure.message}`;
}

function unwritten(request: ChangeRequest, by: Claimed, answer: Answer, problem: unknown): Failure {
  const told = problem instanceof CallFailure ? problem.failure : null;
  return {
    code: 'outcome_unknown',
    message: `${answerInWords(request, answer)}. But this could not be written to the audit log: ${told?.message ?? plain(String(problem))} Entry ${by.intent} stands there as an intent without an outcome.`,
    hint: `${told?.hint ?? ''} Do not repeat the change before looking at the account; the next start of the server looks it up and writes what it finds.`.trim(),
    nothing_changed: answer.kind === 'refused' && answer.failure.nothing_changed,
  };
}

function lookInWords({ seen, problem }: Look): string {
  if (problem !== null) return `A look afterwards failed too (${problem}).`;
  return `A look afterwards shows ${seenInWords(seen) || 'nothing of it'}.`;
}

function unknownOutcome(
  request: ChangeRequest,
  answer: Extract<Answer, { kind: 'unknown' }>,
  seen: Look,
): Failure {
  const todo = answer.failure.hint ? `${answer.failure.hint} ` : '';
  return {
    code: 'outcome_unknown',
    message: `Whether ${changeInWords(request.change)} happened is not known. ${answer.failure.message} ${lookInWords(seen)}`,
    hint: `${todo}Look at the account before asking for it again. The grant is used up.`,
    nothing_changed: false,
  };
}

/** `seen`: null when it is certain that nothing changed, so that nobody looked. */
function refused({ failure }: Extract<Answer, { kind: 'refused' }>, seen: Look | null): Failure {
  const message = seen === null ? failure.message : `${failure.message} ${lookInWords(seen)}`;
  const hint = failure.hint ?? 'The grant is used up; send the call again to have it proposed anew.';
  return { ...failure, message, hint };
}

/** One attempt, a look, the outcome on disk. The grant stays used whatever happens. */
export async function carryOut(
  ledger: Ledger,
  clock: () => number,
  request: ChangeRequest,
  by: Claimed,
): Promise<ChangeOutcome> {
  const answer = await attemptOnce(request);
  const untouched = answer.kind === 'refused' && answer.failure.nothing_changed;
  const seen = untouched ? NOT_LOOKED : await look(request);
  let outcome: number;
  try {
    outcome = record(ledger, clock(), request, by, answer, seen);
  } catch (error) {
    return { kind: 'not_changed', failure: unwritten(request, by, answer, error) };
  }
  switch (answer.kind) {
    case 'refused':
      return { kind: 'not_changed', failure: refused(answer, untouched ? null : seen) };
    case 'unknown':
      return { kind: 'not_changed', failure: unknownOutcome(request, answer, seen) };
    case 'accepted':
      return changed(ledger, request, by, outcome, seen);
  }
}

function changed(
  ledger: Ledger,
  request: ChangeRequest,
  by: Claimed,
  outcome: number,
  seen: Look,
): ChangeOutcome {
  const notSeen = request.change.targets.map(
    ({ id, name }): Seen => ({ id, name, facts: {}, result: 'not_seen' }),
  );
  const notes = [
    seen.problem ? `AWS accepted it, but a look afterwards failed: ${seen.problem}` : null,
    ledger.headProblem(),
  ].filter((note) => note !== null);
  return {
    kind: 'changed',
    seen: seen.problem ? notSeen : seen.seen,
    grant: by.subject,
    audit: { intent: by.intent, outcome },
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };
}
