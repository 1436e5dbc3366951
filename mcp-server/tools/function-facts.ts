import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Facts } from '../contract/proposal.ts';
import type { TargetFunction } from './function-target.ts';
import { type Alias, aliasFacts, markOf } from './function-versions.ts';
import type { Observed } from './tool.ts';

/** As a fact: no concurrency of its own. */
export const NONE_RESERVED = 'none';

/**
 * The same facts for every change of a function, so that changes can follow each other in a plan. `reached`: the
 * aliases the change is felt through.
 */
export function observedFunction(
  target: TargetFunction,
  reached: readonly Alias[],
): Observed<TargetFunction> {
  const { name, arn, place, population, reserved, versions } = target;
  const facts = factsOf(versions.current, reserved, versions.aliases);
  return {
    account: place.account.name,
    region: place.region,
    states: [{ kind: 'function', id: name, name, arn, facts, takes: aliasSpellings(target, reached) }],
    population,
    detail: target,
  };
}

/** How a list of protected resources may name these aliases of a function. */
function aliasSpellings({ name, arn }: TargetFunction, aliases: readonly Alias[]): string[] {
  return aliases.flatMap((alias) => [`${name}:${alias.name}`, `${arn}:${alias.name}`]);
}

/** `reserved`: null for none of its own. */
export function factsOf(
  current: FunctionConfiguration,
  reserved: number | null,
  aliases: readonly Alias[],
): Facts {
  return {
    memory_mb: current.MemorySize ?? null,
    timeout_s: current.Timeout ?? null,
    reserved_concurrency: reserved ?? NONE_RESERVED,
    code: markOf(current),
    ...aliasFacts(aliases),
  };
}
