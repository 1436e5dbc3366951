import type { AnswerWords } from '../answer-words.ts';
import { awsHealth } from './answers/aws-health.ts';
import { costs } from './answers/costs.ts';
import { databases } from './answers/databases.ts';
import { functions } from './answers/functions.ts';
import { services } from './answers/services.ts';
import { tags } from './answers/tags.ts';

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

export const answers: AnswerWords = {
  list,
  more: (count) => `${count} more`,
  state: (state) => state,
  countedState: (count, state) => `${count} ${state}`,
  since: (when) => `since ${when}`,
  yesterday: (time) => `yesterday ${time}`,
  zone: (timeZone) => `(Times: ${timeZone}.)`,
  instances: (total, states) => `${plural(total, 'instance')}: ${states}.`,
  instancesFiltered: (total, filter, names) => `${plural(total, 'instance')} (${filter}): ${names}.`,
  noInstances: (filter) => (filter ? `No instance matches (${filter}).` : 'There are no instances.'),
  notNarrowed: (words) => `Not narrowed by ${words}: this is the whole list.`,
  instance: ({ name, id, state, type, az }) => `${name} (${id}) is ${state}, ${type} in ${az}.`,
  checks: (system, instance) =>
    system === instance
      ? `Both status checks: ${system}.`
      : `Status checks: system ${system}, instance ${instance}.`,
  scheduled: (description, when) => `Scheduled by AWS: ${description}${when ? ` at ${when}` : ''}.`,
  takenFor: (said, name) => `Taking "${said}" for ${name}.`,
  console: (name, lines, last, when) =>
    `Console of ${name}${when ? ` at ${when}` : ''}: ${plural(lines, 'line')}; the last one: ${last}`,
  noConsole: (name) => `${name} has no console output yet.`,
  firing: (count, names) => `${plural(count, 'alarm')} firing: ${names}.`,
  noneFiring: (total) => `No alarm is firing (of ${total}).`,
  alarmCounts: (counts) => `Others: ${counts}.`,
  noAlarms: () => 'There are no alarms.',
  alarmsIn: (state, count, names) => `${plural(count, 'alarm')} in ${state}${names ? `: ${names}` : ''}.`,
  history: (alarm, count, last, when) =>
    `${alarm}: ${plural(count, 'entry', 'entries')}; the latest at ${when}: ${last}`,
  noHistory: (alarm) => `${alarm} has not changed in that time.`,
  metric: ({ resource, metric, statistic, average, max, maxAt, last, lastAt }) =>
    `${resource ? `${resource} ` : ''}${metric}${statistic === 'Average' ? '' : ` (${statistic})`} averaged ${average}, peaked at ${max} at ${maxAt}; ${lastAt ? `last ${last} at ${lastAt}` : `now ${last}`}.`,
  metricTotal: ({ resource, metric, total, max, maxAt }) =>
    `${resource ? `${resource} ` : ''}${metric}: ${total} in total, at most ${max} in one period, at ${maxAt}.`,
  noPoints: (resource, metric) => `No data for ${metric}${resource ? ` of ${resource}` : ''} in that time.`,
  manySeries: (count, metric, highest, lowest) =>
    `${metric} of ${count} resources: highest average ${highest}, lowest ${lowest}.`,
  changes: (count, from, until) => `${plural(count, 'change')} between ${from} and ${until}.`,
  noChanges: (from, until) => `Nothing changed between ${from} and ${until}.`,
  change: ({ who, event, resources, when, error }) =>
    `${when} ${who}: ${event}${resources ? ` on ${resources}` : ''}${error ? ` (failed: ${error})` : ''}.`,
  calledBy: (name, callers) => `${name} is called by ${callers}.`,
  calls: (name, callees) => `${name} calls ${callees}.`,
  memberOf: (name, groups) => `${name} belongs to ${groups}.`,
  noDependencies: (name) => `Nothing is known to depend on ${name}, nor it on anything.`,
  groups: (count) => `${plural(count, 'Auto Scaling group')}.`,
  group: ({ name, desired, running, min, max }) =>
    `${name}: ${running} of ${desired} wanted (min ${min}, max ${max}).`,
  noGroups: (filter) =>
    filter ? `No Auto Scaling group matches (${filter}).` : 'There are no Auto Scaling groups.',
  logGroups: (count, stored, names) => `${plural(count, 'log group')} (${stored} stored): ${names}.`,
  noLogGroups: (prefix) => (prefix ? `No log group begins with ${prefix}.` : 'There are no log groups.'),
  logEvents: (count, wanted, { group, from, until }) =>
    `${plural(count, 'log event')}${wanted ? ` with "${wanted}"` : ''} in ${group} between ${from} and ${until}.`,
  noLogEvents: (wanted, { group, from, until }) =>
    `No log events${wanted ? ` with "${wanted}"` : ''} in ${group} between ${from} and ${until}.`,
  logRows: (count, { group, from, until }) =>
    `The query gave ${plural(count, 'row')} from ${group} between ${from} and ${until}.`,
  logSpan: (returned, first, last) =>
    `${returned === null ? 'First' : `Of the newest ${returned}: first`} at ${first}, last at ${last}.`,
  logPattern: (count, message) => `${count} × ${message}`,
  did: (tool, name, after) => `${tool} ${name}: done${after ? `, now ${after}` : ''}.`,
  changed: ({ name, before, after, result }) => {
    switch (result) {
      case 'done':
        return `${name}: ${before} → ${after}.`;
      case 'in_progress':
        return `${name}: ${before} → ${after}, still under way.`;
      case 'not_seen':
        return `${name}: asked, but the change is not to be seen yet (${after}).`;
    }
  },
  costs,
  databases,
  functions,
  awsHealth,
  services,
  tags,
  gap: (what, why, place) => `Could not see ${what}${place ? ` (${place})` : ''}: ${why}.`,
  gapReason: (why) => {
    switch (why) {
      case 'denied':
        return 'access denied';
      case 'expired':
        return 'credentials expired';
      case 'throttled':
        return 'throttled by AWS';
      case 'partial':
        return 'partial data';
      case 'no_data':
        return 'no data';
      case 'wrong_region':
        return 'wrong region';
      case 'unreachable':
        return 'unreachable';
      case 'not_simulated':
        return 'not simulated';
      case 'not_configured':
        return 'not configured';
      case 'truncated':
        return 'cut off at the limit';
    }
  },
};
