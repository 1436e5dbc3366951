import type { z } from 'zod';
import type { Cloud } from '../cloud/cloud.ts';
import type { ToolContract } from '../contract/catalogue/tool-contract.ts';
import type { Coverage } from '../contract/coverage.ts';
import type { Facts, PlannedChange } from '../contract/proposal.ts';

/** A result's own part; the server adds how the call was carried out. */
export type Findings<Output> = Omit<Output, 'coverage' | 'call'> & { coverage: Coverage };

export type ToolResult<Output> = {
  findings: Findings<Output>;
  /** A few lines for a reader without the structured content. */
  text: string;
  /** Equivalent AWS CLI lines. */
  cli: string[];
  /** The AWS console's page for it, where there is one. */
  console: string | null;
};

/** Looks, and changes nothing. Throws `CallFailure` only when there is nothing to show at all. */
export type ReadTool<Input, Output> = {
  kind: 'read';
  contract: ToolContract<z.ZodType<Input>, z.ZodType<Output>>;
  run(input: Input, cloud: Cloud): Promise<ToolResult<Output>>;
};

/** What a changing tool saw of its targets before anything was asked of AWS. */
export type Observed<Detail> = {
  account: string;
  region: string;
  /** Facts by target id, in the order of the call. Everything the decision rests on, nothing that drifts by itself. */
  states: {
    kind: string;
    id: string;
    name: string;
    arn: string;
    facts: Facts;
    /** Ids, ARNs and names of what the change may take away with the target: protecting one protects from it. */
    takes?: string[];
  }[];
  /** How many of the kind all regions of the account hold as far as could be seen: a lower bound. */
  population: number;
  /** What `plan` needs beside: limits of the group, volumes, neighbours. */
  detail: Detail;
};

/** What was seen of one target after the attempt. */
export type Seen = { id: string; name: string; facts: Facts; result: 'done' | 'in_progress' | 'not_seen' };

/**
 * Changes something. In four steps, so that the guard stands between the second and the third:
 * observe (reads), plan (pure), attempt (one try, never repeated), verify (reads).
 */
export type ChangeTool<Input, Detail> = {
  kind: 'change';
  contract: ToolContract<z.ZodType<Input>, z.ZodType>;
  /** Resolves names to ids and reads the state. Throws `CallFailure` for unknown, ambiguous or unreadable targets. */
  observe(input: Input, cloud: Cloud): Promise<Observed<Detail>>;
  /**
   * Pure: the same facts give the same change, also for facts that a plan's earlier steps are expected to
   * leave. Throws `CallFailure` with `invalid_state` when the call makes no sense on them.
   */
  plan(input: Input, observed: Observed<Detail>): PlannedChange;
  /** The request that makes the change, as CloudTrail names it; null where its event history never has it. */
  event: string | null;
  /** Where the request is another one, or names something else than the targets: what to look for in CloudTrail. */
  requestOf?(change: PlannedChange): { event: string; ids: string[] };
  /** Asks AWS once. */
  attempt(change: PlannedChange, at: { account: string; region: string }, cloud: Cloud): Promise<void>;
  /** Looks at the targets; also used after a crash, to find out what became of an open intent. */
  verify(change: PlannedChange, at: { account: string; region: string }, cloud: Cloud): Promise<Seen[]>;
};

export type AnyTool = ReadTool<unknown, unknown> | ChangeTool<unknown, unknown>;
