import type { Facts, PlannedChange, Target } from '../contract/proposal.ts';
import { GRAVEST_RISK } from '../contract/risk.ts';

/**
 * Which tools may carry less than their gravest risk, and what the facts must show for it. A tool's own word
 * is not taken: a change called lighter without this proof is not run.
 */
type Proof =
  /** The argument is above the fact, and not above the limit where the tool has one. */
  | { kind: 'grows'; argument: string; fact: string; limit?: string }
  /** Every member that changes was not there before. */
  | { kind: 'adds' };

const MAY_BE_LIGHTER: Readonly<Record<string, Proof>> = {
  set_desired_capacity: { kind: 'grows', argument: 'desired', fact: 'desired', limit: 'max' },
  scale_service: { kind: 'grows', argument: 'desired', fact: 'desired' },
  scale_deployment: { kind: 'grows', argument: 'replicas', fact: 'replicas' },
  tag_resources: { kind: 'adds' },
};

function grows(proof: Extract<Proof, { kind: 'grows' }>, change: PlannedChange, target: Target): boolean {
  const wanted = change.arguments[proof.argument];
  const before = target.was[proof.fact];
  const after = target.becomes[proof.fact];
  if (typeof wanted !== 'number' || typeof before !== 'number' || after !== wanted) return false;
  const limit = proof.limit ? target.was[proof.limit] : Number.POSITIVE_INFINITY;
  return typeof limit === 'number' && wanted > before && wanted <= limit;
}

function absent(facts: Facts, name: string): boolean {
  return !Object.hasOwn(facts, name) || facts[name] === null;
}

function proven(proof: Proof, change: PlannedChange): boolean {
  switch (proof.kind) {
    case 'grows':
      return change.targets.every((target) => grows(proof, change, target));
    case 'adds':
      return change.targets.every((target) =>
        Object.keys(target.becomes).every((name) => absent(target.was, name)),
      );
  }
}

/** Why a change's risk cannot be believed, in a sentence; null when it can. */
export function riskProblem(change: PlannedChange): string | null {
  const gravest = Object.hasOwn(GRAVEST_RISK, change.tool) ? GRAVEST_RISK[change.tool] : undefined;
  if (gravest === undefined) return `${change.tool} is not a tool whose risk is known.`;
  if (gravest === 'read') return `${change.tool} is known as a tool that only reads, and asks for a change.`;
  if (change.irreversible && change.risk !== 'destructive') {
    return `${change.tool} cannot be undone, and is not marked destructive.`;
  }
  if (change.risk === 'change' && gravest === 'destructive') {
    const proof = Object.hasOwn(MAY_BE_LIGHTER, change.tool) ? MAY_BE_LIGHTER[change.tool] : undefined;
    if (!proof || !proven(proof, change)) {
      return `${change.tool} is marked as a harmless change, and what was seen does not show that.`;
    }
  }
  return null;
}
