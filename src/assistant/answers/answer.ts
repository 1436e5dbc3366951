import {
  isToolName,
  type ToolInput,
  type ToolName,
  type ToolOutput,
} from '../../../mcp-server/contract/catalogue.ts';
import { type Coverage, coverage } from '../../../mcp-server/contract/coverage.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerWords } from '../../language/answer-words.ts';
import { alarmHistory, listAlarms } from './alarms.ts';
import { eventPublished, healthEvents } from './aws-health.ts';
import { changesMade, dependencies, listChanges, scalingGroups } from './changes.ts';
import type { AnswerContext } from './context.ts';
import { cost, costForecast } from './costs.ts';
import { databaseEvents, databaseLoad, listDatabases } from './databases.ts';
import { listApis, listFunctions } from './functions.ts';
import { consoleOutput, describeInstance, listInstances } from './instances.ts';
import { loadBalancers, targetHealth } from './load-balancers.ts';
import { logGroups, logs } from './logs.ts';
import { metrics } from './metrics.ts';
import { services } from './services.ts';
import { untagged } from './tags.ts';
import { createTimes } from './times.ts';

type AnswerSetting = {
  words: AnswerWords;
  now: Date;
  timeZone: string;
  /** What a list was narrowed by after it was there, and what it could not be narrowed by. */
  narrowed?: { by: readonly string[]; unheld: readonly string[] };
};

/** What was found, what could not be seen, and the time zone when times were named. */
export type Answer = { found: string; gaps: string[]; zone: string | null };

/** The sentences that matter of one finished call. `data` has passed the tool's output schema. */
export function answerOf(
  tool: string,
  args: Record<string, unknown>,
  data: Record<string, unknown>,
  setting: AnswerSetting,
): Answer {
  const times = createTimes(setting.now, setting.timeZone, setting.words);
  const { by = [], unheld = [] } = setting.narrowed ?? {};
  const context = { words: setting.words, times, narrowedBy: by.map(plainLine) };
  const found = [
    ...findings(tool, args, data, context),
    ...(unheld.length > 0
      ? [setting.words.notNarrowed(unheld.map((word) => `"${plainLine(word)}"`).join(', '))]
      : []),
  ];
  const seen = coverage.safeParse(data.coverage);
  const gaps = seen.success ? gapsOf(seen.data, setting.words) : [];
  const zone = times.used() ? setting.words.zone(setting.timeZone) : null;
  return { found: found.join('\n'), gaps, zone };
}

function findings(
  tool: string,
  args: Record<string, unknown>,
  data: Record<string, unknown>,
  context: AnswerContext,
): string[] {
  if (!isToolName(tool)) return [];
  switch (tool) {
    case 'list_instances':
      return listInstances(output(tool, data), input(tool, args), context);
    case 'describe_instance':
      return describeInstance(output(tool, data), input(tool, args), context);
    case 'get_console_output':
      return consoleOutput(output(tool, data), context);
    case 'list_alarms':
      return listAlarms(output(tool, data), input(tool, args), context);
    case 'get_alarm_history':
      return alarmHistory(output(tool, data), context);
    case 'get_metric':
    case 'get_metrics':
      return metrics(output(tool, data).series, context);
    case 'list_changes':
      return listChanges(output(tool, data), context);
    case 'get_dependencies':
      return dependencies(output(tool, data), input(tool, args).resource, context);
    case 'list_log_groups':
      return logGroups(output(tool, data), input(tool, args).prefix, context);
    case 'query_logs':
      return logs(output(tool, data), input(tool, args), context);
    case 'get_cost':
      return cost(output(tool, data), context);
    case 'forecast_cost':
      return costForecast(output(tool, data), context);
    case 'list_health_events':
      return healthEvents(output(tool, data), context);
    case 'put_event':
      return eventPublished(output(tool, data), context);
    case 'find_untagged_resources':
      return untagged(output(tool, data), context);
    case 'list_functions':
      return listFunctions(output(tool, data), context);
    case 'list_apis':
      return listApis(output(tool, data), context);
    case 'list_databases':
      return listDatabases(output(tool, data), input(tool, args), context);
    case 'list_database_events':
      return databaseEvents(output(tool, data), input(tool, args), context);
    case 'get_database_load':
      return databaseLoad(output(tool, data), input(tool, args), context);
    case 'list_auto_scaling_groups':
      return scalingGroups(output(tool, data), context);
    case 'list_services':
      return services(output(tool, data), input(tool, args), context);
    case 'list_load_balancers':
      return loadBalancers(output(tool, data), context);
    case 'get_target_health':
      return targetHealth(output(tool, data), input(tool, args), context);
    case 'restart_service':
    case 'scale_service':
    case 'rollback_service':
    case 'start_instances':
    case 'stop_instances':
    case 'reboot_instances':
    case 'terminate_instances':
    case 'resize_instance':
    case 'grow_volume':
    case 'set_desired_capacity':
    case 'reboot_database':
    case 'modify_database':
    case 'modify_database_parameter':
    case 'restart_function':
    case 'update_function_configuration':
    case 'rollback_function':
    case 'tag_resources':
      return changesMade(tool, output(tool, data), context);
  }
}

/** Both ends of a finished call passed the tool's contract at the wire: here they get their types back. */
function output<Name extends ToolName>(_tool: Name, data: Record<string, unknown>): ToolOutput<Name> {
  return data as ToolOutput<Name>;
}

function input<Name extends ToolName>(_tool: Name, args: Record<string, unknown>): ToolInput<Name> {
  return args as ToolInput<Name>;
}

const GAPS_TOLD = 4;

function gapsOf(of: Coverage, words: AnswerWords): string[] {
  const told = of.gaps.slice(0, GAPS_TOLD).map((gap) => {
    const place = [gap.account, gap.region].filter((part) => part !== undefined).join(' ');
    return words.gap(plainLine(gap.what), words.gapReason(gap.why), place || null);
  });
  return of.gaps.length > GAPS_TOLD ? [...told, words.more(of.gaps.length - GAPS_TOLD)] : told;
}
