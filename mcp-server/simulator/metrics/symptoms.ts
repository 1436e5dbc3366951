import type { Distress } from '../world/distress.ts';
import type { ReferenceKind } from '../world/references.ts';

type Worst = Omit<Distress, 'from' | 'to'>;

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
  change(value: number, worst: Worst): number;
};

const slower =
  (times: number) =>
  (value: number, { latency }: Worst) =>
    value * (1 + times * latency);
/** Percent: the share of the group that is overloaded pulls its average up. */
const fuller = (value: number, { latency }: Worst) => value + (95 - value) * latency;
const moreErrors =
  (perMinute: number) =>
  (value: number, { errors }: Worst) =>
    value + perMinute * errors;

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
  symptom('auto_scaling_group', 'AWS/EC2', 'CPUUtilization', 'Percent', 20, true, fuller),
  symptom('function', 'AWS/Lambda', 'Errors', 'Count', 0, true, moreErrors(25)),
  symptom('function', 'AWS/Lambda', 'Duration', 'Milliseconds', 180, true, slower(6)),
  symptom('api', 'AWS/ApiGateway', '5XXError', 'Count', 0, true, moreErrors(40)),
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
