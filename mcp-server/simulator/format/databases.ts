import { z } from 'zod';
import { file, name, parameterValue, place } from './fields.ts';
import { moment } from './times.ts';

const databaseEvent = z.strictObject({
  at: moment,
  source: name.optional(),
  message: z.string(),
  categories: z.array(z.string()).default([]),
});

export const database = z.strictObject({
  id: name,
  engine: name,
  engine_version: z.union([z.string(), z.number()]).transform(String).optional(),
  class: name.optional(),
  status: name.default('available'),
  cluster: name.optional(),
  storage_gb: z.number().positive().optional(),
  parameters: z.record(z.string(), parameterValue).optional(),
  events: z.array(databaseEvent).optional(),
  /** A standby in another zone. */
  multi_az: z.boolean().default(false),
  /** `gp3` unless given. */
  storage_type: name.optional(),
  /** Of its own unless given, when it has `parameters`; databases that name the same one share it. */
  parameter_group: name.optional(),
  /**
   * What Performance Insights recorded, as JSON; or whether it is on. Where the file does not say, it is on
   * for a database that something happens to.
   */
  performance_insights: z.union([z.strictObject({ file }), z.boolean()]).optional(),
  /** Ids, of databases in the file or outside it. */
  replicas: z.array(name).optional(),
  ...place,
});
