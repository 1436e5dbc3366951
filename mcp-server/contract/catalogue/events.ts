import { z } from 'zod';
import { place } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

export const EVENT_SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

/** EventBridge reads ten times as many; nobody does. */
const MOST_LEVELS = 100;

/** Level by level: a deep object must not be walked by functions that call themselves. */
function isPlain(detail: object): boolean {
  let level: unknown[] = [detail];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_LEVELS || level.some((one) => typeof one === 'number' && !Number.isFinite(one)))
      return false;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return true;
}

export const putEvent = toolContract({
  name: 'put_event',
  title: 'Publish an event',
  description:
    'Publishes an event on the default EventBridge bus, with the source "aiops". A change: needs a grant.',
  input: z.strictObject({
    detail_type: z.string().min(1).max(128).describe('what kind of event it is: incident.opened'),
    severity: z.enum(EVENT_SEVERITIES),
    detail: z
      .record(z.string(), z.unknown())
      .refine(isPlain, `finite numbers, and at most ${MOST_LEVELS} levels`)
      .describe('what rules and targets get, beside the severity'),
    ...place,
  }),
  output: changesMade,
});
