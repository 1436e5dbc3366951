import type { Call } from '../../wire/operation.ts';
import { Refusal } from '../../wire/service-exception.ts';
import { functions, type LambdaFunction, lastAt, type PublishedVersion } from '../../world/functions.ts';
import { arnOf, LATEST } from './shapes.ts';

export function functionsIn({ world, region }: Call): LambdaFunction[] {
  return functions(world).filter((one) => one.region === region);
}

/** By name, ARN or partial ARN, as Lambda takes them; what follows the name is the qualifier. */
export function requireFunction(
  text: string | undefined,
  call: Call,
): { one: LambdaFunction; qualifier: string | undefined } {
  const after = (text ?? '').split('function:').at(-1) ?? '';
  const [name = '', qualifier] = after.split(':');
  const one = functionsIn(call).find((each) => each.name === name);
  if (one === undefined) {
    const arn = `arn:aws:lambda:${call.region}:${call.account}:function:${name}`;
    throw new Refusal('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  }
  return { one, qualifier };
}

/** What a qualifier names: null for the unpublished version. */
export function requireVersion(
  one: LambdaFunction,
  qualifier: string | undefined,
  call: Call,
): PublishedVersion | null {
  if (qualifier === undefined || qualifier === LATEST) return null;
  const alias = one.aliases.find(({ name }) => name === qualifier);
  const wanted = alias ? lastAt(alias.moves, call.now)?.version : qualifier;
  const found = published(one, call).find(({ version }) => version === wanted);
  if (found === undefined && wanted !== LATEST) throw missing(one, qualifier, call);
  return found ?? null;
}

export function published(one: LambdaFunction, { now }: Call): PublishedVersion[] {
  return one.published.filter(({ at }) => at <= now);
}

export function missing(one: LambdaFunction, qualifier: string, call: Call): Refusal {
  return new Refusal('ResourceNotFoundException', `Function not found: ${arnOf(one, call, qualifier)}`, 404);
}
