import { SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import {
  GetLogRecordCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { RebootInstancesCommand } from '@aws-sdk/client-ec2';
import { describe, expect, test } from 'vitest';
import { readAccountFile } from '../../../mcp-server/simulator/account-file.ts';
import { type CostLine, costsAfterFaults } from '../../../mcp-server/simulator/world/faults/costs.ts';
import { createWorld } from '../../../mcp-server/simulator/world/world.ts';
import { openDrill } from '../drill.ts';
import { MINUTE, START, shop, WEB_1, writeAccount } from '../opened-account.ts';

const DAY = 24 * 60 * MINUTE;
const MORE = `lambda: [{name: checkout}]
dependencies: [{from: checkout, to: front}]
alarms:
  - {name: errors, namespace: AWS/Lambda, metric: Errors, dimensions: {FunctionName: checkout}, threshold: 5, period: 60, periods: 2}
`;
const BURST = '{at: +2m, kind: log_error_burst, on: checkout}';

describe('log_error_burst', () => {
  test('pours errors into the log until what causes it is mended', async () => {
    const cause = '{at: +1m, kind: instance_impaired, on: web-1}';
    const { advance, ec2, logLines, alarm } = await openDrill(shop(`${MORE}faults: [${cause}, ${BURST}]\n`));
    const poured = async () => (await logLines('/aws/lambda/checkout', 1)).length;
    advance(MINUTE);
    expect(await poured()).toBe(0);
    advance(5 * MINUTE);
    expect(await poured()).toBeGreaterThan(150);
    expect(await alarm('errors')).toBe('ALARM');
    advance(60 * MINUTE);
    expect(await poured()).toBeGreaterThan(150);
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(5 * MINUTE);
    expect(await poured()).toBe(0);
    expect(await alarm('errors')).toBe('OK');
  });

  test('passes by itself where nothing in the file causes it', async () => {
    const { advance, logLines } = await openDrill(shop(`${MORE}faults: [${BURST}]\n`));
    advance(31 * MINUTE);
    expect((await logLines('/aws/lambda/checkout', 1)).length).toBeGreaterThan(150);
    advance(5 * MINUTE);
    expect(await logLines('/aws/lambda/checkout', 1)).toEqual([]);
  });

  test('writes lines that stay the same, in order, each behind its pointer', async () => {
    const { advance, logs, account, ec2, logLines } = await openDrill(
      shop(`${MORE}faults: [${BURST}, {at: +1m, kind: instance_impaired, on: web-1}]\n`),
    );
    advance(10 * MINUTE);
    const { queryId } = await logs.send(
      new StartQueryCommand({
        logGroupName: '/aws/lambda/checkout',
        startTime: START.getTime() / 1000,
        endTime: account.now().getTime() / 1000,
        queryString: 'fields @timestamp, @message, @logStream | sort @timestamp asc | limit 50',
      }),
    );
    const { results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
    const rows = results.map((row) =>
      Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])),
    );
    const times = rows.map((row) => row['@timestamp'] ?? '');
    expect(times).toEqual([...times].sort());
    await ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
    advance(5 * MINUTE);
    for (const row of rows.slice(0, 5)) {
      const { logRecord } = await logs.send(new GetLogRecordCommand({ logRecordPointer: row['@ptr'] ?? '' }));
      expect(logRecord?.['@message']).toBe(row['@message']);
      expect(logRecord?.['@logStream']).toBe(row['@logStream']);
    }
    expect((await logLines('/aws/lambda/checkout', 15)).slice(0, 50)).toEqual(
      rows.map((row) => row['@message']),
    );
  });

  test('of a month is read where it is asked for', async () => {
    const { advance, logLines } = await openDrill(
      shop(
        `${MORE}faults: [{at: -30d, kind: permission_denied, on: checkout}, {at: -30d, kind: log_error_burst, on: checkout}]\n`,
      ),
    );
    advance(MINUTE);
    const lines = await logLines('/aws/lambda/checkout', 5);
    expect(lines.length).toBeGreaterThan(800);
    expect(
      lines.every((line) => line.startsWith('2026-11-20T09:5') || line.startsWith('2026-11-20T10:0')),
    ).toBe(true);
  });
});

describe('groups that only faults write to', () => {
  test('are there from the first line on', async () => {
    const { advance, logGroups, logLines } = await openDrill(
      shop('faults: [{at: +2m, kind: disk_full, on: web-1}]\n'),
    );
    expect(await logGroups()).toEqual([]);
    await expect(logLines('/var/log/messages')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    advance(10 * MINUTE);
    expect(await logGroups()).toEqual(['/var/log/messages']);
    expect((await logLines('/var/log/messages')).length).toBeGreaterThan(30);
  });
});

describe('cost_spike', () => {
  const bill: CostLine[] = Array.from({ length: 20 }, (_, index) => {
    const day = new Date(START.getTime() - index * DAY).toISOString().slice(0, 10);
    const line = { day, account: '111122223333', region: 'ap-northeast-2', tags: {} };
    return [
      { ...line, service: 'AmazonEC2', usageType: 'BoxUsage:t3.medium', amount: 20 },
      { ...line, service: 'AmazonEC2', usageType: 'EBS:VolumeUsage', amount: 3 },
      { ...line, service: 'AWSLambda', usageType: 'Request', amount: 2 },
    ];
  }).flat();

  async function billAt(fault: string, nowMs: number, journal: Parameters<typeof createWorld>[2] = []) {
    const file = await readAccountFile(await writeAccount(shop(`${MORE}faults: [${fault}]\n`)));
    const after = costsAfterFaults(createWorld(file, START.getTime(), journal), bill, nowMs);
    const day = (offset: number) => new Date(START.getTime() + offset * DAY).toISOString().slice(0, 10);
    return (usageType: string, offset: number) =>
      after.find((line) => line.usageType === usageType && line.day === day(offset))?.amount;
  }

  test('raises what costs most of the service, from its time on', async () => {
    const amount = await billAt('{at: -3d, kind: cost_spike, on: web-asg, severity: 1}', START.getTime());
    expect(amount('BoxUsage:t3.medium', -4)).toBe(20);
    // From 10:00 on, on the first day.
    expect(amount('BoxUsage:t3.medium', -3)).toBeCloseTo(20 + 120 * (14 / 24));
    expect(amount('BoxUsage:t3.medium', -1)).toBe(140);
    expect(amount('BoxUsage:t3.medium', 0)).toBeCloseTo(20 + 120 * (10 / 24));
    expect(amount('EBS:VolumeUsage', -1)).toBe(3);
    expect(amount('Request', -1)).toBe(2);
  });

  test('may name the service as the bill does, and goes on for days the bill does not have yet', async () => {
    const later = START.getTime() + 2 * DAY;
    const amount = await billAt('{at: -1d, kind: cost_spike, on: awslambda, severity: 0.5}', later);
    expect(amount('Request', -2)).toBe(2);
    expect(amount('Request', 1)).toBe(6);
    expect(amount('BoxUsage:t3.medium', -1)).toBe(20);
  });

  test('may be of a service that was not on the bill', async () => {
    const amount = await billAt('{at: -1d, kind: cost_spike, on: front, severity: 1}', START.getTime());
    expect(amount('Usage', -2)).toBeUndefined();
    // A twentieth of a day's 25 dollars, six times, for ten hours.
    expect(amount('Usage', 0)).toBeCloseTo(25 * 0.05 * 6 * (10 / 24));
  });

  test('goes on when its group grows and ends when it shrinks', async () => {
    const { autoscaling, advance, account, file } = await openDrill(
      shop(`${MORE}faults: [{at: +1h, kind: cost_spike, on: web-asg}]\n`),
    );
    const scaled = async (DesiredCapacity: number) => {
      const input = { AutoScalingGroupName: 'web-asg', DesiredCapacity };
      await autoscaling.send(new SetDesiredCapacityCommand(input));
    };
    advance(2 * 60 * MINUTE);
    await scaled(3);
    expect(account.now().getTime()).toBe(START.getTime() + 2 * 60 * MINUTE);
    const effect = (at: number, desired: number, terminated: string[]) => ({
      at: START.getTime() + at,
      region: 'ap-northeast-2',
      eventId: String(at),
      by: 'arn:aws:iam::111122223333:user/operator',
      source: 'autoscaling.amazonaws.com',
      event: 'SetDesiredCapacity',
      parameters: {},
      resources: [],
      effect: { kind: 'set_desired' as const, group: 'web-asg', desired, launched: [], terminated },
    });
    const tomorrow = START.getTime() + 2 * DAY;
    const spikeOn = (journal: Parameters<typeof createWorld>[2]) =>
      costsAfterFaults(createWorld(file, START.getTime(), journal), bill, tomorrow).filter(
        ({ day }) => day === '2026-11-21',
      );
    expect(spikeOn([effect(2 * 60 * MINUTE, 3, [])])).toHaveLength(1);
    expect(spikeOn([effect(2 * 60 * MINUTE, 1, [WEB_1])])).toEqual([]);
  });
});
