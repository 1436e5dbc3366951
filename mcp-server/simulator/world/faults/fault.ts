import type { AlarmEntry, FaultEntry, MetricEntry } from '../../format/account.ts';
import type { FaultKind } from '../../format/drills.ts';
import type { Reference, ReferenceKind } from '../references.ts';
import type { World } from '../world.ts';
import type { Say } from './say.ts';

/** A time during which something is wrong, epoch milliseconds; `to` is infinite while nothing has mended it. */
export type Span = { from: number; to: number };

/** A fault of the file as it falls on one resource. */
export type Strike = {
  entry: FaultEntry;
  /** Its place among the file's faults. */
  index: number;
  resource: Reference;
  /** Epoch milliseconds. */
  at: number;
  /** 0 to 1. */
  severity: number;
};

/** A strike and its course: when it is there, by all that was done in this world. */
export type Fault = Strike & { rule: FaultRule; spans: readonly Span[] };

/**
 * How badly a resource does. `errors` and `latency` are 0 (as usual) to 1 (as bad as can be); `down` is the
 * share of it that does not answer at all; `traffic` is how many times the usual requests come on top.
 */
export type Levels = { errors: number; latency: number; down: number; traffic: number };

/**
 * One kind of fault on some kinds of resources: what it does, and what mends it. A kind may have several rules,
 * for different resources; the registry joins them.
 */
export type FaultRule = {
  readonly kind: FaultKind;
  /** The resources it can happen to. */
  readonly strikes: readonly ReferenceKind[];
  /** Whether an entry that names anything else is a mistake of the file, and no fault to come. */
  readonly strict?: true;
  /** What it falls on when the file names `named`, such as a group's members; the one named unless given. */
  falls?(world: World, named: Reference, at: number): readonly Reference[];
  /**
   * When something is wrong: from `strike.at` until what mends it is found in the world. None: it has no effect.
   * For a rule that `follows`, `others` are the faults of all rules that do not.
   */
  spans(world: World, strike: Strike, others: readonly Fault[]): readonly Span[];
  /** Whether its end depends on other faults. */
  readonly follows?: true;
  /** What whoever calls the resource feels of it. It reaches them by itself. */
  distress?(strike: Strike): Partial<Levels>;
  /** Whether only they feel it: requests do not reach the resource, and its own metrics show no errors. */
  readonly onlyCallers?: true;
  /** What whoever calls it writes to its log, `called` being what it calls; usual complaints unless given. */
  readonly complaints?: readonly Complaint[];
  /** What the resource's own metrics show; the alarms on them follow. */
  readonly metrics?: readonly MetricEffect[];
  /** What is written to logs. */
  readonly logs?: readonly LogVoice[];
  /** Whether an instance fails its own status check. */
  readonly failsChecks?: true;
  /** What the kernel of an instance says when it begins. */
  readonly console?: readonly { afterMs: number; text: string }[];
  /** What CloudTrail has of it: the change that caused it, by somebody. */
  changes?(world: World, strike: Strike): readonly CausedChange[];
  /** What AWS Health says of it. */
  health?(world: World, strike: Strike): readonly CausedHealth[];
};

export type Shape = NonNullable<MetricEntry['shape']>;
type Dimensions = AlarmEntry['dimensions'];

/** What a fault does to one metric of the resource it falls on. */
export type MetricEffect = {
  namespace: string;
  metric: string;
  unit?: string;
  /** What the metric is in good times, where the file does not have it. Without it, it shows only where it has. */
  usual?: Shape;
  /** Of the series that appears where the file has none; the usual ones of the resource unless given. */
  dimensions?(world: World, resource: Reference): Dimensions | undefined;
  /** How long before the fault that series begins, milliseconds. */
  leadMs?: number;
  /** Whether it is asked for the minutes outside of the spans, too; `moment.span` is then undefined. */
  beyond?: true;
  /** The value of a minute, given what it would be; undefined when no point is sent. */
  change(value: number, moment: Moment): number | undefined;
};

export type Moment = {
  world: World;
  fault: Fault;
  /** The start of the minute, epoch milliseconds. */
  at: number;
  span: Span | undefined;
  /** 0 to 1: how much of `ms` milliseconds have passed since the span began, by the end of the minute. */
  ramp(ms: number): number;
};

/** Where lines are written. */
export type LogPlace = { group: string; stream: string };

/** The text of one line; the same in every run for the same line. */
export type LogLine = (say: Say) => string;

type AnyVoice = {
  /** After the span's start; negative is before. */
  afterMs?: number;
  /** Where it writes; the resource's usual log group unless given. */
  place?(world: World, resource: Reference): LogPlace | undefined;
  lines: readonly LogLine[];
};

/** What a caller says of what it called. */
export type Complaint = (say: Say, called: string) => string;

export type LogVoice =
  /** All of its lines, one after the other, `everyMs` (700 unless given) apart, at an end of each span. */
  | (AnyVoice & { says: 'once'; at?: 'start' | 'end'; everyMs?: number })
  /** Any of its lines, so many a minute, for as long as the span or `lastsMs`. */
  | (AnyVoice & {
      says: 'again';
      perMinute: number | ((strike: Strike) => number);
      lastsMs?: number;
    });

/** A call as CloudTrail has it. */
export type CausedChange = {
  at: number;
  /** A user's name. */
  who: string;
  event: string;
  /** As `lambda.amazonaws.com`; guessed from the event when it is missing. */
  source?: string;
  parameters?: Record<string, unknown>;
  /** As CloudTrail lists them; the struck resource unless given. */
  resources?: readonly { type: string; name: string }[];
};

export type CausedHealth = {
  at: number;
  service: string;
  /** The event's code, as `AWS_ACM_RENEWAL_STATE_CHANGE`. */
  code: string;
  status: 'open' | 'upcoming' | 'closed';
  description: string;
};
