import type { ResourceKind } from '../../../mcp-server/contract/directory.ts';
import type { Act, Concept } from '../vocabulary/concepts.ts';

/** How an argument is found in a clause. */
export type Slot =
  | { from: 'target'; argument: string; many?: boolean; optional?: boolean }
  | { from: 'number'; argument: string }
  | { from: 'volume'; argument: string; optional?: boolean }
  | { from: 'gigabytes'; argument: string; optional?: boolean }
  | { from: 'memory_mb' | 'timeout_s' | 'reserved_concurrency'; argument: string; optional?: boolean }
  | { from: 'instance_type'; argument: string }
  | { from: 'parameter'; argument: string }
  | { from: 'parameter_value'; argument: string }
  | { from: 'namespace'; argument: string; optional?: boolean }
  | { from: 'tags'; argument: string }
  | { from: 'event_type' | 'event_severity' | 'event_detail'; argument: string }
  | { from: 'on_off'; argument: string }
  | { from: 'drift_type'; argument: string };

/** An action: verbs, what they act on, and what else must be said. */
export type ActionIntent = {
  tool: string;
  acts: readonly Act[];
  /** Words that must stand in the clause; each group is an alternative set. */
  needs?: readonly (readonly Concept[])[];
  /** Figures of this shape must stand in the clause. */
  needsValue?:
    | 'volume'
    | 'size'
    | 'instance_type'
    | 'duration'
    | 'parameter'
    | 'database_class'
    | 'tag'
    | 'untag';
  kinds: readonly ResourceKind[];
  slots: readonly Slot[];
  /** Words that belong to it beside its target. */
  uses?: readonly Concept[];
  /** Of its optional arguments at least one must be said, and each that is named. */
  anyOfSettings?: boolean;
};

/** How a read's argument is found. */
export type ReadSlot =
  /** `every`: with none named, each of its kind, while they are few. */
  | { from: 'target'; argument: string; optional?: boolean; many?: boolean; every?: boolean }
  | { from: 'span' }
  | { from: 'days' }
  | { from: 'log_prefix' }
  | { from: 'instance_state' }
  | { from: 'alarm_state' }
  | { from: 'group_filter' }
  | { from: 'measure' }
  | { from: 'log_group' }
  | { from: 'log_filter' }
  | { from: 'cost_dates' }
  | { from: 'group_by' }
  | { from: 'granularity' }
  | { from: 'forecast_end' }
  | { from: 'namespace' }
  | { from: 'cluster' }
  | { from: 'ecs_cluster' }
  | { from: 'text'; argument: string }
  | { from: 'subject'; argument: string }
  | { from: 'required_tags' }
  | { from: 'drift' }
  | { from: 'deployment' };

/** A read: words that must be there, words that must not, what it is about. */
export type ReadIntent = {
  tool: string;
  /** Every group needs one of its words. */
  needs: readonly (readonly Concept[])[];
  unless?: readonly Concept[];
  /** A resource of one of these kinds must be named, described or referred to. */
  about?: readonly ResourceKind[];
  /** Kinds its optional target can have. */
  kinds?: readonly ResourceKind[];
  slots: readonly ReadSlot[];
  /** A vague look that a more exact question about the same thing makes needless. */
  vague?: boolean;
  /** Only without a resource named. */
  general?: boolean;
  /** Only with a resource named or referred to, not merely described. */
  named?: boolean;
  /** Only with a word that nothing explains and that looks like a name: `status of web-9`. */
  stray?: boolean;
  /** Only with this very word, whatever else it may be a part of. */
  word?: string;
  /** Only with a tag and its value: `env=prod`. */
  tagged?: boolean;
  /** Only with a log group's path. */
  path?: boolean;
};
