import type { GAP_REASONS } from '../../mcp-server/contract/coverage.ts';

import type { AwsHealthWords } from './answer-words/aws-health.ts';
import type { CostWords } from './answer-words/costs.ts';
import type { DatabaseWords } from './answer-words/databases.ts';
import type { FunctionWords } from './answer-words/functions.ts';
import type { ServiceWords } from './answer-words/services.ts';
import type { TagWords } from './answer-words/tags.ts';

export type GapReason = (typeof GAP_REASONS)[number];

/** A log group and the local times between which it was looked at. */
export type LogRange = { group: string; from: string; until: string };

/**
 * The sentences of answers, one implementation a language. Functions get finished pieces (names, numbers
 * with their units, local times) and put them into a sentence; technical names stay as they are.
 */
export type AnswerWords = {
  /** `a, b and c`. */
  list(items: readonly string[]): string;
  /** `and 3 more`. */
  more(count: number): string;
  /** An instance state: `running`. */
  state(state: string): string;
  /** `5 running`. */
  countedState(count: number, state: string): string;
  /** `since 14:02`. */
  since(when: string): string;
  yesterday(time: string): string;
  /** Said once, after an answer that names times. */
  zone(timeZone: string): string;
  instances(total: number, states: string): string;
  instancesFiltered(total: number, filter: string, names: string): string;
  noInstances(filter: string): string;
  /** Words of the question that the list shown does not heed. */
  notNarrowed(words: string): string;
  instance(of: { name: string; id: string; state: string; type: string; az: string }): string;
  checks(system: string, instance: string): string;
  scheduled(description: string, when: string | null): string;
  takenFor(said: string, name: string): string;
  console(name: string, lines: number, last: string, when: string | null): string;
  noConsole(name: string): string;
  firing(count: number, names: string): string;
  noneFiring(total: number): string;
  alarmCounts(counts: string): string;
  noAlarms(): string;
  alarmsIn(state: string, count: number, names: string): string;
  history(alarm: string, count: number, last: string, when: string): string;
  noHistory(alarm: string): string;
  metric(of: {
    resource: string | null;
    metric: string;
    statistic: string;
    average: string;
    max: string;
    maxAt: string;
    last: string;
    lastAt: string | null;
  }): string;
  metricTotal(of: {
    resource: string | null;
    metric: string;
    total: string;
    max: string;
    maxAt: string;
  }): string;
  noPoints(resource: string | null, metric: string): string;
  manySeries(count: number, metric: string, highest: string, lowest: string): string;
  changes(count: number, from: string, until: string): string;
  noChanges(from: string, until: string): string;
  change(of: { who: string; event: string; resources: string; when: string; error: string | null }): string;
  calledBy(name: string, callers: string): string;
  calls(name: string, callees: string): string;
  memberOf(name: string, groups: string): string;
  noDependencies(name: string): string;
  groups(count: number): string;
  group(of: { name: string; desired: number; running: number; min: number; max: number }): string;
  /** `filter`: empty when all were asked for. */
  noGroups(filter: string): string;
  logGroups(count: number, stored: string, names: string): string;
  noLogGroups(prefix: string | null): string;
  /** `wanted`: the words looked for, null for any. */
  logEvents(count: number, wanted: string | null, range: LogRange): string;
  noLogEvents(wanted: string | null, range: LogRange): string;
  logRows(count: number, range: LogRange): string;
  /** `returned`: how many of them the newest ones are, null for all. */
  logSpan(returned: number | null, first: string, last: string): string;
  logPattern(count: number, message: string): string;
  /** A change that leaves the facts as they were: a reboot. */
  did(tool: string, name: string, after: string): string;
  changed(of: {
    name: string;
    before: string;
    after: string;
    result: 'done' | 'in_progress' | 'not_seen';
  }): string;
  costs: CostWords;
  databases: DatabaseWords;
  functions: FunctionWords;
  awsHealth: AwsHealthWords;
  services: ServiceWords;
  tags: TagWords;
  gap(what: string, why: string, place: string | null): string;
  gapReason(why: GapReason): string;
};
