import { z } from 'zod';
import { place, resultWith, timeRange, untrusted } from '../call.ts';
import { toolContract } from './tool-contract.ts';

export const ALARM_STATES = ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const;

export const alarmRow = z.strictObject({
  name: untrusted,
  arn: z.string().optional(),
  state: z.enum(ALARM_STATES),
  /** When it entered that state. */
  since: z.iso.datetime().optional(),
  reason: untrusted.optional(),
  description: untrusted.optional(),
  namespace: z.string().optional(),
  metric: z.string().optional(),
  dimensions: z.record(z.string(), z.string()),
  comparison: z.string().optional(),
  threshold: z.number().optional(),
  /** Seconds, and how many of them in a row. */
  period: z.number().optional(),
  periods: z.number().optional(),
  region: z.string(),
  account: z.string(),
});
export type AlarmRow = z.infer<typeof alarmRow>;

export const listAlarms = toolContract({
  name: 'list_alarms',
  title: 'List alarms',
  description: 'CloudWatch alarms, firing ones first; by state.',
  input: z.strictObject({ state: z.enum(ALARM_STATES).optional(), ...place }),
  output: resultWith({ alarms: z.array(alarmRow), counts: z.record(z.string(), z.int()) }),
});

export const getAlarmHistory = toolContract({
  name: 'get_alarm_history',
  title: 'Alarm history',
  description: "An alarm's state changes, newest first.",
  input: z.strictObject({
    alarm: z.string().min(1).describe('an alarm name or ARN'),
    ...timeRange,
    ...place,
  }),
  output: resultWith({
    alarm: z.string(),
    matched: z.enum(['exact', 'close']),
    events: z.array(
      z.strictObject({
        at: z.iso.datetime(),
        kind: z.string(),
        from: z.string().optional(),
        to: z.string().optional(),
        summary: untrusted,
      }),
    ),
  }),
});
