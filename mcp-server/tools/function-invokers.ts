import type { Place } from '../cloud/account.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type FunctionCaller, readEventSources, readPermitted } from '../cloud/function-callers.ts';
import { readAliases } from '../cloud/functions.ts';
import { joined, lookBeside } from '../cloud/look.ts';
import type { Coverage } from '../contract/coverage.ts';

export type Invokers = { callers: FunctionCaller[]; coverage: Coverage };

/** What Lambda itself knows to invoke a function: the queues and streams behind it, and whom its policies let in. */
export async function invokersOf(
  cloud: Cloud,
  place: Place,
  name: string,
  aliases: readonly string[],
): Promise<Invokers> {
  const [sources, ...permitted] = await Promise.all([
    lookBeside(cloud, place, { what: 'its event sources', action: 'lambda:ListEventSourceMappings' }, () =>
      readEventSources(cloud, place, name),
    ),
    // Each alias has a policy of its own.
    ...[undefined, ...aliases].map((alias) =>
      lookBeside(cloud, place, { what: 'who may invoke it', action: 'lambda:GetPolicy' }, () =>
        readPermitted(cloud, place, name, alias),
      ),
    ),
  ]);
  const looks = [sources, ...permitted];
  const callers = looks.flatMap(({ value }) => value ?? []);
  return {
    callers: await withApiNames(cloud, place, callers),
    coverage: oncePerReason(joined(...looks.map(({ coverage }) => coverage))),
  };
}

/** The same for a function that nothing else is known of. */
export async function invokersOfFunction(cloud: Cloud, place: Place, name: string): Promise<Invokers> {
  const about = { what: `aliases of ${name}`, action: 'lambda:ListAliases' };
  const aliases = await lookBeside(cloud, place, about, () => readAliases(cloud, place, name));
  const names = (aliases.value ?? []).flatMap((one) => one.Name ?? []);
  const { callers, coverage } = await invokersOf(cloud, place, name, names);
  return { callers, coverage: joined(aliases.coverage, coverage) };
}

/** Denied for one policy is denied for all: it is said once. */
function oncePerReason({ looked_at, gaps }: Coverage): Coverage {
  const same = (a: Coverage['gaps'][number], b: Coverage['gaps'][number]) =>
    a.what === b.what && a.why === b.why;
  return {
    looked_at,
    gaps: gaps.filter((gap, at) => gaps.findIndex((other) => same(gap, other)) === at),
  };
}

/** A policy knows an API by its id only. */
async function withApiNames(
  cloud: Cloud,
  place: Place,
  callers: FunctionCaller[],
): Promise<FunctionCaller[]> {
  if (callers.every(({ id }) => id.startsWith('arn:'))) return callers;
  const { entries } = await cloud.directory(place.account, { kinds: ['api'] });
  return callers.map((caller) => ({
    ...caller,
    name: entries.find((one) => one.id === caller.id && one.region === place.region)?.name ?? caller.name,
  }));
}
