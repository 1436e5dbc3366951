import { foldToLetters } from '../contract/name-folding.ts';
import type { PlannedChange, Target } from '../contract/proposal.ts';
import type { Policy } from './policy.ts';

/** A change with what the rules need to know of it. */
export type Judged = {
  change: PlannedChange;
  /** Every way each target can be written: id, ARN, name. One list a target. */
  spellings: readonly (readonly string[])[];
  /** Resources of the kind in all regions of the account, a lower bound. */
  population: number;
  /** What the account itself protects. */
  protectedHere: readonly string[];
};

export type Forbidden = {
  rule: 'protected' | 'max_targets' | 'more_than_half';
  message: string;
  hint: string;
};

/** An ARN also protects by the id or name it ends in. */
function protectedSpellings(entry: string): string[] {
  const tail = entry.startsWith('arn:') ? entry.split(/[:/]/).at(-1) : undefined;
  return tail ? [foldToLetters(entry), foldToLetters(tail)] : [foldToLetters(entry)];
}

function destructiveOf(steps: readonly Judged[]): Judged[] {
  return steps.filter((step) => step.change.risk === 'destructive');
}

function protectedRule(steps: readonly Judged[], policy: Policy): Forbidden | null {
  for (const step of destructiveOf(steps)) {
    const kept = new Set([...policy.protected, ...step.protectedHere].flatMap(protectedSpellings));
    for (const [at, target] of step.change.targets.entries()) {
      const spelled = [target.id, target.name, ...(step.spellings[at] ?? [])];
      const hit = spelled.find((spelling) => kept.has(foldToLetters(spelling)));
      if (hit !== undefined) {
        return {
          rule: 'protected',
          message: `${protectedInWords(target, hit)}: no tool may stop, interrupt, remove or overwrite it.`,
          hint: 'Only the person who keeps the list of protected resources can take it off, in the configuration or the account file.',
        };
      }
    }
  }
  return null;
}

/** `hit`: the spelling that is protected; a target is also protected by what goes with it. */
function protectedInWords({ id, name }: Target, hit: string): string {
  const own = [id, name].some((spelling) => foldToLetters(hit).endsWith(foldToLetters(spelling)));
  return own ? `${name} (${id}) is protected` : `${hit}, which goes with ${name} (${id}), is protected`;
}

/** What destructive steps touch of one kind; the population is the largest lower bound seen. */
type Touched = {
  targets: Set<string>;
  /** Of what else goes: how many by the target they go with, and which ones it can be. */
  lost: Map<string, { count: number; among: Set<string> }>;
  population: number;
};

function touchedByKind(steps: readonly Judged[]): Map<string, Touched> {
  const kinds = new Map<string, Touched>();
  const touchedOf = (name: string, population: number): Touched => {
    const kind = kinds.get(name) ?? { targets: new Set(), lost: new Map(), population };
    kinds.set(name, kind);
    kind.population = Math.max(kind.population, population);
    return kind;
  };
  for (const { change, population } of destructiveOf(steps)) {
    for (const target of change.targets) touchedOf(target.kind, population).targets.add(target.id);
    for (const loss of change.takes_away ?? []) {
      const { lost } = touchedOf(loss.kind, loss.population);
      const before = lost.get(loss.with) ?? { count: 0, among: new Set<string>() };
      lost.set(loss.with, {
        count: before.count + loss.count,
        among: before.among.union(new Set(loss.among)),
      });
    }
  }
  return kinds;
}

/** The most resources of a kind that can be gone or interrupted in the end: none counts twice. */
function mostTouched({ targets, lost }: Touched): number {
  const losses = [...lost.values()];
  const all = losses.reduce((union, { among }) => union.union(among), targets);
  const sum = losses.reduce((total, { count, among }) => total + Math.min(count, among.size), targets.size);
  return Math.min(sum, all.size);
}

/** What goes with a target is not counted here: making a big group smaller is routine. */
function maxTargetsRule(steps: readonly Judged[], policy: Policy): Forbidden | null {
  const touched = [...touchedByKind(steps).values()].reduce((sum, kind) => sum + kind.targets.size, 0);
  if (touched <= policy.maxTargets) return null;
  return {
    rule: 'max_targets',
    message: `This would take away or interrupt ${touched} resources at once; at most ${policy.maxTargets} are allowed.`,
    hint: 'Name fewer resources. The limit is max_targets in the configuration.',
  };
}

function moreThanHalfRule(steps: readonly Judged[]): Forbidden | null {
  for (const [kind, touched] of touchedByKind(steps)) {
    const { population } = touched;
    const most = mostTouched(touched);
    if (most > 1 && most * 2 > population) {
      return {
        rule: 'more_than_half',
        message: `This would take away or interrupt ${most} of the ${population} resources of kind ${kind} that the account is known to hold: more than half.`,
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
