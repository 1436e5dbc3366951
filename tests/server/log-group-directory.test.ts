import { expect, test, vi } from 'vitest';
import { awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { composedServer } from './in-process.ts';
import { makeHome } from './running-server.ts';

/** An account whose log groups never end; every other service has nothing. */
async function endlessGroups(last = Number.POSITIVE_INFINITY) {
  const json = (body: object) => ({ type: 'application/x-amz-json-1.1', body: JSON.stringify(body) });
  return awsEndpoint(({ action }, count) => {
    if (action === 'GetCallerIdentity') return callerIdentity('arn:aws:iam::123456789012:user/u');
    if (action !== 'DescribeLogGroups') return { status: 403, ...json({ __type: 'AccessDeniedException' }) };
    const logGroups = Array.from({ length: 50 }, (_, i) => {
      const logGroupName = `/app/${count}-${i}`;
      return { logGroupName, arn: `arn:aws:logs:eu-central-1:123456789012:log-group:${logGroupName}:*` };
    });
    return json({ logGroups, ...(count < last ? { nextToken: String(count) } : {}) });
  });
}

test('on AWS log groups are in the directory, as many as can be waited for, and cut off ones are said', async () => {
  const endpoint = await endlessGroups();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'A');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  vi.stubEnv('AWS_PROFILE', undefined);
  const home = await makeHome();
  try {
    const env = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: endpoint.url };
    const server = await composedServer({ account: null, env }, home);
    const listed = async () => {
      const { entries, complete, gaps } = await server.directory();
      return { groups: entries.filter((one: { kind: string }) => one.kind === 'log_group'), complete, gaps };
    };
    const { groups, complete, gaps } = await listed();
    expect(groups).toHaveLength(500);
    expect(groups[0]).toMatchObject({
      id: '/app/1-0',
      arn: 'arn:aws:logs:eu-central-1:123456789012:log-group:/app/1-0',
      region: 'eu-central-1',
    });
    expect(complete).toBe(false);
    expect(gaps).toContainEqual(expect.objectContaining({ what: 'log groups', why: 'truncated' }));
    const asked = () => endpoint.requests.filter(({ action }) => action === 'DescribeLogGroups').length;
    expect(asked()).toBe(10);
    // A list that is too long is remembered like any other.
    expect((await listed()).groups).toHaveLength(500);
    expect(asked()).toBe(10);
  } finally {
    vi.unstubAllEnvs();
    await home.remove();
    await endpoint.close();
  }
});
