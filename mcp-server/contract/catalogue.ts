import type { z } from 'zod';
import * as alarms from './catalogue/alarms.ts';
import * as apis from './catalogue/apis.ts';
import * as changes from './catalogue/changes.ts';
import * as costs from './catalogue/costs.ts';
import * as databases from './catalogue/databases.ts';
import * as events from './catalogue/events.ts';
import * as functions from './catalogue/functions.ts';
import * as health from './catalogue/health.ts';
import * as instances from './catalogue/instances.ts';
import * as balancers from './catalogue/load-balancers.ts';
import * as logs from './catalogue/logs.ts';
import * as metrics from './catalogue/metrics.ts';
import * as scaling from './catalogue/scaling.ts';
import * as services from './catalogue/services.ts';
import * as tags from './catalogue/tags.ts';

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
  get_cost: costs.getCost,
  forecast_cost: costs.forecastCost,
  list_health_events: health.listHealthEvents,
  put_event: events.putEvent,
  find_untagged_resources: tags.findUntaggedResources,
  tag_resources: tags.tagResources,
  list_functions: functions.listFunctions,
  restart_function: functions.restartFunction,
  update_function_configuration: functions.updateFunctionConfiguration,
  rollback_function: functions.rollbackFunction,
  list_apis: apis.listApis,
  list_databases: databases.listDatabases,
  list_database_events: databases.listDatabaseEvents,
  get_database_load: databases.getDatabaseLoad,
  reboot_database: databases.rebootDatabase,
  modify_database: databases.modifyDatabase,
  modify_database_parameter: databases.modifyDatabaseParameter,
  list_auto_scaling_groups: scaling.listAutoScalingGroups,
  set_desired_capacity: scaling.setDesiredCapacity,
  list_services: services.listServices,
  restart_service: services.restartService,
  scale_service: services.scaleService,
  rollback_service: services.rollbackService,
  list_load_balancers: balancers.listLoadBalancers,
  get_target_health: balancers.getTargetHealth,
} as const;

export type ToolName = keyof typeof CATALOGUE;
export type ToolInput<Name extends ToolName> = z.infer<(typeof CATALOGUE)[Name]['input']>;
export type ToolOutput<Name extends ToolName> = z.infer<(typeof CATALOGUE)[Name]['output']>;

export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(CATALOGUE, name);
}
