import type { Failure } from '../contract/failure.ts';
import { appendRefusal } from './audit.ts';
import type { GuardParts } from './create-guard.ts';
import { claimedSubject } from './decide.ts';

/** A change somebody asked for that never became a request to the guard: nothing of it is checked. */
type TurnedAway = { session: string; name: string; arguments: unknown; grant: unknown };

/**
 * Writes into the audit log what was asked for and not understood as a change: an unknown tool, arguments no
 * tool takes, a name that means nothing or several things. What is tried in vain is worth knowing too. Throws
 * `CallFailure` (`store`) when it cannot be written; the refusal stands all the same.
 */
export function recordTurnedAway(parts: GuardParts): (of: TurnedAway, failure: Failure) => void {
  return (of, failure) => {
    parts.ledger.write((db) =>
      appendRefusal(db, {
        now: parts.clock(),
        session: of.session,
        subject: claimedSubject(of.grant, db),
        detail: {
          code: failure.code,
          reason: failure.message,
          tool: of.name,
          arguments: of.arguments ?? null,
        },
      }),
    );
  };
}
