import type { PlannedChange } from '../contract/proposal.ts';
import type { Policy } from './policy.ts';

/** A change with what the rules need to know of it. */
export type Judged = {
  change: PlannedChange;
  /** Every way each target can be written: id, ARN, name. One list a target. */
  spellings: readonly (readonly string[])[];
  /** Resources of the kind in the account, a lower bound. */
  population: number;
  /** What the account itself protects. */
  protectedHere: readonly string[];
};

export type Forbidden = {
  rule: 'protected' | 'max_targets' | 'more_than_half';
  message: string;
  hint: string;
};

/** Case, width and separators do not make another name, and invisible characters do not either. */
export function foldedName(text: string): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return folded === '' ? text : folded;
}

/** An ARN also protects by the id or name it ends in. */
function protectedSpellings(entry: string): string[] {
  const tail = entry.startsWith('arn:') ? entry.split(/[:/]/).at(-1) : undefined;
  return tail ? [foldedName(entry), foldedName(tail)] : [foldedName(entry)];
}

function destructiveOf(steps: readonly Judged[]): Judged[] {
  return steps.filter((step) => step.change.risk === 'destructive');
}

function protectedRule(steps: readonly Judged[], policy: Policy): Forbidden | null {
  for (const step of destructiveOf(steps)) {
    const kept = new Set([...policy.protected, ...step.protectedHere].flatMap(protectedSpellings));
    for (const [at, target] of step.change.targets.entries()) {
      const spelled = [target.id, target.name, ...(step.spellings[at] ?? [])];
      if (spelled.some((spelling) => kept.has(foldedName(spelling)))) {
        return {
          rule: 'protected',
          message: `${target.name} (${target.id}) is protected: no tool may stop, interrupt, remove or overwrite it.`,
          hint: 'Only the person who keeps the list of protected resources can take it off, in the configuration or the account file.',
        };
      }
    }
  }
  return null;
}

/** Distinct destructive targets by kind, over all steps; the population is the largest lower bound seen. */
function touchedByKind(steps: readonly Judged[]): Map<string, { ids: Set<string>; population: number }> {
  const kinds = new Map<string, { ids: Set<string>; population: number }>();
  for (const step of destructiveOf(steps)) {
    for (const target of step.change.targets) {
      const kind = kinds.get(target.kind) ?? { ids: new Set<string>(), population: 0 };
      kind.ids.add(target.id);
      kind.population = Math.max(kind.population, step.population);
      kinds.set(target.kind, kind);
    }
  }
  return kinds;
}

function maxTargetsRule(steps: readonly Judged[], policy: Policy): Forbidden | null {
  const touched = [...touchedByKind(steps).values()].reduce((sum, kind) => sum + kind.ids.size, 0);
  if (touched <= policy.maxTargets) return null;
  return {
    rule: 'max_targets',
    message: `This would take away or interrupt ${touched} resources at once; at most ${policy.maxTargets} are allowed.`,
    hint: 'Name fewer resources. The limit is max_targets in the configuration.',
  };
}

function moreThanHalfRule(steps: readonly Judged[]): Forbidden | null {
  for (const [kind, { ids, population }] of touchedByKind(steps)) {
    if (ids.size > 1 && ids.size * 2 > population) {
      return {
        rule: 'more_than_half',
        message: `This would take away or interrupt ${ids.size} of the ${population} resources of kind ${kind} that the account is known to hold: more than half.`,
        hint: 'Name fewer resources.',
      };
    }
  }
  return null;
}

/**
 * What is refused whatever the grant. Pure; a call is a list of one, a plan is judged as a whole, so that a
 * sweep cut into steps is still a sweep.
 */
export function forbiddenBy(steps: readonly Judged[], policy: Policy): Forbidden | null {
  return protectedRule(steps, policy) ?? maxTargetsRule(steps, policy) ?? moreThanHalfRule(steps);
}
