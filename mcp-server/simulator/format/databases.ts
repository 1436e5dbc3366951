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
  /** What `GetResourceMetrics` returned, as JSON. */
  performance_insights: z.strictObject({ file }).optional(),
  /** Ids, of databases in the file or outside it. */
  replicas: z.array(name).optional(),
  ...place,
});
