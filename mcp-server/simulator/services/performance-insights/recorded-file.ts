import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseDocument } from '../../../contract/document.ts';
import { instant } from '../../format/times.ts';
import type { Database } from '../../world/databases.ts';
import type { World } from '../../world/world.ts';

const wait = z.looseObject({ name: z.string(), type: z.string().default(''), db_load_avg: z.number() });

/** What Performance Insights recorded of a database, as the file beside the account file has it. */
const recording = z.looseObject({
  db_load: z
    .looseObject({ timestamps: z.array(instant), values: z.array(z.number().nullable()) })
    .default({ timestamps: [], values: [] }),
  top_sql: z
    .array(
      z.looseObject({
        statement: z.string(),
        db_load_avg: z.number(),
        wait_events: z.array(wait).default([]),
        calls_per_sec: z.number().optional(),
      }),
    )
    .default([]),
  top_wait_events: z.array(wait).default([]),
  top_users: z.array(z.looseObject({ name: z.string(), db_load_avg: z.number() })).default([]),
  top_hosts: z.array(z.looseObject({ id: z.string(), db_load_avg: z.number() })).default([]),
});
type Recording = z.output<typeof recording>;

const READ = new WeakMap<object, Recording>();

/**
 * The recording of a database, read when it is first asked for; undefined when the file gives none.
 *
 * @throws DocumentError that names what in it cannot be understood
 */
export function recordingOf(world: World, { entry }: Database): Recording | undefined {
  const insights = entry.performance_insights;
  if (typeof insights !== 'object') return undefined;
  const known = READ.get(insights);
  if (known !== undefined) return known;
  const path = resolve(world.file.folder, insights.file);
  const read = parseDocument(readFileSync(path, 'utf8'), path, recording);
  READ.set(insights, read);
  return read;
}
