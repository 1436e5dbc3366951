import type { Failure } from '../../mcp-server/contract/failure.ts';
import type { TurnOutcome } from '../domain/events.ts';

/** How one step of a turn ended. */
export type StepEnd =
  | 'done'
  | 'failed'
  | 'misconfigured'
  | 'question'
  | 'refused'
  | 'declined'
  | 'unapproved'
  | 'cancelled';

/** The gravest end comes first: it is what the turn as a whole is said to be. */
const GRAVITY: readonly StepEnd[] = [
  'cancelled',
  'declined',
  'unapproved',
  'refused',
  'question',
  'misconfigured',
  'failed',
  'done',
];

export function turnOutcome(ends: readonly StepEnd[]): TurnOutcome {
  const gravest = GRAVITY.find((end) => ends.includes(end)) ?? 'done';
  return gravest === 'done' ? 'answered' : gravest;
}

export function endOfFailure(failure: Failure): StepEnd {
  switch (failure.code) {
    case 'ambiguous':
    case 'close_match':
      return 'question';
    case 'not_found':
      return failure.candidates && failure.candidates.length > 0 ? 'question' : 'failed';
    case 'read_only':
    case 'forbidden':
    case 'unchecked':
      return 'refused';
    case 'cancelled':
      return 'cancelled';
    case 'configuration':
    case 'not_configured':
      return 'misconfigured';
    default:
      return 'failed';
  }
}
