import { z } from 'zod';

/** An instance an Auto Scaling group launched during the run. */
const launched = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  type: z.string(),
  az: z.string(),
  tags: z.record(z.string(), z.string()),
});
export type Launched = z.infer<typeof launched>;

const ids = z.array(z.string());

/** What a call changed. */
const effect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('start'), instances: ids }),
  z.strictObject({ kind: z.literal('stop'), instances: ids }),
  z.strictObject({ kind: z.literal('reboot'), instances: ids }),
  z.strictObject({ kind: z.literal('terminate'), instances: ids }),
  z.strictObject({ kind: z.literal('resize'), instance: z.string(), type: z.string() }),
  z.strictObject({ kind: z.literal('grow_volume'), volume: z.string(), sizeGb: z.number() }),
  z.strictObject({
    kind: z.literal('set_desired'),
    group: z.string(),
    desired: z.number(),
    launched: z.array(launched),
    terminated: ids,
  }),
]);

/** A call that changed something, as the journal and CloudTrail have it. */
export const journalEntry = z.strictObject({
  /** Epoch milliseconds on the account's clock. */
  at: z.number(),
  region: z.string(),
  eventId: z.string(),
  /** The caller's ARN. */
  by: z.string(),
  /** The event source, as `ec2.amazonaws.com`. */
  source: z.string(),
  /** The API call. */
  event: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** Ids, as CloudTrail lists them. */
  resources: z.array(z.strictObject({ type: z.string(), name: z.string() })),
  effect,
});
export type JournalEntry = z.infer<typeof journalEntry>;

/** The changes made to an account, oldest first, and the only way to add to them. */
export type Journal = {
  /** The same array as long as nothing was added. */
  entries(): readonly JournalEntry[];
  /**
   * Decides a change against the entries there are and adds it, with no other writer in between.
   * When `decide` throws, nothing is added.
   */
  append<Output>(decide: Decide<Output>): Output;
  close(): void;
};

export type Decide<Output> = (entries: readonly JournalEntry[]) => { output: Output; entry: JournalEntry };

/** A journal that ends with the process. */
export function createMemoryJournal(): Journal {
  let entries: readonly JournalEntry[] = [];
  return {
    entries: () => entries,
    append(decide) {
      const { output, entry } = decide(entries);
      entries = [...entries, entry];
      return output;
    },
    close: () => {},
  };
}
