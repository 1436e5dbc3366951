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
      const known = one.result === 'not_seen' || facts.length === 0 ? 'not seen' : facts.join(', ');
      return `${plain(one.name)} (${plain(one.id)}): ${known}`;
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

async function attemptOnce(request: ChangeRequest, token: string): Promise<Answer> {
  try {
    await request.attempt(token);
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

function unknownOutcome(
  request: ChangeRequest,
  answer: Extract<Answer, { kind: 'unknown' }>,
  seen: Look,
): Failure {
  const found = seen.problem
    ? `A look afterwards failed too (${seen.problem}).`
    : `A look afterwards shows ${seenInWords(seen.seen)}.`;
  return {
    code: 'outcome_unknown',
    message: `Whether ${changeInWords(request.change)} happened is not known. ${answer.failure.message} ${found}`,
    hint: 'Look at the account before asking for it again. The grant is used up.',
    nothing_changed: false,
  };
}

/** One attempt, a look, the outcome on disk. The grant stays used whatever happens. */
export async function carryOut(
  ledger: Ledger,
  clock: () => number,
  request: ChangeRequest,
  by: Claimed,
): Promise<ChangeOutcome> {
  const answer = await attemptOnce(request, by.token);
  const untouched = answer.kind === 'refused' && answer.failure.nothing_changed;
  const seen = untouched ? NOT_LOOKED : await look(request);
  let outcome: number;
  try {
    outcome = record(ledger, clock(), request, by, answer, seen);
  } catch (error) {
    return { kind: 'not_changed', failure: unwritten(request, by, answer, error) };
  }
  switch (answer.kind) {
    case 'refused': {
      const hint =
        answer.failure.hint ?? 'The grant is used up; send the call again to have it proposed anew.';
      return { kind: 'not_changed', failure: { ...answer.failure, hint } };
    }
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
