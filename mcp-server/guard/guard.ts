import type { Failure } from '../contract/failure.ts';
import type { Backend, PlannedChange } from '../contract/proposal.ts';
import type { Seen } from '../tools/tool.ts';

/** Where a change would run, as whom, and for whom. */
export type Origin = {
  backend: Backend;
  /** The caller's ARN at the backend. */
  identity: string;
  account: string;
  region: string;
  session: string;
};

/** A change somebody asks for, freshly resolved and observed; nothing has been changed yet. */
export type ChangeRequest = {
  origin: Origin;
  change: PlannedChange;
  /** The account's clock right before the attempt (ISO 8601), and whether what is done there outlasts this process. */
  account?: { now: string; keeps: boolean };
  /** Every way a target can be written in the protected list: id, ARN, name. One list a target. */
  spellings: string[][];
  /** Resources of the kind in the account, a lower bound. */
  population: number;
  /** Protected by the account itself (a simulated account's `protected`). */
  protectedHere: string[];
  /** `_meta['aiops/grant']` and `_meta['aiops/step']` as they arrived: unchecked. */
  grant: unknown;
  step: unknown;
  /** Asks AWS once; a throw is the outcome. */
  attempt(): Promise<void>;
  verify(): Promise<Seen[]>;
};

export type ChangeOutcome =
  | {
      kind: 'changed';
      seen: Seen[];
      grant: string;
      audit: { intent: number; outcome: number };
      note?: string;
    }
  | { kind: 'not_changed'; failure: Failure };

/** Stands between a planned change and AWS. Never throws for a reason that `Failure` has a code for. */
export type Guard = {
  run(request: ChangeRequest): Promise<ChangeOutcome>;
};
