import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { awsEndpoint, callerIdentity } from './aws-endpoint.ts';
import { composedServer } from './in-process.ts';
import { makeHome } from './running-server.ts';

const DAY_MS = 86_400_000;

/** Forty days until 2026-11-20: 10 a day for EC2 (12 in November), 5 for S3, a little for 20 others. */
function bill(): string {
  const lines = ['date,account,service,region,usage_type,amount,tag:project'];
  for (let at = Date.parse('2026-09-01'); at <= Date.parse('2026-11-20'); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const november = day >= '2026-11-01';
    lines.push(`${day},111122223333,AmazonEC2,ap-northeast-2,BoxUsage,${november ? 12 : 10},shop`);
    lines.push(`${day},111122223333,AmazonS3,us-east-1,TimedStorage,5,`);
    if (day === '2026-10-05') {
      for (let i = 0; i < 20; i += 1) lines.push(`${day},444455556666,Other${i},us-east-1,Usage,0.5,`);
    }
  }
  lines.push('2026-11-25,111122223333,AmazonEC2,ap-northeast-2,BoxUsage,999,');
  return lines.join('\n');
}

const account = (more = 'costs: {file: costs.csv}') => `
account: "111122223333"
alias: shop
regions: [ap-northeast-2]
clock: 2026-11-20T09:00:00Z
${more}
`;
const files = { 'costs.csv': bill() };
const shop = (more?: string) => composedServer({ account: account(more), files });

describe('get_cost', () => {
  test('of a region that is none is not asked: AWS would be paid for the answer', async () => {
    const server = await shop();
    const days = { start: '2026-11-01', end: '2026-11-20' };
    for (const region of ['', '한국', 'seoul', 'ap-northeast']) {
      expect((await server.failing('get_cost', { ...days, region })).code).toBe('invalid_arguments');
    }
    expect((await server.call('get_cost', { ...days, region: 'global' })).output.total).toBe(0);
  });

  test('this month, against the same days of the month before, by the same one request', async () => {
    const server = await shop();
    const { output, text } = await server.call('get_cost', { start: '2026-11-01', end: '2026-12-01' });
    expect(output).toMatchObject({
      currency: 'USD',
      start: '2026-11-01',
      end: '2026-11-21',
      granularity: 'DAILY',
      total: 20 * 17,
      estimated: true,
      // Today is not over: nineteen days are compared.
      before: { start: '2026-10-01', end: '2026-10-20', amount: 19 * 15 + 10, compared: 19 * 17 },
      groups: [],
      requests: 1,
      price_usd: 0.01,
    });
    expect(output.periods).toHaveLength(20);
    expect(output.coverage).toEqual({
      looked_at: ['Cost Explorer GetCostAndUsage us-east-1'],
      gaps: [],
    });
    expect(text).toContain('340.00 USD from 2026-11-01 to 2026-11-20 (estimated');
    expect(output.call.cli).toEqual([
      'aws ce get-cost-and-usage --time-period Start=2026-10-01,End=2026-11-21 --granularity DAILY --metrics UnblendedCost --region us-east-1',
    ]);
  });

  test('by service: the dearest first with shares, the rest counted, all pages', async () => {
    const server = await shop();
    const { output } = await server.call('get_cost', {
      start: '2026-10-01',
      end: '2026-11-01',
      group_by: 'SERVICE',
    });
    expect(output).toMatchObject({ granularity: 'MONTHLY', total: 475, estimated: false });
    expect(output.groups.slice(0, 2)).toEqual([
      { key: 'AmazonEC2', amount: 310, share: 0.6526, before: 300 },
      { key: 'AmazonS3', amount: 155, share: 0.3263, before: 150 },
    ]);
    expect(output.groups).toHaveLength(15);
    expect(output.rest).toEqual({ count: 7, amount: 3.5 });
    const daily = await server.call('get_cost', {
      start: '2026-09-01',
      end: '2026-11-21',
      group_by: 'USAGE_TYPE',
      granularity: 'DAILY',
    });
    expect(daily.output).toMatchObject({ before: null, total: 61 * 15 + 20 * 17 + 10 });
  });

  test('many groups of many days come in several pages, each paid for', async () => {
    const heading = 'date,account,service,region,usage_type,amount';
    const rows = Array.from({ length: 30 }, (_, day) =>
      Array.from({ length: 40 }, (_, i) => {
        const date = new Date(Date.parse('2026-10-01') + day * DAY_MS).toISOString().slice(0, 10);
        return `${date},111122223333,S${i},us-east-1,U,1`;
      }),
    ).flat();
    const server = await composedServer({
      account: account(),
      files: { 'costs.csv': [heading, ...rows].join('\n') },
    });
    const asked = { start: '2026-10-01', end: '2026-11-01', group_by: 'SERVICE', granularity: 'DAILY' };
    const { output } = await server.call('get_cost', asked);
    expect(output).toMatchObject({ total: 1_200, requests: 3, price_usd: 0.03, before: null });
    expect(output.rest).toEqual({ count: 25, amount: 750 });
    expect(output.periods).toHaveLength(31);
  });

  test('by tag and by linked account, and of one region', async () => {
    const server = await shop();
    const month = { start: '2026-10-01', end: '2026-11-01' };
    const tagged = await server.call('get_cost', { ...month, group_by: 'TAG:project' });
    expect(tagged.output.groups.map(({ key, amount }) => [key, amount])).toEqual([
      ['shop', 310],
      ['', 165],
    ]);
    expect(tagged.text).toContain('(no TAG:project)  165.00 USD');
    const accounts = await server.call('get_cost', { ...month, group_by: 'LINKED_ACCOUNT' });
    expect(accounts.output.groups[0]).toMatchObject({ key: '111122223333', name: 'shop' });
    const far = await server.call('get_cost', { ...month, region: 'us-east-1' });
    expect(far.output).toMatchObject({ region: 'us-east-1', total: 165 });
  });

  test('the same question again costs nothing', async () => {
    const server = await shop();
    const asked = { start: '2026-10-01', end: '2026-11-01', group_by: 'SERVICE' };
    const first = await server.call('get_cost', asked);
    const again = await server.call('get_cost', asked);
    expect(again.output).toMatchObject({ requests: 0, price_usd: 0, as_of: first.output.as_of });
    expect(again.output.groups).toEqual(first.output.groups);
    expect(again.text).toContain('no request was paid for');
    const other = await server.call('get_cost', { ...asked, group_by: 'REGION' });
    expect(other.output.requests).toBe(1);
  });

  test('an empty time, the future and all accounts at once are refused with what to ask instead', async () => {
    const server = await shop();
    const empty = await server.failing('get_cost', { start: '2026-11-02', end: '2026-11-02' });
    expect(empty.code).toBe('invalid_arguments');
    const future = await server.failing('get_cost', { start: '2026-12-01', end: '2026-12-05' });
    expect(future.hint).toContain('forecast_cost');
    const all = await server.failing('get_cost', { start: '2026-11-01', end: '2026-11-02', account: 'all' });
    expect(all.hint).toContain('LINKED_ACCOUNT');
    expect((await server.failing('get_cost', { start: 'last week', end: '2026-11-02' })).code).toBe(
      'invalid_arguments',
    );
  });

  test('not enabled, denied, and no figures yet each say what to do', async () => {
    const asked = { start: '2026-11-01', end: '2026-11-21' };
    const off = await (await shop('')).failing('get_cost', asked);
    expect(off).toMatchObject({
      code: 'not_configured',
      message: 'Cost Explorer is not enabled for this account.',
    });
    expect(off.hint).toContain('24 hours');
    const trouble = (error: string) => `costs: {file: costs.csv}\ntrouble: [{service: ce, error: ${error}}]`;
    const early = await (await shop(trouble('DataUnavailableException'))).failing('get_cost', asked);
    expect(early).toMatchObject({ code: 'not_configured' });
    const denied = await (await shop(trouble('AccessDeniedException'))).failing('get_cost', asked);
    expect(denied).toMatchObject({
      code: 'denied',
      message: 'Not allowed: ce:GetCostAndUsage in shop us-east-1.',
    });
  });
});

describe('forecast_cost', () => {
  test('what was spent, what is to come, and its interval', async () => {
    const server = await shop();
    const { output, text } = await server.call('forecast_cost', { end: '2026-12-01' });
    expect(output).toMatchObject({
      start: '2026-11-20',
      end: '2026-12-01',
      spent: { start: '2026-11-01', end: '2026-11-20', amount: 19 * 17 },
      level: 80,
      requests: 2,
      price_usd: 0.02,
    });
    // Eleven days, most of what was learnt at 17 a day and some at 15.
    expect(output.forecast).toBeGreaterThan(11 * 15);
    expect(output.forecast).toBeLessThan(11 * 17);
    expect(output.total).toBeCloseTo(output.forecast + 323, 4);
    expect(output.low).toBeLessThan(output.forecast);
    expect(output.high).toBeGreaterThan(output.forecast);
    expect(text).toContain('80 % interval');
    expect((await server.call('forecast_cost', { end: '2026-12-01' })).output.price_usd).toBe(0);
  });

  test('over several months the months have their bounds, the sum has none', async () => {
    const { output } = await (await shop()).call('forecast_cost', { end: '2027-02-01' });
    expect(output.periods.map(({ start }) => start)).toEqual(['2026-11-20', '2026-12-01', '2027-01-01']);
    expect(output).toMatchObject({ low: null, high: null });
    expect(output.periods[1]?.low).not.toBeNull();
  });

  test('too little history, and what cannot be forecast', async () => {
    const young = await composedServer({
      account: account(),
      files: { 'costs.csv': 'date,account,service,region,usage_type,amount\n2026-11-18,1,EC2,r,u,3\n' },
    });
    expect(await young.failing('forecast_cost', { end: '2026-12-01' })).toMatchObject({
      code: 'rejected',
      message: 'AWS has too little history of this account for a forecast.',
    });
    expect((await young.failing('forecast_cost', { end: '2026-11-20' })).hint).toContain('get_cost');
    expect((await young.failing('forecast_cost', { end: '2029-01-01' })).code).toBe('invalid_arguments');
  });

  test('without what was spent it says so', async () => {
    const server = await shop(
      'costs: {file: costs.csv}\ntrouble: [{service: ce, action: GetCostAndUsage, error: AccessDenied}]',
    );
    const { output } = await server.call('forecast_cost', { end: '2026-12-01' });
    expect(output.spent).toBeNull();
    expect(output.coverage.gaps).toMatchObject([{ what: 'cost so far', why: 'denied' }]);
  });
});

test('on AWS an answer that was paid for outlasts the process, in a file of its owner alone', async () => {
  const endpoint = await awsEndpoint(({ action }) => {
    if (action === 'GetCallerIdentity') return callerIdentity('arn:aws:iam::123456789012:user/u');
    return {
      type: 'application/x-amz-json-1.1',
      body: JSON.stringify({
        ResultsByTime: [
          {
            TimePeriod: { Start: '2026-01-01', End: '2026-02-01' },
            Total: { UnblendedCost: { Amount: '12.5', Unit: 'USD' } },
            Groups: [],
            Estimated: false,
          },
        ],
      }),
    };
  });
  const home = await makeHome();
  const env = { AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: endpoint.url };
  const start = { account: null, env };
  // The SDK looks for credentials nowhere but in the process.
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'A');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
  vi.stubEnv('AWS_PROFILE', undefined);
  const asked = { start: '2026-01-01', end: '2026-02-01', granularity: 'MONTHLY' };
  try {
    const first = await composedServer(start, home);
    expect((await first.call('get_cost', asked)).output).toMatchObject({ total: 12.5, price_usd: 0.01 });
    const second = await composedServer(start, home);
    expect((await second.call('get_cost', asked)).output).toMatchObject({ total: 12.5, price_usd: 0 });
    expect(endpoint.requests.filter(({ action }) => action === 'GetCostAndUsage')).toHaveLength(1);
    const { mode } = await stat(join(home.folder, 'state', 'aiops', 'cost-cache.json'));
    expect(mode & 0o777).toBe(0o600);
  } finally {
    vi.unstubAllEnvs();
    await home.remove();
    await endpoint.close();
  }
});
