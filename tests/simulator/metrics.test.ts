import {
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { DocumentError } from '../../mcp-server/contract/document.ts';
import { MINUTE, openAccount, START, shop, WEB_1 } from './opened-account.ts';

const ago = (minutes: number) => new Date(START.getTime() - minutes * MINUTE);

function query(
  Stat: string,
  Period: number,
  more: Partial<{ id: string; name: string; dimensions: Record<string, string>; namespace: string }> = {},
): MetricDataQuery {
  const { id = 'm', name = 'Depth', dimensions = {}, namespace = 'Shop' } = more;
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period,
      Stat,
    },
  };
}

/** Ten minutes before the start: the values 1 to 10. */
const TEN = [
  'timestamp,value',
  ...Array.from({ length: 10 }, (_, i) => `${ago(10 - i).toISOString()},${i + 1}`),
].join('\n');
const QUEUE = {
  yaml: shop('metrics: [{namespace: Shop, name: Depth, file: depth.csv}]\n'),
  beside: { 'depth.csv': TEN },
};

describe('a metric with a file', () => {
  it('is aggregated to the period asked for', async () => {
    const { cloudwatch } = await openAccount(QUEUE.yaml, { beside: QUEUE.beside });
    const values = async (stat: string, period: number) => {
      const { MetricDataResults } = await cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: ago(10),
          EndTime: START,
          ScanBy: 'TimestampAscending',
          MetricDataQueries: [query(stat, period)],
        }),
      );
      return MetricDataResults?.[0]?.Values;
    };
    expect(await values('Average', 300)).toEqual([3, 8]);
    expect(await values('Sum', 300)).toEqual([15, 40]);
    expect(await values('Minimum', 300)).toEqual([1, 6]);
    expect(await values('Maximum', 300)).toEqual([5, 10]);
    expect(await values('SampleCount', 300)).toEqual([5, 5]);
    expect(await values('p50', 300)).toEqual([3, 8]);
    expect(await values('p90', 600)).toEqual([9.1]);
    expect(await values('Average', 60)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('comes newest first unless asked otherwise, and never from the future', async () => {
    const { cloudwatch, advance } = await openAccount(QUEUE.yaml, { beside: QUEUE.beside, realTime: ago(5) });
    const read = async () =>
      (
        await cloudwatch.send(
          new GetMetricDataCommand({
            StartTime: ago(60),
            EndTime: START,
            MetricDataQueries: [query('Sum', 60)],
          }),
        )
      ).MetricDataResults?.[0];
    expect((await read())?.Values).toEqual([6, 5, 4, 3, 2, 1]);
    advance(2 * MINUTE);
    expect((await read())?.Values).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    expect((await read())?.Timestamps?.[0]).toEqual(ago(3));
  });

  it('replayed ends at the start of the run, and begins anew after it', async () => {
    const old = TEN.replaceAll('2026-11-20', '2015-03-01').replaceAll('.000Z', '').replaceAll('T', ' ');
    const { cloudwatch, advance } = await openAccount(
      QUEUE.yaml.replace('depth.csv}', 'depth.csv, replay: true}'),
      {
        beside: { 'depth.csv': old.replace('timestamp', 'time') },
      },
    );
    const read = async () =>
      (
        await cloudwatch.send(
          new GetMetricDataCommand({
            StartTime: ago(4),
            EndTime: ago(-9),
            ScanBy: 'TimestampAscending',
            MetricDataQueries: [query('Sum', 60)],
          }),
        )
      ).MetricDataResults?.[0]?.Values;
    expect(await read()).toEqual([6, 7, 8, 9, 10]);
    advance(3 * MINUTE);
    expect(await read()).toEqual([6, 7, 8, 9, 10, 1, 2, 3]);
  });

  it('that cannot be read names the line', async () => {
    const { cloudwatch } = await openAccount(QUEUE.yaml, {
      beside: { 'depth.csv': `${TEN}\nyesterday,many\n` },
    });
    const request = new GetMetricDataCommand({
      StartTime: ago(10),
      EndTime: START,
      MetricDataQueries: [query('Sum', 60)],
    });
    const error = await cloudwatch.send(request).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DocumentError);
    expect(error).toMatchObject({ line: 12, message: expect.stringMatching(/depth\.csv:12: .*yesterday/) });
  });
});

describe('a metric with a shape', () => {
  const yaml = shop(`metrics:
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, shape: {base: 95, noise: 0.5, daily: 0.3}}
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: batch-1}, shape: {base: 40}}
`);
  const cpu = (InstanceId: string) =>
    query('Average', 60, { namespace: 'AWS/EC2', name: 'CPUUtilization', dimensions: { InstanceId } });
  const day = { StartTime: ago(24 * 60), EndTime: START };

  it('is the same every time, and a percentage stays one', async () => {
    const read = async () =>
      (
        await (
          await openAccount(yaml)
        ).cloudwatch.send(new GetMetricDataCommand({ ...day, MetricDataQueries: [cpu(WEB_1)] }))
      ).MetricDataResults?.[0]?.Values ?? [];
    const values = await read();
    expect(values).toHaveLength(24 * 60);
    expect(Math.max(...values)).toBe(100);
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(new Set(values).size).toBeGreaterThan(100);
    expect(await read()).toEqual(values);
  });

  it('has no points of an instance that does not run, nor of one by its name', async () => {
    const { cloudwatch } = await openAccount(yaml);
    const { MetricDataResults } = await cloudwatch.send(
      new GetMetricDataCommand({
        ...day,
        MetricDataQueries: [
          { ...cpu('i-00000000000000003'), Id: 'a' },
          { ...cpu('web-1'), Id: 'b' },
          { ...cpu('i-0ffffffffffffffff'), Id: 'c' },
        ],
      }),
    );
    expect(MetricDataResults?.map((one) => one.Values?.length)).toEqual([0, 0, 0]);
  });
});

describe('asking for many', () => {
  const many = shop(
    `metrics:\n${Array.from({ length: 6 }, (_, i) => `  - {namespace: Shop, name: M${i}, shape: {base: ${i + 1}}}`).join('\n')}\n`,
  );

  it('refuses more than 500 queries, as CloudWatch does', async () => {
    const { cloudwatch } = await openAccount(many);
    const queries = Array.from({ length: 501 }, (_, i) => query('Sum', 60, { id: `q${i}`, name: 'M1' }));
    const request = new GetMetricDataCommand({
      StartTime: ago(5),
      EndTime: START,
      MetricDataQueries: queries,
    });
    await expect(cloudwatch.send(request)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('500'),
    });
    await cloudwatch.send(
      new GetMetricDataCommand({ StartTime: ago(5), EndTime: START, MetricDataQueries: queries.slice(1) }),
    );
  });

  it('pages by datapoints, and loses none', async () => {
    const { cloudwatch } = await openAccount(many);
    const queries = Array.from({ length: 6 }, (_, i) => query('Sum', 60, { id: `q${i}`, name: `M${i}` }));
    const found = new Map<string, number>();
    let pages = 0;
    const input = { StartTime: ago(20), EndTime: START, MetricDataQueries: queries, MaxDatapoints: 50 };
    for await (const page of paginateGetMetricData({ client: cloudwatch }, input)) {
      pages += 1;
      expect(
        page.MetricDataResults?.reduce((sum, one) => sum + (one.Values?.length ?? 0), 0),
      ).toBeLessThanOrEqual(50);
      for (const one of page.MetricDataResults ?? []) {
        found.set(one.Id ?? '', (found.get(one.Id ?? '') ?? 0) + (one.Values?.length ?? 0));
      }
    }
    expect(pages).toBe(3);
    expect([...found.values()]).toEqual([20, 20, 20, 20, 20, 20]);
  });

  it.each<[name: string, change: Partial<MetricDataQuery>]>([
    ['an id in upper case', { Id: 'Q' }],
    ['a period of 45 seconds', query('Sum', 45)],
    ['a statistic that does not exist', query('Mean', 60)],
  ])('refuses %s', async (_name, change) => {
    const { cloudwatch } = await openAccount(many);
    const MetricDataQueries = [{ ...query('Sum', 60, { name: 'M1' }), ...change }];
    const request = new GetMetricDataCommand({ StartTime: ago(5), EndTime: START, MetricDataQueries });
    await expect(cloudwatch.send(request)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('keeps the same metric of two regions apart', async () => {
    const { clientsIn } = await openAccount(
      shop(`metrics:
  - {namespace: Shop, name: Orders, shape: {base: 7}}
  - {namespace: Shop, name: Orders, shape: {base: 3}, region: us-west-2}
`),
    );
    const read = async (region: string) => {
      const MetricDataQueries = [query('Sum', 60, { name: 'Orders' })];
      const request = new GetMetricDataCommand({ StartTime: ago(1), EndTime: START, MetricDataQueries });
      return (await clientsIn(region).cloudwatch.send(request)).MetricDataResults?.[0]?.Values;
    };
    expect(await read('ap-northeast-2')).toEqual([7]);
    expect(await read('us-west-2')).toEqual([3]);
    expect(await read('eu-west-1')).toEqual([]);
  });

  it('lists metrics by what they have, under the names AWS has', async () => {
    const { cloudwatch } = await openAccount(
      shop(
        'metrics: [{namespace: AWS/ApplicationELB, name: RequestCount, dimensions: {LoadBalancer: front}, shape: {base: 3}}]\n',
      ),
    );
    const { Metrics = [] } = await cloudwatch.send(
      new ListMetricsCommand({ Namespace: 'AWS/ApplicationELB' }),
    );
    expect(Metrics).toHaveLength(1);
    const value = Metrics[0]?.Dimensions?.[0]?.Value ?? '';
    expect(value).toMatch(/^app\/front\/[0-9a-f]{16}$/);
    for (const LoadBalancer of [value, 'front']) {
      const { MetricDataResults } = await cloudwatch.send(
        new GetMetricDataCommand({
          StartTime: ago(5),
          EndTime: START,
          MetricDataQueries: [
            query('Sum', 300, {
              namespace: 'AWS/ApplicationELB',
              name: 'RequestCount',
              dimensions: { LoadBalancer },
            }),
          ],
        }),
      );
      expect(MetricDataResults?.[0]?.Values).toEqual([15]);
    }
  });
});
