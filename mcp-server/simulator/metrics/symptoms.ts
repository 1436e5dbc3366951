import type { Levels } from '../world/faults/fault.ts';
import type { ReferenceKind } from '../world/references.ts';

/** How a metric of a resource in distress differs from what it would be. */
type Symptom = {
  /** The resource's kind. */
  of: ReferenceKind;
  namespace: string;
  metric: string;
  unit: string;
  /** What the metric is in good times, where the file does not have it. */
  usual: number;
  /** Whether the metric appears even when the file does not have it. */
  always: boolean;
  change(value: number, levels: Levels): number;
};

const slower =
  (times: number) =>
  (value: number, { latency }: Levels) =>
    value * (1 + times * latency);
/** Percent: the share of the group that is overloaded pulls its average up. */
const fuller = (value: number, { latency }: Levels) => value + (95 - value) * latency;
const moreErrors =
  (perMinute: number) =>
  (value: number, { errors }: Levels) =>
    value + perMinute * errors;

const busier = (value: number, { traffic }: Levels) => value * (1 + traffic);

/** What people see of a distress in the metrics of what is distressed. */
export const SYMPTOMS: readonly Symptom[] = [
  symptom(
    'load_balancer',
    'AWS/ApplicationELB',
    'HTTPCode_Target_5XX_Count',
    'Count',
    0,
    true,
    moreErrors(120),
  ),
  symptom('load_balancer', 'AWS/ApplicationELB', 'HTTPCode_ELB_5XX_Count', 'Count', 0, true, moreErrors(45)),
  symptom('load_balancer', 'AWS/ApplicationELB', 'TargetResponseTime', 'Seconds', 0.06, true, slower(9)),
  symptom(
    'load_balancer',
    'AWS/ApplicationELB',
    'TargetConnectionErrorCount',
    'Count',
    0,
    false,
    moreErrors(60),
  ),
  symptom('load_balancer', 'AWS/ApplicationELB', 'RequestCount', 'Count', 900, true, busier),
  symptom('auto_scaling_group', 'AWS/EC2', 'CPUUtilization', 'Percent', 20, true, fuller),
  symptom('function', 'AWS/Lambda', 'Errors', 'Count', 0, true, moreErrors(25)),
  symptom('function', 'AWS/Lambda', 'Duration', 'Milliseconds', 180, true, slower(6)),
  symptom('function', 'AWS/Lambda', 'Invocations', 'Count', 60, false, busier),
  symptom('api', 'AWS/ApiGateway', 'Count', 'Count', 300, false, busier),
  symptom('api', 'AWS/ApiGateway', '5XXError', 'Count', 0, true, moreErrors(40)),
  // What an HTTP API calls the same.
  symptom('api', 'AWS/ApiGateway', '5xx', 'Count', 0, false, moreErrors(40)),
  symptom('api', 'AWS/ApiGateway', 'Latency', 'Milliseconds', 120, true, slower(6)),
  symptom('api', 'AWS/ApiGateway', 'IntegrationLatency', 'Milliseconds', 110, false, slower(6)),
];

function symptom(
  of: ReferenceKind,
  namespace: string,
  metric: string,
  unit: string,
  usual: number,
  always: boolean,
  change: Symptom['change'],
): Symptom {
  return { of, namespace, metric, unit, usual, always, change };
}
