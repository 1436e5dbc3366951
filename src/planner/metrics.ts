import type { ResourceKind } from '../../mcp-server/contract/directory.ts';
import type { Measure } from './vocabulary/concepts.ts';

/** What CloudWatch calls a measure; `namespace` only where it is not the kind's own. */
export type MetricName = { metric: string; namespace?: string };

const m = (metric: string, namespace?: string): MetricName =>
  namespace === undefined ? { metric } : { metric, namespace };

/** CloudWatch's metric for each measure, by the kind of resource (AWS service metric references). */
const METRICS: Partial<Record<ResourceKind, Partial<Record<Measure, MetricName>>>> = {
  instance: {
    cpu: m('CPUUtilization'),
    memory: m('mem_used_percent', 'CWAgent'),
    network: m('NetworkIn'),
    network_in: m('NetworkIn'),
    network_out: m('NetworkOut'),
    disk_read: m('EBSReadOps'),
    disk_write: m('EBSWriteOps'),
    disk_used: m('disk_used_percent', 'CWAgent'),
    iops: m('EBSReadOps'),
    status_check: m('StatusCheckFailed'),
    cpu_credits: m('CPUCreditBalance'),
  },
  database: {
    cpu: m('CPUUtilization'),
    memory: m('FreeableMemory'),
    connections: m('DatabaseConnections'),
    latency: m('ReadLatency'),
    network: m('NetworkReceiveThroughput'),
    network_in: m('NetworkReceiveThroughput'),
    network_out: m('NetworkTransmitThroughput'),
    disk_read: m('ReadIOPS'),
    disk_write: m('WriteIOPS'),
    disk_used: m('FreeStorageSpace'),
    iops: m('ReadIOPS'),
    free_storage: m('FreeStorageSpace'),
    replica_lag: m('ReplicaLag'),
    cpu_credits: m('CPUCreditBalance'),
  },
  function: {
    errors: m('Errors'),
    requests: m('Invocations'),
    invocations: m('Invocations'),
    duration: m('Duration'),
    latency: m('Duration'),
    throttles: m('Throttles'),
    concurrency: m('ConcurrentExecutions'),
    memory: m('memory_utilization', 'LambdaInsights'),
    cpu: m('cpu_total_time', 'LambdaInsights'),
  },
  service: { cpu: m('CPUUtilization'), memory: m('MemoryUtilization') },
  cluster: { cpu: m('CPUUtilization'), memory: m('MemoryUtilization') },
  load_balancer: {
    latency: m('TargetResponseTime'),
    requests: m('RequestCount'),
    invocations: m('RequestCount'),
    errors: m('HTTPCode_Target_5XX_Count'),
    errors_5xx: m('HTTPCode_Target_5XX_Count'),
    errors_4xx: m('HTTPCode_Target_4XX_Count'),
    connections: m('ActiveConnectionCount'),
    healthy_hosts: m('HealthyHostCount'),
    unhealthy_hosts: m('UnHealthyHostCount'),
    network: m('ProcessedBytes'),
  },
  api: {
    latency: m('Latency'),
    requests: m('Count'),
    invocations: m('Count'),
    errors: m('5XXError'),
    errors_5xx: m('5XXError'),
    errors_4xx: m('4XXError'),
  },
  auto_scaling_group: { cpu: m('CPUUtilization', 'AWS/EC2') },
};

/** Measures that need no resource to be understood as an instance's. */
export function metricName(kind: ResourceKind, measure: Measure): MetricName | null {
  return METRICS[kind]?.[measure] ?? null;
}
