import {
  CATALOGUE,
  isToolName,
  type ToolName,
  type ToolOutput,
} from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import type { Line } from '../../text/lines.ts';
import type { ViewContext } from '../view-context.ts';
import { alarmHistoryLines, alarmLines } from './alarms.ts';
import { changeLines } from './changes.ts';
import { changesMadeLines } from './changes-made.ts';
import { consoleLines } from './console.ts';
import { dependencyLines } from './dependencies.ts';
import { groupLines } from './groups.ts';
import { instanceDetailLines, instanceLines } from './instances.ts';
import { logGroupLines, logLines } from './logs.ts';
import { metricLines } from './metrics.ts';

type Views = { [Name in ToolName]: (output: ToolOutput<Name>, context: ViewContext) => Line[] };

/** How each tool's findings are drawn. */
const VIEWS: Views = {
  list_instances: instanceLines,
  describe_instance: instanceDetailLines,
  get_console_output: consoleLines,
  start_instances: changesMadeLines,
  stop_instances: changesMadeLines,
  reboot_instances: changesMadeLines,
  terminate_instances: changesMadeLines,
  resize_instance: changesMadeLines,
  grow_volume: changesMadeLines,
  list_alarms: alarmLines,
  get_alarm_history: alarmHistoryLines,
  get_metric: metricLines,
  get_metrics: metricLines,
  list_log_groups: logGroupLines,
  query_logs: logLines,
  list_changes: changeLines,
  get_dependencies: dependencyLines,
  list_auto_scaling_groups: groupLines,
  set_desired_capacity: changesMadeLines,
};

/** A result's findings; what no view knows the shape of is shown as the text that came with it. */
export function resultLines(
  tool: string,
  data: Record<string, unknown>,
  text: string,
  context: ViewContext,
): Line[] {
  return (isToolName(tool) ? drawn(tool, data, context) : null) ?? wrap(text.trimEnd(), context.columns);
}

function drawn<Name extends ToolName>(tool: Name, data: unknown, context: ViewContext): Line[] | null {
  const view: Views[Name] = VIEWS[tool];
  const parsed = CATALOGUE[tool].output.safeParse(data);
  // The parser and the view stand under the same name; the compiler does not see that the two agree.
  return parsed.success ? view(parsed.data as ToolOutput<Name>, context) : null;
}
