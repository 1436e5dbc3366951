import {
  CATALOGUE,
  isToolName,
  type ToolName,
  type ToolOutput,
} from '../../../../mcp-server/contract/catalogue.ts';
import { wrap } from '../../text/cells.ts';
import type { Line } from '../../text/lines.ts';
import type { ViewContext } from '../view-context.ts';
import { healthEventLines, untaggedLines } from './account-wide.ts';
import { alarmHistoryLines, alarmLines } from './alarms.ts';
import { changeLines } from './changes.ts';
import { changesMadeLines } from './changes-made.ts';
import { consoleLines } from './console.ts';
import { costForecastLines, costLines } from './costs.ts';
import { databaseEventLines, databaseLines, databaseLoadLines } from './databases.ts';
import { dependencyLines } from './dependencies.ts';
import { apiLines, functionLines } from './functions.ts';
import { groupLines } from './groups.ts';
import { instanceDetailLines, instanceLines } from './instances.ts';
import { loadBalancerLines, targetHealthLines } from './load-balancers.ts';
import { logGroupLines, logLines } from './logs.ts';
import { metricLines } from './metrics.ts';
import { serviceLines } from './services.ts';

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
  get_cost: costLines,
  forecast_cost: costForecastLines,
  list_health_events: healthEventLines,
  put_event: changesMadeLines,
  find_untagged_resources: untaggedLines,
  tag_resources: changesMadeLines,
  list_functions: functionLines,
  restart_function: changesMadeLines,
  update_function_configuration: changesMadeLines,
  rollback_function: changesMadeLines,
  list_apis: apiLines,
  list_databases: databaseLines,
  list_database_events: databaseEventLines,
  get_database_load: databaseLoadLines,
  reboot_database: changesMadeLines,
  modify_database: changesMadeLines,
  modify_database_parameter: changesMadeLines,
  list_auto_scaling_groups: groupLines,
  set_desired_capacity: changesMadeLines,
  list_services: serviceLines,
  restart_service: changesMadeLines,
  scale_service: changesMadeLines,
  rollback_service: changesMadeLines,
  list_load_balancers: loadBalancerLines,
  get_target_health: targetHealthLines,
};

/** A result's findings; what no view knows the shape of is shown as the text that came with it. */
export function resultLines(
  tool: string,
  data: Record<string, unknown>,
  text: string,
  context: ViewContext,
): Line[] {
  return (isToolName(tool) ? drawn(tool, data, context) : null) ?? textLines(text, context);
}

/** Nobody reads more of a row than this. */
const LONGEST_ROW = 4_000;

function textLines(text: string, { columns, tableRows, more }: ViewContext): Line[] {
  const all = text.trimEnd().split('\n');
  const shown = all.length <= tableRows + 1 ? all : all.slice(0, tableRows);
  const left = all.length - shown.length;
  return [
    ...shown.flatMap((each) =>
      wrap(each.length > LONGEST_ROW ? `${each.slice(0, LONGEST_ROW)}…` : each, columns),
    ),
    ...(left > 0 ? wrap(more(left), columns, 'dim') : []),
  ];
}

/** What was found in order once is not looked through again: a card is drawn more than once, and may be large. */
const inOrder = new WeakMap<object, { data: unknown } | null>();

function drawn<Name extends ToolName>(tool: Name, data: object, context: ViewContext): Line[] | null {
  const view: Views[Name] = VIEWS[tool];
  let parsed = inOrder.get(data);
  if (parsed === undefined) {
    const result = CATALOGUE[tool].output.safeParse(data);
    parsed = result.success ? { data: result.data } : null;
    inOrder.set(data, parsed);
  }
  // The parser and the view stand under the same name; the compiler does not see that the two agree.
  return parsed ? view(parsed.data as ToolOutput<Name>, context) : null;
}
