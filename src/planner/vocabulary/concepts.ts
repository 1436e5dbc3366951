import type { ResourceKind } from '../../../mcp-server/contract/directory.ts';
import type { Language } from '../../domain/reading.ts';

/** What a sentence can ask to be done. `other` is any change this product has no tool for. */
const ACTS = [
  'start',
  'stop',
  'restart',
  'terminate',
  'detach',
  'resize',
  'grow',
  'shrink',
  'scale',
  'set',
  'tag',
  'rollback',
  'redeploy',
  'cleanup',
  'revert',
  'create',
  'comment',
  'close',
  'send',
  'enable',
  'disable',
  'open',
  'other',
] as const;
export type Act = (typeof ACTS)[number];

/** Verbs that only look. */
type ReadVerb =
  | 'show'
  | 'list'
  | 'describe'
  | 'summarise'
  | 'investigate'
  | 'search'
  | 'design'
  | 'generate'
  | 'scan';

/** Words that turn a sentence: what it negates, asks, supposes, reports, answers. */
type Marker =
  | 'negation'
  | 'except'
  | 'hypothetical'
  | 'about'
  | 'howto'
  | 'why'
  | 'who'
  | 'when'
  | 'which'
  | 'if'
  | 'reported'
  | 'was'
  | 'subject'
  | 'please'
  | 'ask'
  | 'want'
  | 'causative'
  | 'then'
  | 'and'
  | 'but'
  | 'because'
  | 'relative'
  | 'future'
  | 'on'
  | 'off'
  | 'question'
  | 'object'
  | 'attributive'
  | 'perfective'
  | 'relative_amount';

/** Words that lean on what was said. */
export type Reference =
  | 'it'
  | 'its'
  | 'them'
  | 'other_one'
  | 'both'
  | 'all'
  | 'everything'
  | 'each'
  | 'one_of'
  | 'plural'
  | 'first'
  | 'second'
  | 'third'
  | 'last'
  | 'yes'
  | 'no'
  | 'withdraw'
  | 'thanks'
  | 'greeting'
  | 'help'
  | 'instead'
  | 'also'
  | 'same';

/** Things spoken of that are not one resource. */
type Topic =
  | 'alarm'
  | 'log'
  | 'log_group'
  | 'event'
  | 'change'
  | 'touch'
  | 'deploy'
  | 'earlier_version'
  | 'dependency'
  | 'cost'
  | 'forecast'
  | 'anomaly'
  | 'console'
  | 'drift'
  | 'config'
  | 'runbook'
  | 'todo'
  | 'incident'
  | 'tag_word'
  | 'untagged'
  | 'owner'
  | 'pod'
  | 'node'
  | 'namespace'
  | 'kubernetes'
  | 'chaos'
  | 'disk'
  | 'monitoring'
  | 'auto'
  | 'target'
  | 'health'
  | 'status'
  | 'problem'
  | 'symptom'
  | 'cause'
  | 'aws'
  | 'top_sql'
  | 'history'
  | 'script'
  | 'overview'
  | 'infrastructure'
  | 'issue'
  | 'datadog'
  | 'opensearch'
  | 'github'
  | 'prometheus'
  | 'monitor'
  | 'trace'
  | 'instance_type'
  | 'capacity'
  | 'metric'
  | 'by_service'
  | 'by_region'
  | 'by_account'
  | 'by_usage'
  | 'daily'
  | 'monthly'
  | 'average'
  | 'maximum'
  | 'minimum'
  | 'total'
  | 'parameter'
  | 'timeout'
  | 'severity'
  | 'failover'
  | 'aws_health'
  | 'aws_name'
  | 'by_tag';

/** What can be measured; `metrics.ts` gives the CloudWatch name for each kind of resource. */
const MEASURES = [
  'cpu',
  'memory',
  'network_in',
  'network_out',
  'network',
  'disk_read',
  'disk_write',
  'disk_used',
  'status_check',
  'connections',
  'latency',
  'errors',
  'errors_5xx',
  'errors_4xx',
  'requests',
  'invocations',
  'duration',
  'throttles',
  'concurrency',
  'free_storage',
  'iops',
  'replica_lag',
  'cpu_credits',
  'healthy_hosts',
  'unhealthy_hosts',
] as const;
export type Measure = (typeof MEASURES)[number];

/** Things that must never be deleted, disabled or opened. */
type Guarded =
  | 'network_object'
  | 'bucket_object'
  | 'database_object'
  | 'snapshot'
  | 'trail'
  | 'identity'
  | 'security_group'
  | 'world'
  | 'account_object';

export type State = 'running' | 'stopped' | 'terminated' | 'pending' | 'firing' | 'ok' | 'insufficient';

/** How grave an event is. */
export const LEVELS = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Level = (typeof LEVELS)[number];

type TimeWord =
  | 'second_unit'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'half'
  | 'last_span'
  | 'since'
  | 'until'
  | 'today'
  | 'now'
  | 'yesterday'
  | 'day_before_yesterday'
  | 'this_week'
  | 'last_week'
  | 'this_month'
  | 'last_month'
  | 'next_month'
  | 'year_end'
  | 'month_end'
  | 'this_year'
  | 'noon'
  | 'midnight'
  | 'morning'
  | 'evening'
  | 'am'
  | 'pm'
  | 'clock_hour';

export type Concept =
  | `act:${Act}`
  | `read:${ReadVerb}`
  | `mark:${Marker}`
  | `ref:${Reference}`
  | `kind:${ResourceKind}`
  | `topic:${Topic}`
  | `measure:${Measure}`
  | `guarded:${Guarded}`
  | `state:${State}`
  | `level:${Level}`
  | `time:${TimeWord}`
  | `unit:${'gb' | 'tb' | 'mb' | 'percent' | 'count'}`
  | `month:${number}`
  | `region:${string}`
  | 'particle'
  | 'plain';

/** The grammatical shape a verb was found in. */
export type Mood =
  | 'base'
  | 'third'
  | 'ing'
  | 'past'
  | 'noun'
  | 'request'
  | 'negative'
  | 'if'
  | 'connect'
  | 'about'
  | 'howto'
  | 'reported'
  | 'attributive';

/** One reading of a word. */
export type Sense = {
  concept: Concept;
  mood: Mood;
  plural: boolean;
  /** Korean passives (`정지된`) and the like: a state, never a request. */
  passive: boolean;
  language: Language;
};

/** Phrases of one concept, parted by `|`. A space in a Korean or Chinese phrase may be left out in a text. */
export type Phrases = string;

/** Where an ending attaches; a Korean stem comes in five shapes. */
export type StemShape = 'base' | 'open' | 'past' | 'future' | 'adnominal';

export type Vocabulary = {
  language: Language;
  /** Phrases that do not inflect. */
  words: Partial<Record<Concept, Phrases>>;
  /** Nouns that take the language's regular plural. */
  nouns?: Partial<Record<Concept, Phrases>>;
  /** Verbs whose forms are spelled out: `base/ing/past`, parted by `|`. */
  verbs?: Partial<Record<Concept, Phrases>>;
  /** Verbs torn apart around their object: `head…tail`. */
  separable?: Partial<Record<Concept, Phrases>>;
  /** Nouns that become verbs with a light verb (`하다`, `되다`, `시키다`). */
  verbalNouns?: Partial<Record<Concept, Phrases>>;
  /** Verbs by their five stem shapes: `base/open/past/future/adnominal`, parted by `|`. */
  stems?: Partial<Record<Concept, Phrases>>;
  /** The light verbs, each by its five shapes; the passive one describes a state. */
  lightVerbs?: { active: Phrases; passive: Phrases };
  /** What each ending makes of a verb, by the stem shape it follows. */
  endings?: Partial<Record<StemShape, Partial<Record<Mood, Phrases>>>>;
  /** Number words and their values. */
  numbers: Readonly<Record<string, number>>;
  /** General words for the role of a machine, and how names and tags spell them. */
  roles?: Readonly<Record<string, string>>;
};
