import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Facts } from '../contract/proposal.ts';
import type { TargetFunction } from './function-target.ts';
import { type Alias, aliasFacts, markOf } from './function-versions.ts';

/** As a fact: no concurrency of its own. */
export const NONE_RESERVED = 'none';

/** The same facts for every change of a function, so that changes can follow each other in a plan. */
export function functionFacts({ versions, reserved }: TargetFunction): Facts {
  return factsOf(versions.current, reserved, versions.aliases);
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
