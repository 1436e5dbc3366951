import type { z } from 'zod';
import * as alarms from './catalogue/alarms.ts';
import * as changes from './catalogue/changes.ts';
import * as instances from './catalogue/instances.ts';
import * as logs from './catalogue/logs.ts';
import * as metrics from './catalogue/metrics.ts';
import * as scaling from './catalogue/scaling.ts';

/** Every tool the server offers, in the order it lists them. */
export const CATALOGUE = {
  list_instances: instances.listInstances,
  describe_instance: instances.describeInstance,
  get_console_output: instances.getConsoleOutput,
  start_instances: instances.startInstances,
  stop_instances: instances.stopInstances,
  reboot_instances: instances.rebootInstances,
  terminate_instances: instances.terminateInstances,
  resize_instance: instances.resizeInstance,
  grow_volume: instances.growVolume,
  list_alarms: alarms.listAlarms,
  get_alarm_history: alarms.getAlarmHistory,
  get_metric: metrics.getMetric,
  get_metrics: metrics.getMetrics,
  list_log_groups: logs.listLogGroups,
  query_logs: logs.queryLogs,
  list_changes: changes.listChanges,
  get_dependencies: changes.getDependencies,
  list_auto_scaling_groups: scaling.listAutoScalingGroups,
  set_desired_capacity: scaling.setDesiredCapacity,
} as const;

export type ToolName = keyof typeof CATALOGUE;
export type ToolInput<Name extends ToolName> = z.infer<(typeof CATALOGUE)[Name]['input']>;
export type ToolOutput<Name extends ToolName> = z.infer<(typeof CATALOGUE)[Name]['output']>;

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(CATALOGUE, name);
}
