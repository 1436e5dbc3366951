import type { Place } from './account.ts';
import type { Cloud } from './cloud.ts';

/** What invokes a function, as far as Lambda itself knows. */
export type FunctionCaller = { id: string; name: string };

/** Queues, streams and topics whose events Lambda hands to the function; those switched off are left out. */
export async function readEventSources(
  cloud: Cloud,
  { account, region }: Place,
  name: string,
): Promise<FunctionCaller[]> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const found = new Map<string, FunctionCaller>();
  const pages = sdk.paginateListEventSourceMappings(
    { client },
    { FunctionName: name },
    { abortSignal: cloud.signal },
  );
  for await (const page of pages) {
    for (const { EventSourceArn: arn, State } of page.EventSourceMappings ?? []) {
      if (arn && State !== 'Disabled') found.set(arn, { id: arn, name: nameIn(arn) });
    }
  }
  return [...found.values()];
}

/**
 * Whom the resource policy of a function, or of one of its aliases, lets invoke it: APIs, buckets, topics,
 * rules. A function without a policy has none.
 */
export async function readPermitted(
  cloud: Cloud,
  { account, region }: Place,
  name: string,
  alias?: string,
): Promise<FunctionCaller[]> {
  const { sdk, client } = await account.connect('lambda', region, 'read');
  const which = alias === undefined ? {} : { Qualifier: alias };
  try {
    const { Policy } = await client.send(new sdk.GetPolicyCommand({ FunctionName: name, ...which }), {
      abortSignal: cloud.signal,
    });
    return permittedBy(Policy ?? '');
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
}

type Statement = { Effect?: unknown; Condition?: Record<string, Record<string, unknown>> };

/** Pure: the sources that a resource policy's statements name. One that cannot be read names nobody. */
function permittedBy(policy: string): FunctionCaller[] {
  const found = new Map<string, FunctionCaller>();
  for (const { Effect, Condition } of statementsOf(policy)) {
    if (Effect !== 'Allow') continue;
    for (const arn of sourcesIn(Condition ?? {})) {
      const caller = callerOf(arn);
      found.set(caller.id, caller);
    }
  }
  return [...found.values()];
}

function statementsOf(policy: string): Statement[] {
  try {
    const { Statement: all } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
    return all === undefined ? [] : [all].flat();
  } catch {
    return []; // no policy at all is the empty text
  }
}

function sourcesIn(condition: Record<string, Record<string, unknown>>): string[] {
  return Object.values(condition).flatMap((keys) =>
    Object.entries(keys)
      .filter(([key]) => key.toLowerCase() === 'aws:sourcearn')
      .flatMap(([, value]) => [value].flat())
      .filter((value) => typeof value === 'string'),
  );
}

/** `arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/orders` is the API `a1b2c3d4e5`. */
function callerOf(arn: string): FunctionCaller {
  const [, , service, , , resource = ''] = arn.split(':');
  if (service !== 'execute-api') return { id: arn, name: nameIn(arn) };
  const id = resource.split('/')[0] ?? resource;
  return { id, name: id };
}

/** `arn:aws:sqs:eu-west-1:123456789012:orders` → `orders`. */
function nameIn(arn: string): string {
  return arn.split(':').slice(5).join(':').split('/').at(-1) || arn;
}
