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
  /** By ARN. */
  z.strictObject({
    kind: z.literal('tag'),
    arns: ids,
    set: z.record(z.string(), z.string()),
    removed: ids,
  }),
  z.strictObject({ kind: z.literal('publish_event'), bus: z.string() }),
  z.strictObject({ kind: z.literal('resize'), instance: z.string(), type: z.string() }),
  z.strictObject({ kind: z.literal('grow_volume'), volume: z.string(), sizeGb: z.number() }),
  z.strictObject({ kind: z.literal('reboot_databases'), databases: ids }),
  z.strictObject({
    kind: z.literal('modify_database'),
    database: z.string(),
    class: z.string().optional(),
    storageGb: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal('set_parameters'),
    /** A DB parameter group, or a cluster's. */
    group: z.string(),
    values: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    kind: z.literal('set_desired'),
    group: z.string(),
    desired: z.number(),
    launched: z.array(launched),
    terminated: ids,
  }),
  z.strictObject({
    kind: z.literal('update_service'),
    cluster: z.string(),
    service: z.string(),
    desired: z.number().optional(),
    /** Of the service's family of task definitions. */
    revision: z.number().optional(),
    forced: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('register_targets'), targetGroup: z.string(), targets: ids }),
  z.strictObject({ kind: z.literal('deregister_targets'), targetGroup: z.string(), targets: ids }),
  z.strictObject({
    kind: z.literal('configure_function'),
    function: z.string(),
    memory: z.number().optional(),
    timeout: z.number().optional(),
    description: z.string().optional(),
    environment: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({
    kind: z.literal('reserve_concurrency'),
    function: z.string(),
    value: z.number().nullable(),
  }),
  z.strictObject({ kind: z.literal('publish_version'), function: z.string(), version: z.string() }),
  z.strictObject({
    kind: z.literal('move_alias'),
    function: z.string(),
    alias: z.string(),
    version: z.string(),
    split: z.record(z.string(), z.number()),
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
