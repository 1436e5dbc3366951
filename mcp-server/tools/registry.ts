import { alarmHistoryTool } from './alarm-history.ts';
import { consoleOutputTool } from './console-output.ts';
import { describeInstanceTool } from './describe-instance.ts';
import { setDesiredCapacityTool } from './desired-capacity.ts';
import { getDependenciesTool } from './get-dependencies.ts';
import { getMetricsTool, getMetricTool } from './get-metrics.ts';
import { growVolumeTool } from './grow-volume.ts';
import { instanceStateTools } from './instance-state-changes.ts';
import { LATER_TOOLS } from './later.ts';
import { listAlarmsTool } from './list-alarms.ts';
import { listChangesTool } from './list-changes.ts';
import { listInstancesTool } from './list-instances.ts';
import { listLogGroupsTool } from './list-log-groups.ts';
import { listScalingGroupsTool } from './list-scaling-groups.ts';
import { queryLogsTool } from './query-logs.ts';
import { resizeInstanceTool } from './resize-instance.ts';
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
  listScalingGroupsTool,
  setDesiredCapacityTool,
  ...LATER_TOOLS,
];
