import type { JournalEntry } from '../world/journal.ts';
import type { World } from '../world/world.ts';

/** What an operation needs to know about the call it answers. */
export type Call = {
  world: World;
  /** The account's clock, epoch milliseconds. */
  now: number;
  account: string;
  region: string;
  /** The caller's ARN. */
  identity: string;
  /** Set when trouble asks for partial data: the share of what was asked that is left out. */
  partial: boolean;
};

/** What a changing operation does to the account, beside its answer. `null`: nothing changed. */
export type Change<Output> = { output: Output; entry: NewEntry };
export type NewEntry = Pick<JournalEntry, 'source' | 'parameters' | 'resources' | 'effect'> & {
  /** What CloudTrail calls it, where that is not the name of the API call. */
  event?: string;
};

type Operation =
  | { kind: 'read'; run(input: object, call: Call): object }
  | { kind: 'change'; run(input: object, call: Call): Change<object> };

export type Operations = Readonly<Record<string, Operation>>;

/** An operation that only looks. Its types are the SDK's own, checked where it is written. */
export function read<Input extends object, Output extends object>(
  run: (input: Input, call: Call) => Output,
): Operation {
  return { kind: 'read', run: (input, call) => run(input as Input, call) };
}

/** An operation that changes the account. */
export function change<Input extends object, Output extends object>(
  run: (input: Input, call: Call) => Change<Output>,
): Operation {
  return { kind: 'change', run: (input, call) => run(input as Input, call) };
}
