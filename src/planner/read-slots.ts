import type { DirectoryEntry } from '../../mcp-server/contract/directory.ts';
import type { Context } from './context.ts';
import type { ReadSlot } from './intents/intent.ts';
import { any, has, type Item } from './items.ts';
import { namespaceIn } from './slots.ts';
import { costDates, forecastEnd, spanArguments, spanOf } from './times.ts';
import type { Concept } from './vocabulary/concepts.ts';

/** Slots that the clause alone fills. */
type PlainSlot = Exclude<ReadSlot, { from: 'target' } | { from: 'measure' } | { from: 'log_group' }>;

const GROUPS: readonly (readonly [Concept, string])[] = [
  ['topic:by_service', 'SERVICE'],
  ['topic:by_region', 'REGION'],
  ['topic:by_account', 'LINKED_ACCOUNT'],
  ['topic:by_usage', 'USAGE_TYPE'],
];
const INSTANCE_STATES: readonly (readonly [Concept, string])[] = [
  ['state:stopped', 'stopped'],
  ['state:running', 'running'],
  ['state:pending', 'pending'],
  ['state:terminated', 'terminated'],
];
const ALARM_STATES: readonly (readonly [Concept, string])[] = [
  ['state:firing', 'ALARM'],
  ['state:ok', 'OK'],
  ['state:insufficient', 'INSUFFICIENT_DATA'],
];

function firstOf(table: readonly (readonly [Concept, string])[], items: readonly Item[]): string | undefined {
  return table.find(([concept]) => any(items, concept))?.[1];
}

const DAY = 86_400_000;

const compact = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined && value !== null));

/** The arguments one slot gives; none when the clause says nothing of it. */
export function readSlot(slot: PlainSlot, items: readonly Item[], context: Context): Record<string, unknown> {
  switch (slot.from) {
    case 'span':
      return spanArguments(spanOf(items, context.clock));
    case 'instance_state':
      return compact({ state: firstOf(INSTANCE_STATES, items) });
    case 'alarm_state':
      return compact({
        state: firstOf(ALARM_STATES, items) ?? (any(items, 'time:now') ? 'ALARM' : undefined),
      });
    case 'group_filter':
      return groupFilter(items);
    case 'log_filter':
      return compact({ filter: logFilter(items, context) });
    case 'cost_dates':
      return costDates(items, context.clock);
    case 'group_by':
      return compact({ group_by: firstOf(GROUPS, items) ?? tagGroup(items, context) });
    case 'granularity':
      return granularity(items);
    case 'days':
      return compact({ days: daysBack(items) });
    case 'log_prefix':
      return compact({ prefix: items.find((item) => item.value?.type === 'log_group')?.text });
    case 'forecast_end':
      return { end: forecastEnd(items, context.clock) };
    case 'namespace':
      return compact({ namespace: namespaceIn(items) });
    case 'cluster':
      return compact({ cluster: nameOfKind(items, ['managed_cluster', 'cluster']) });
    case 'ecs_cluster':
      return compact({ cluster: nameOfKind(items, ['cluster']) });
    case 'deployment':
      return compact({ deployment: nameOfKind(items, ['deployment']) });
    case 'text':
      return { [slot.argument]: context.text.trim() };
    case 'subject':
      return { [slot.argument]: subjectOf(items, context) };
    case 'required_tags':
      return requiredTags(context);
    case 'drift':
      return drift(items);
  }
}

/** `the last 3 months, monthly`; the monthly cost by itself is this month's. */
function granularity(items: readonly Item[]): Record<string, unknown> {
  if (any(items, 'topic:daily')) return { granularity: 'DAILY' };
  const long = items.some(({ value }) => value?.type === 'duration' && value.ms > 31 * DAY);
  const year = any(items, 'time:this_year');
  return any(items, 'topic:monthly') && (long || year) ? { granularity: 'MONTHLY' } : {};
}

/** How many days a look back is, when the clause says. */
function daysBack(items: readonly Item[]): number | undefined {
  const length = items.find((item) => item.value?.type === 'duration')?.value;
  return length?.type === 'duration' && length.ms >= DAY ? Math.round(length.ms / DAY) : undefined;
}

function nameOfKind(items: readonly Item[], kinds: readonly DirectoryEntry['kind'][]): string | null {
  for (const item of items) {
    const entry = item.names.find((named) => kinds.includes(named.kind));
    if (entry !== undefined) return entry.name;
  }
  return null;
}

/** What is to be explained: the resource that is named, else what was last spoken of, else the words themselves. */
export function subjectOf(items: readonly Item[], context: Context): string {
  for (const item of items) {
    const [entry] = item.names;
    if (entry !== undefined) return entry.name;
  }
  const leans = items.some((item) => has(item, 'ref:it') || has(item, 'ref:its'));
  const [latest] = context.referents;
  if (leans && latest !== undefined) return latest.name;
  const picked = items.find((item) => item.selector !== null)?.selector;
  const [only] = picked?.entries ?? [];
  if (picked?.entries.length === 1 && only !== undefined) return only.name;
  return context.text.trim();
}

/** What people say they look for in a log, and the word that programs write for it. */
const LOG_WORDS: readonly (readonly [said: RegExp, written: string])[] = [
  [/^(failed|failing|fails|login failures?|실패\S*|失败\S*)$/u, 'failed'],
  [/^(exceptions?|예외\S*|异常\S*)$/u, 'exception'],
  [/^(time ?outs?|타임아웃\S*|시간 ?초과\S*|超时\S*)$/u, 'timeout'],
  [/^(warnings?|경고\S*|警告\S*)$/u, 'warn'],
  [/^(denied|거부\S*|拒绝\S*)$/u, 'denied'],
  [/^(refused)$/u, 'refused'],
  [/^(fatals?)$/u, 'fatal'],
];

/** The word that lines are to have, said outright: `containing timeout`. */
const SAID_OUTRIGHT = /\b(?:containing|contains?|mentioning|matching) ([^\s,;"']+[^\s,;"'.?!])/iu;

/** `look for OutOfMemory in the logs`: a word that nothing explains is what is searched for. */
const isSought = (items: readonly Item[], at: number): boolean =>
  /^[a-z]/u.test(items[at]?.text ?? '') &&
  (any(items, 'read:search') || /^查/u.test(items[at - 1]?.text ?? ''));

function logFilter(items: readonly Item[], context: Context): string | null {
  const quoted = items.find((item) => item.quoted);
  if (quoted !== undefined) return quoted.text;
  const outright = SAID_OUTRIGHT.exec(context.text)?.[1];
  if (outright !== undefined) return outright;
  if (any(items, 'measure:errors') || any(items, 'measure:errors_5xx')) return 'error';
  for (const [said, written] of LOG_WORDS) {
    if (items.some((item) => item.names.length === 0 && said.test(item.text))) return written;
  }
  const sought = items.filter((item, at) => item.unknown && isSought(items, at));
  const [only] = sought;
  return sought.length === 1 && only !== undefined ? typed(only.text, context.text) : null;
}

/** `by the team tag`, `team 태그별`, and `by team` where that is a tag's key: Cost Explorer's `TAG:team`. */
function tagGroup(items: readonly Item[], context: Context): string | undefined {
  if (any(items, 'topic:owner')) return 'TAG:owner';
  const at = items.findIndex((item) => has(item, 'topic:tag_word') || has(item, 'topic:by_tag'));
  const near = at === -1 ? [] : [items[at - 1], items[at + 1], items[at + 2]];
  const known = near.find((item) => item !== undefined && context.index.tagKeys.has(item.text));
  const by = items.findIndex((item) => /^(?:by|per|按|按照)$/u.test(item.text));
  const after = items.slice(by + 1).find((item) => !/^(?:the|a|each)$/u.test(item.text));
  const grouped =
    by !== -1 && after !== undefined && context.index.tagKeys.has(after.text) ? after : undefined;
  const spelled = near.find((item) => item?.unknown === true && /^[a-z][a-z0-9_-]*$/u.test(item.text));
  const key = known ?? grouped ?? spelled;
  return key === undefined ? undefined : `TAG:${typed(key.text, context.text)}`;
}

/** Tag keys count with their case. */
function typed(word: string, text: string): string {
  const at = text.toLowerCase().indexOf(word);
  return at === -1 ? word : text.slice(at, at + word.length);
}

/** `env or team tag`, `owner, team 태그`, `env 和 team 标签`. */
const LISTED_KEYS =
  /[a-z][\w:-]* ?(?:(?:,| or| and|와|과|랑|나|이나|或|和|、) ?[a-z][\w:-]* ?)+(?:tags?\b|태그|标签)/iu;

function requiredTags(context: Context): Record<string, unknown> {
  const words = context.text.toLowerCase().match(/[\p{L}\p{N}_:-]+/gu) ?? [];
  const keys = words.flatMap((word) =>
    [...context.index.tagKeys].filter((key) => key === word || word === `${key}태그`),
  );
  const listed =
    LISTED_KEYS.exec(context.text)?.[0]
      .toLowerCase()
      .match(/[a-z][a-z0-9_:-]*/gu) ?? [];
  const said = listed.filter((word) => !/^(?:or|and|tags?|a|an|the|no)$/u.test(word));
  if (keys.length > 0 || said.length > 1) return { required_tags: [...new Set([...keys, ...said])] };
  const spelled = /([a-z][a-z0-9_:-]+) ?(?:tags?\b|태그|标签)/iu.exec(context.text)?.[1];
  const plain = ['no', 'a', 'the', 'any', 'without', 'missing', 'required', 'their', 'with'];
  return spelled === undefined || plain.includes(spelled.toLowerCase()) ? {} : { required_tags: [spelled] };
}

function drift(items: readonly Item[]): Record<string, unknown> {
  for (const item of items) {
    const entry = item.names.find((named) => named.kind === 'managed_cluster' || named.kind === 'bucket');
    if (entry !== undefined)
      return compact({ type: entry.parent ?? (entry.kind === 'bucket' ? 's3' : null), resource: entry.name });
  }
  const types = ['eks', 'msk', 's3', 'emr', 'mwaa'];
  const type = items.map((item) => item.text.split(' ')[0] ?? '').find((word) => types.includes(word));
  return compact({ type });
}

/** `prod`, `web`, `owner=web` as the filters of `list_instances`: tags where a tag says it, else a name pattern. */
function groupFilter(items: readonly Item[]): Record<string, unknown> {
  const tags: Record<string, string> = {};
  let name: string | undefined;
  for (const item of items) {
    if (item.value?.type === 'tag') tags[item.value.key] = item.value.value;
    const selector = item.selector;
    if (selector === null || item.names.length > 0) continue;
    const entries = selector.entries.filter((entry) => entry.kind === 'instance');
    const [tag] = selector.tags;
    if (entries.length > 0) name = patternOf(entries, item);
    else if (tag !== undefined) tags[tag.key] = tag.value;
    else if (item.roles.length > 0) name = `*${item.roles[0] ?? item.text}*`;
  }
  const named = items.filter((item) => item.names.some((entry) => entry.kind === 'instance'));
  const [only] = named;
  if (name === undefined && only !== undefined) name = only.names[0]?.name;
  return compact({ name, tags: Object.keys(tags).length > 0 ? tags : undefined });
}

function patternOf(entries: readonly DirectoryEntry[], item: Item): string {
  const spellings = [item.text.replace(/s$/u, ''), item.text, ...item.roles];
  const part =
    spellings.find((word) => entries.every((entry) => entry.name.toLowerCase().includes(word))) ?? item.text;
  return entries.every((entry) => entry.name.toLowerCase().startsWith(part)) ? `${part}*` : `*${part}*`;
}
