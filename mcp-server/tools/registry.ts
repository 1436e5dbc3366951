import { alarmHistoryTool } from './alarm-history.ts';
import { configureFunctionTool } from './configure-function.ts';
import { consoleOutputTool } from './console-output.ts';
import { databaseLoadTool } from './database-load.ts';
import { describeInstanceTool } from './describe-instance.ts';
import { setDesiredCapacityTool } from './desired-capacity.ts';
import { findUntaggedResourcesTool } from './find-untagged-resources.ts';
import { forecastCostTool } from './forecast-cost.ts';
import { getCostTool } from './get-cost.ts';
import { getDependenciesTool } from './get-dependencies.ts';
import { getMetricsTool, getMetricTool } from './get-metrics.ts';
import { growVolumeTool } from './grow-volume.ts';
import { instanceStateTools } from './instance-state-changes.ts';
import { LATER_TOOLS } from './later.ts';
import { listAlarmsTool } from './list-alarms.ts';
import { listApisTool } from './list-apis.ts';
import { listChangesTool } from './list-changes.ts';
import { listDatabaseEventsTool } from './list-database-events.ts';
import { listDatabasesTool } from './list-databases.ts';
import { listFunctionsTool } from './list-functions.ts';
import { listHealthEventsTool } from './list-health-events.ts';
import { listInstancesTool } from './list-instances.ts';
import { listLoadBalancersTool } from './list-load-balancers.ts';
import { listLogGroupsTool } from './list-log-groups.ts';
import { listScalingGroupsTool } from './list-scaling-groups.ts';
import { listServicesTool } from './list-services.ts';
import { modifyDatabaseTool } from './modify-database.ts';
import { modifyDatabaseParameterTool } from './modify-database-parameter.ts';
import { putEventTool } from './put-event.ts';
import { queryLogsTool } from './query-logs.ts';
import { rebootDatabaseTool } from './reboot-database.ts';
import { resizeInstanceTool } from './resize-instance.ts';
import { restartFunctionTool } from './restart-function.ts';
import { restartServiceTool } from './restart-service.ts';
import { rollbackFunctionTool } from './rollback-function.ts';
import { rollbackServiceTool } from './rollback-service.ts';
import { scaleServiceTool } from './scale-service.ts';
import { tagResourcesTool } from './tag-resources.ts';
import { targetHealthTool } from './target-health.ts';
import type { AnyTool } from './tool.ts';

/** Every tool there is. A tool joins the server by a line here. */
export const TOOLS: readonly AnyTool[] = [
  listInstancesTool,
  describeInstanceTool,
  consoleOutputTool,
  ...instanceStateTools,
  resizeInstanceTool,
  growVolumeTool,
  listAlarmsTool,
  alarmHistoryTool,
  getMetricTool,
  getMetricsTool,
  listLogGroupsTool,
  queryLogsTool,
  listChangesTool,
  getDependenciesTool,
  getCostTool,
  forecastCostTool,
  listHealthEventsTool,
  putEventTool,
  findUntaggedResourcesTool,
  tagResourcesTool,
  listFunctionsTool,
  restartFunctionTool,
  configureFunctionTool,
  rollbackFunctionTool,
  listApisTool,
  listDatabasesTool,
  listDatabaseEventsTool,
  databaseLoadTool,
  rebootDatabaseTool,
  modifyDatabaseTool,
  modifyDatabaseParameterTool,
  listScalingGroupsTool,
  setDesiredCapacityTool,
  listServicesTool,
  restartServiceTool,
  scaleServiceTool,
  rollbackServiceTool,
  listLoadBalancersTool,
  targetHealthTool,
  ...LATER_TOOLS,
];
