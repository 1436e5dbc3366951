import type { TurnOutcome } from '../domain/events.ts';

/** What a script can rely on. `--help` prints this very table. */
export const EXIT_CODES = {
  done: { code: 0, means: 'done' },
  failed: { code: 1, means: 'failed' },
  usage: { code: 2, means: 'wrong usage or configuration' },
  question: { code: 3, means: 'a question needs an answer, or it was not understood' },
  approval: { code: 4, means: 'an approval is needed, or was declined' },
  refused: { code: 5, means: 'refused' },
  unavailable: {
    code: 69,
    means: 'cannot start: Node is too old with no other to run on, or the program is not built',
  },
  interrupted: { code: 130, means: 'interrupted' },
} as const;

export type ExitName = keyof typeof EXIT_CODES;

export function exitOfTurn(outcome: TurnOutcome): ExitName {
  switch (outcome) {
    case 'answered':
    case 'nothing':
      return 'done';
    case 'question':
    case 'not_understood':
      return 'question';
    case 'declined':
    case 'unapproved':
      return 'approval';
    case 'refused':
      return 'refused';
    case 'failed':
      return 'failed';
    case 'misconfigured':
      return 'usage';
    case 'cancelled':
      return 'interrupted';
  }
}

export function exitCodesHelp(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, means }) => `  ${String(code).padEnd(5)}${means}`);
  return ['', 'Exit codes:', ...rows].join('\n');
}
