import { CallFailure } from '../cloud/call-failure.ts';
import type { Failure, FailureCode } from '../contract/failure.ts';
import { plain } from './outside-text.ts';

/** What became of the one attempt, as far as its error tells. */
export type Answer =
  | { kind: 'accepted' }
  /** AWS said no, or nothing was sent; `failure.nothing_changed` tells whether a part was done before. */
  | { kind: 'refused'; failure: Failure; awsCode: string }
  /** It may have happened. */
  | { kind: 'unknown'; failure: Failure; awsCode: string };

/** Codes that, when something may have been sent, leave open whether it was done. */
const LEAVE_OPEN: readonly FailureCode[] = ['outcome_unknown', 'unreachable', 'cancelled', 'internal'];

/**
 * Anything thrown by an attempt. Only the tool knows which of its requests failed and what it had done before:
 * its `CallFailure` is believed. Any other error, whatever AWS's words in it, is an unknown outcome.
 */
export function answerOf(error: unknown): Answer {
  if (error instanceof CallFailure) {
    const { failure } = error;
    const open = !failure.nothing_changed && LEAVE_OPEN.includes(failure.code);
    return { kind: open ? 'unknown' : 'refused', failure, awsCode: failure.code };
  }
  const awsCode = plain(nameOf(error));
  const told = plain(error instanceof Error ? error.message : String(error));
  const message = `It ended with ${awsCode}: ${told}`;
  return {
    kind: 'unknown',
    awsCode,
    failure: { code: 'outcome_unknown', message, nothing_changed: false },
  };
}

/** The system's name for it (`ECONNRESET`) where there is one, else the error's own. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
