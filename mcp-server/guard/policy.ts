import {
  type Configuration,
  DEFAULT_APPROVAL_SECONDS,
  DEFAULT_MAX_TARGETS,
} from '../contract/configuration.ts';

/** What this server may change at all. */
export type Policy = {
  readOnly: boolean;
  /** Ids, ARNs or names that are never changed destructively. */
  protected: readonly string[];
  maxTargets: number;
  approvalSeconds: number;
};

/** A configuration that does not load is not an empty one: it denies every change. */
export type LoadedPolicy = { ok: true; policy: Policy } | { ok: false; problem: string };

/** The policy in a configuration; `readOnly` (the switch) adds to it and never takes away. */
export function policyOf(configuration: Configuration, readOnly: boolean): Policy {
  return {
    readOnly: readOnly || configuration.read_only === true,
    protected: configuration.protected ?? [],
    maxTargets: configuration.max_targets ?? DEFAULT_MAX_TARGETS,
    approvalSeconds: configuration.approval_seconds ?? DEFAULT_APPROVAL_SECONDS,
  };
}
