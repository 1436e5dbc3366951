import { z } from 'zod';
import { place } from '../call.ts';
import { changesMade } from './changes-made.ts';
import { toolContract } from './tool-contract.ts';

export const EVENT_SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;

export const putEvent = toolContract({
  name: 'put_event',
  title: 'Publish an event',
  description:
    'Publishes an event on the default EventBridge bus, with the source "aiops". A change: needs a grant.',
  input: z.strictObject({
    detail_type: z.string().min(1).max(128).describe('what kind of event it is: incident.opened'),
    severity: z.enum(EVENT_SEVERITIES),
    detail: z.record(z.string(), z.unknown()).describe('what rules and targets get, beside the severity'),
    ...place,
  }),
  output: changesMade,
});
