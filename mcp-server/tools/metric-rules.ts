import type { ResourceKind } from '../contract/directory.ts';

export type MetricPlace = {
  kind: ResourceKind;
  namespace: string;
  /** The dimension that holds the resource's id. */
  dimension: string;
  /** The dimension that holds what it belongs to. */
  parent?: string;
  /** Only for these metrics; a rule without them is the kind's usual one. */
  metrics?: RegExp;
  /** The value is not the id but holds it between slashes: `app/shop-alb/50dc6c495c0c9188`. */
  path?: true;
  /** Only for those of this type (the directory's `parent`). */
  type?: string;
  /** The dimension holds the resource's name, not its id. */
  named?: true;
  /** What a metric is called here, where it is not what it is called for others of the kind. */
  spelled?: Readonly<Record<string, string>>;
  /** The metric carries more dimensions than these: they are looked up. */
  more?: true;
  /** It carries this one too, once for each value: a series each. */
  within?: string;
};

/** Metrics that a load balancer has only for each of its target groups. */
const HOST_COUNTS = /^(Healthy|UnHealthy|Anomalous|Mitigated)HostCount$|^RequestCountPerTarget$/;

/**
 * Where CloudWatch keeps the metrics of each kind of resource. The first rule that fits is taken.
 * Source: the metrics and dimensions pages of each service's user guide.
 */
export const METRIC_PLACES: readonly MetricPlace[] = [
  {
    kind: 'instance',
    namespace: 'CWAgent',
    dimension: 'InstanceId',
    metrics: /^(mem|disk|swap|cpu_usage|netstat|diskio|procstat|processes)_/,
    more: true,
  },
  { kind: 'instance', namespace: 'AWS/EC2', dimension: 'InstanceId' },
  {
    kind: 'auto_scaling_group',
    namespace: 'AWS/AutoScaling',
    dimension: 'AutoScalingGroupName',
    metrics: /^Group/,
  },
  { kind: 'auto_scaling_group', namespace: 'AWS/EC2', dimension: 'AutoScalingGroupName' },
  { kind: 'database', namespace: 'AWS/RDS', dimension: 'DBInstanceIdentifier' },
  { kind: 'function', namespace: 'AWS/Lambda', dimension: 'FunctionName' },
  { kind: 'service', namespace: 'AWS/ECS', dimension: 'ServiceName', parent: 'ClusterName', named: true },
  { kind: 'cluster', namespace: 'AWS/ECS', dimension: 'ClusterName' },
  {
    kind: 'load_balancer',
    namespace: 'AWS/NetworkELB',
    dimension: 'LoadBalancer',
    metrics: /^(ActiveFlow|NewFlow|TCP_|UDP_|PeakPackets|PortAllocation)/,
    path: true,
  },
  {
    kind: 'load_balancer',
    namespace: 'AWS/ELB',
    dimension: 'LoadBalancerName',
    metrics: /^(BackendConnectionErrors|SurgeQueueLength|SpilloverCount|Latency|HTTPCode_Backend_)/,
  },
  {
    kind: 'load_balancer',
    namespace: 'AWS/ApplicationELB',
    dimension: 'LoadBalancer',
    metrics: HOST_COUNTS,
    path: true,
    within: 'TargetGroup',
  },
  { kind: 'load_balancer', namespace: 'AWS/ApplicationELB', dimension: 'LoadBalancer', path: true },
  // No kind of its own in the directory: a target group is often called as its service is. Found by its metrics.
  {
    kind: 'load_balancer',
    namespace: 'AWS/ApplicationELB',
    dimension: 'TargetGroup',
    path: true,
    within: 'LoadBalancer',
  },
  {
    kind: 'load_balancer',
    namespace: 'AWS/NetworkELB',
    dimension: 'TargetGroup',
    path: true,
    within: 'LoadBalancer',
  },
  {
    kind: 'api',
    type: 'HTTP',
    namespace: 'AWS/ApiGateway',
    dimension: 'ApiId',
    spelled: { '4XXError': '4xx', '5XXError': '5xx' },
  },
  {
    kind: 'api',
    type: 'WEBSOCKET',
    namespace: 'AWS/ApiGateway',
    dimension: 'ApiId',
    spelled: { Count: 'MessageCount', '4XXError': 'ClientError', '5XXError': 'IntegrationError' },
  },
  { kind: 'api', namespace: 'AWS/ApiGateway', dimension: 'ApiName', named: true },
  { kind: 'bucket', namespace: 'AWS/S3', dimension: 'BucketName', more: true },
  { kind: 'managed_cluster', namespace: 'ContainerInsights', dimension: 'ClusterName' },
  { kind: 'deployment', namespace: 'ContainerInsights', dimension: 'Service', more: true },
  { kind: 'log_group', namespace: 'AWS/Logs', dimension: 'LogGroupName' },
];

export function metricPlaceOf(
  { kind, parent }: { kind: ResourceKind; parent?: string | undefined },
  metric: string,
): MetricPlace | undefined {
  return METRIC_PLACES.find(
    (rule) =>
      rule.kind === kind &&
      (rule.type === undefined || rule.type === parent) &&
      (rule.metrics?.test(metric) ?? true),
  );
}

/** How a metric is summed up when the call does not say; the first pattern that fits. Everything else: Average. */
const STATISTICS: readonly [pattern: RegExp, statistic: string][] = [
  [/^StatusCheckFailed/, 'Maximum'],
  [/^(MaximumUsedTransactionIDs|ReplicaLag|AuroraReplicaLag|IteratorAge)/, 'Maximum'],
  [/^(FreeStorageSpace|FreeableMemory|CPUCreditBalance|BurstBalance|HealthyHostCount)$/, 'Minimum'],
  [/^UnHealthyHostCount$/, 'Maximum'],
  [/^(Invocations|Errors|Throttles|DeadLetterErrors|Deadlocks|Count|4XXError|5XXError)$/, 'Sum'],
  [/^(4xx|5xx|ConnectCount|MessageCount|ClientError|ExecutionError|IntegrationError)$/, 'Sum'],
  [/^HTTPCode_/, 'Sum'],
  [
    /^(RequestCountPerTarget|NewFlowCount(_TCP|_TLS|_UDP)?|TCP_\w+_Reset_Count|ProcessedBytes(_TCP|_TLS|_UDP)?)$/,
    'Sum',
  ],
  [
    /(RequestCount|ErrorCount|ConnectionCount|RejectedConnectionCount|Count_Sum|IncomingBytes|IncomingLogEvents)$/,
    'Sum',
  ],
];

export function usualStatistic(metric: string): string {
  return STATISTICS.find(([pattern]) => pattern.test(metric))?.[1] ?? 'Average';
}

/** GetMetricData does not say units; these are the documented ones. */
const UNITS: readonly [pattern: RegExp, unit: string, namespace?: string][] = [
  [/(Utilization|_percent|Percent|BurstBalance)$/, 'Percent'],
  [
    /^(NetworkIn|NetworkOut|DiskReadBytes|DiskWriteBytes|FreeStorageSpace|FreeableMemory|SwapUsage|ProcessedBytes)$/,
    'Bytes',
  ],
  [/(Throughput)$/, 'Bytes/Second'],
  [/IOPS$/, 'Count/Second'],
  [/^(Duration|IntegrationLatency|IteratorAge)$/, 'Milliseconds'],
  [/^Latency$/, 'Milliseconds', 'AWS/ApiGateway'],
  [/^(TargetResponseTime|ReadLatency|WriteLatency|ReplicaLag)$/, 'Seconds'],
  [
    /^(StatusCheckFailed.*|Invocations|Errors|Throttles|[45]XXError|[45]xx|HTTPCode_.*|.*Count|NetworkPackets.*|RequestCountPerTarget|(Client|Execution|Integration)Error|DatabaseConnections|ConcurrentExecutions|Group.*)$/,
    'Count',
  ],
];

/** `Latency` is seconds for a classic load balancer, milliseconds for an API. */
export function unitOf(metric: string, namespace: string): string | null {
  const found = UNITS.find(([pattern, , only]) => pattern.test(metric) && (only ?? namespace) === namespace);
  return found?.[1] ?? null;
}
