import type { Place } from '../cloud/account.ts';

/**
 * By how many milliseconds this machine's clock is ahead of AWS's, to about a second: AWS tells its time with
 * every answer. Null where the answer did not come from AWS.
 */
export async function clockAheadMs({ account, region }: Place, now: () => number): Promise<number | null> {
  const { sdk, client } = await account.connect('sts', region, 'read');
  const command = new sdk.GetCallerIdentityCommand({});
  let ahead: number | null = null;
  command.middlewareStack.add(
    (next) => async (input) => {
      const result = await next(input);
      const told = Date.parse(headerOf(result.response, 'date') ?? '');
      if (!Number.isNaN(told)) ahead = now() - told;
      return result;
    },
    { step: 'deserialize', name: 'readClock', priority: 'low' },
  );
  await client.send(command);
  return ahead;
}

function headerOf(response: unknown, name: string): string | null {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return null;
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null) return null;
  const value: unknown = Reflect.get(headers, name);
  return typeof value === 'string' ? value : null;
}
