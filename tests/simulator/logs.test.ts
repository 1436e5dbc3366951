import {
  DescribeLogGroupsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  MalformedQueryException,
  paginateDescribeLogGroups,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, test } from 'vitest';
import { MINUTE, openAccount, START, shop } from './opened-account.ts';

type Opened = Awaited<ReturnType<typeof openAccount>>;

const GROUPS = `lambda: [{name: checkout}, {name: mailer}]
logs:
  - {group: /aws/lambda/checkout, file: checkout.log}
  - {group: /app/web, file: web-a.log, stream: a}
  - {group: /app/web, file: web-b.log, stream: b}
  - {group: /old/dates, file: old.log, span: 1h}
`;
const BESIDE = {
  'checkout.log': [
    'before any time',
    '2026-11-20T09:30:00Z ERROR first',
    '    at checkout.js:12',
    '1795167060000 epoch',
    '2026-11-20 09:32:00,250 INFO comma',
    '[2026-11-20T09:33:00+09:00] bracket',
    '2026-13-45T09:30:00Z no such month',
    '',
    '2026-11-20T10:05:00Z from the future',
  ].join('\n'),
  'web-a.log': '2026-11-20T09:50:00Z a1\r\n2026-11-20T09:52:00Z a2\r\n',
  'web-b.log': '2026-11-20T09:51:00Z b1\n2026-11-20T09:49:00Z b0\n',
  'old.log': Array.from({ length: 4 }, (_, i) => `2005-01-0${i + 1}T00:00:00Z line ${i}`).join('\n'),
};
const opened = () => openAccount(shop(GROUPS), { beside: BESIDE });

async function start({ logs }: Opened, group: string, queryString: string, minutes = 24 * 60) {
  const end = START.getTime() / 1000;
  const command = new StartQueryCommand({
    logGroupName: group,
    startTime: end - minutes * 60,
    endTime: end + 3600,
    queryString,
  });
  return (await logs.send(command)).queryId ?? '';
}

async function results(account: Opened, queryId: string) {
  for (;;) {
    const answer = await account.logs.send(new GetQueryResultsCommand({ queryId }));
    if (answer.status === 'Running' || answer.status === 'Scheduled') continue;
    const rows = (answer.results ?? []).map((row) =>
      Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])),
    );
    return { ...answer, rows };
  }
}

async function ask(account: Opened, group: string, query: string, minutes?: number) {
  return results(account, await start(account, group, query, minutes));
}

describe('log groups', () => {
  test('are those of the file and of its functions, by name', async () => {
    const { logs } = await opened();
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups.map((group) => group.logGroupName)).toEqual([
      '/app/web',
      '/aws/lambda/checkout',
      '/aws/lambda/mailer',
      '/old/dates',
    ]);
    expect(logGroups[0]).toMatchObject({
      arn: 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/app/web:*',
      storedBytes: BESIDE['web-a.log'].length + BESIDE['web-b.log'].length,
    });
  });

  test('are found by the beginning or by a part of their names', async () => {
    const { logs, clientsIn } = await opened();
    const names = async (input: object) =>
      (await logs.send(new DescribeLogGroupsCommand(input))).logGroups?.map((group) => group.logGroupName);
    expect(await names({ logGroupNamePrefix: '/aws' })).toEqual([
      '/aws/lambda/checkout',
      '/aws/lambda/mailer',
    ]);
    expect(await names({ logGroupNamePattern: 'WEB' })).toEqual(['/app/web']);
    const { logs: elsewhere } = clientsIn('us-west-2');
    expect((await elsewhere.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });

  test('come fifty at a time', async () => {
    const groups = Array.from({ length: 120 }, (_, i) => `{name: f-${i}}`).join(', ');
    const { logs } = await openAccount(shop(`lambda: [${groups}]\n`));
    const sizes: number[] = [];
    for await (const page of paginateDescribeLogGroups({ client: logs }, {}))
      sizes.push(page.logGroups?.length ?? 0);
    expect(sizes).toEqual([50, 50, 20]);
  });
});

describe('the time of a line', () => {
  test('is the one it begins with, or that of the line before', async () => {
    const { rows } = await ask(await opened(), '/aws/lambda/checkout', 'sort @timestamp asc');
    expect(rows.map((row) => `${row['@timestamp']} ${row['@message']}`)).toEqual(
      [
        '2026-11-20 00:33:00.000 [2026-11-20T09:33:00+09:00] bracket',
        '2026-11-20 00:33:00.000 2026-13-45T09:30:00Z no such month',
        '2026-11-20 09:30:00.000 before any time',
        '2026-11-20 09:30:00.000 2026-11-20T09:30:00Z ERROR first',
        '2026-11-20 09:30:00.000     at checkout.js:12',
        '2026-11-20 09:31:00.000 epoch',
        '2026-11-20 09:32:00.250 2026-11-20 09:32:00,250 INFO comma',
      ].sort(),
    );
  });

  test('what lies ahead is there when its time has come', async () => {
    const account = await opened();
    const future = 'filter @message like "future" | stats count(*) as n';
    expect((await ask(account, '/aws/lambda/checkout', future)).rows).toEqual([]);
    account.advance(6 * MINUTE);
    expect((await ask(account, '/aws/lambda/checkout', future)).rows).toEqual([{ n: '1' }]);
  });

  test('with a span, lines are spread evenly up to the start of the run, whatever dates they carry', async () => {
    const { rows } = await ask(await opened(), '/old/dates', 'fields @timestamp, @message');
    expect(rows.map((row) => row['@timestamp'])).toEqual([
      '2026-11-20 10:00:00.000',
      '2026-11-20 09:45:00.000',
      '2026-11-20 09:30:00.000',
      '2026-11-20 09:15:00.000',
    ]);
  });
});

describe('a query', () => {
  test('runs over all streams of a group, newest first', async () => {
    const { rows, statistics, status } = await ask(await opened(), '/app/web', 'fields @message, @logStream');
    expect(status).toBe('Complete');
    expect(rows.map((row) => [row['@message']?.slice(-2), row['@logStream']])).toEqual([
      ['a2', 'a'],
      ['b1', 'b'],
      ['a1', 'a'],
      ['b0', 'b'],
    ]);
    expect(statistics).toMatchObject({ recordsMatched: 4, recordsScanned: 4, logGroupsScanned: 1 });
  });

  test('sees the time it is asked for only', async () => {
    const { rows } = await ask(await opened(), '/app/web', 'fields @message', 9);
    expect(rows.map((row) => row['@message']?.slice(-2))).toEqual(['a2', 'b1']);
  });

  test('gives pointers to whole events', async () => {
    const account = await openAccount(shop('logs: [{group: /app/json, file: json.log}]\n'), {
      beside: { 'json.log': `1795168260000 {"level":"error","text":"${'x'.repeat(20_000)}"}\n` },
    });
    const { rows } = await ask(account, '/app/json', 'fields @message, strlen(@message) as chars, level');
    expect(rows[0]?.['@message']).toHaveLength(10_000);
    expect(rows[0]).toMatchObject({ level: 'error', chars: '20027' });
    const pointer = rows[0]?.['@ptr'] ?? '';
    const { logRecord } = await account.logs.send(new GetLogRecordCommand({ logRecordPointer: pointer }));
    expect(logRecord?.['@message']).toHaveLength(20_027);
    expect(logRecord).toMatchObject({
      level: 'error',
      '@log': '111122223333:/app/json',
      '@timestamp': '1795168260000',
    });
    await expect(
      account.logs.send(new GetLogRecordCommand({ logRecordPointer: 'bm9uZQ' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('that is wrong gets the error AWS gives, and where', async () => {
    const account = await opened();
    const error = await start(account, '/app/web', 'fields @message | where x = 1').catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MalformedQueryException);
    expect(error).toMatchObject({
      message: 'unexpected symbol found where at line 1 and position 19',
      queryCompileError: { location: { startCharOffset: 18, endCharOffset: 23 } },
    });
  });

  test('of a group that is not there is refused', async () => {
    await expect(start(await opened(), '/app/nothing', 'limit 1')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('can be stopped once', async () => {
    const account = await opened();
    const queryId = await start(account, '/app/web', 'limit 1');
    expect(await account.logs.send(new StopQueryCommand({ queryId }))).toMatchObject({ success: true });
    expect((await account.logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Cancelled');
    await expect(account.logs.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('whose expression backtracks without end ends as timed out', async () => {
    const account = await openAccount(shop('logs: [{group: /app/a, file: a.log}]\n'), {
      beside: { 'a.log': `2026-11-20T09:59:00Z ${'a'.repeat(60)}!\n` },
    });
    const { status } = await ask(account, '/app/a', 'filter @message like /(a+)+$/');
    expect(status).toBe('Timeout');
    expect((await ask(account, '/app/a', 'stats count(*) as n')).rows).toEqual([{ n: '1' }]);
  }, 20_000);

  test('of which the file wants only a part ends with what it found', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `2026-11-20T09:00:00Z line ${i}`).join('\n');
    const account = await openAccount(
      shop(
        'logs: [{group: /app/a, file: a.log}]\ntrouble: [{service: logs, action: StartQuery, error: PartialData}]\n',
      ),
      { beside: { 'a.log': lines } },
    );
    const { status, statistics } = await ask(account, '/app/a', 'fields @message');
    expect(status).toBe('Timeout');
    expect(statistics?.recordsScanned).toBe(1_000);
  });
});
