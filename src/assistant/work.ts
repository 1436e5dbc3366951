import type { EngineParts } from './ports.ts';
import type { Session } from './session.ts';
import type { Turn } from './turn.ts';

/** What every step of a turn works with. */
export type Work = {
  turn: Turn;
  session: Session;
  parts: EngineParts;
  /** What "now" is to the account; waits for its report, and takes the machine's clock when there is none. */
  accountNow(): Promise<Date>;
  /** Names and numbers of the configured accounts; waits a little for the report, and is empty without it. */
  accounts(): Promise<string[]>;
};
