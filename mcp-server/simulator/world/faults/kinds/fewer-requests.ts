import type { MetricEffect } from '../fault.ts';

/** Of what usually arrives; the rest does not get through any more. */
const LOST = 0.95;
const RAMP_MS = 60_000;

/** What counts the requests that reach a resource. */
const COUNTERS: readonly [namespace: string, metric: string][] = [
  ['AWS/ApplicationELB', 'RequestCount'],
  ['AWS/ApiGateway', 'Count'],
  ['AWS/RDS', 'DatabaseConnections'],
  ['AWS/EC2', 'NetworkIn'],
  ['AWS/EC2', 'NetworkOut'],
];

/** Requests that no longer reach a resource fall away from its own metrics, and with them its errors. */
export const FEWER_REQUESTS: readonly MetricEffect[] = COUNTERS.map(([namespace, metric]) => ({
  namespace,
  metric,
  change: (value, { fault, ramp }) => value * (1 - LOST * fault.severity * ramp(RAMP_MS)),
}));
