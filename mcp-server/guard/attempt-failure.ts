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
const LEAVE_OPEN: readonly FailureCode[] = [
  'outcome_unknown',
  'unreachable',
  'cancelled',
  'internal',
  'throttled',
];

/** Errors of the system or the resolver before a byte was sent. */
const NEVER_SENT: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError'];

const BY_STATUS: Readonly<Record<number, FailureCode>> = {
  401: 'denied',
  403: 'denied',
  404: 'not_found',
  429: 'throttled',
};

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}

/** `throttled` means AWS turned the request away unless the tool itself says that a part was done. */
function ofCallFailure(failure: Failure): Answer {
  const open = !failure.nothing_changed && LEAVE_OPEN.includes(failure.code);
  if (!open) return { kind: 'refused', failure, awsCode: failure.code };
  return { kind: 'unknown', failure, awsCode: failure.code };
}

/** Anything thrown by an attempt. What is not clearly a refusal is an unknown outcome, never a failure. */
export function answerOf(error: unknown): Answer {
  if (error instanceof CallFailure) return ofCallFailure(error.failure);
  const status = member(member(error, '$metadata'), 'httpStatusCode');
  const code = member(error, 'code');
  const name = error instanceof Error ? error.name : 'Error';
  const awsCode = plain(typeof code === 'string' ? code : name);
  const told = plain(error instanceof Error ? error.message : String(error));
  const failure = (as: FailureCode, nothingChanged: boolean): Failure => ({
    code: as,
    message: `AWS answered ${awsCode}: ${told}`,
    nothing_changed: nothingChanged,
  });
  if (NEVER_SENT.includes(awsCode) || NEVER_SENT.includes(name)) {
    return { kind: 'refused', awsCode, failure: failure('unreachable', true) };
  }
  if (typeof status === 'number' && status >= 400 && status < 500 && status !== 408) {
    return { kind: 'refused', awsCode: plain(name), failure: failure(BY_STATUS[status] ?? 'rejected', true) };
  }
  return { kind: 'unknown', awsCode, failure: failure('outcome_unknown', false) };
}
