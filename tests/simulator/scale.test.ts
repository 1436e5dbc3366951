import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand, paginateDescribeInstances } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { MINUTE, openAccount, START } from './opened-account.ts';

const COUNT = 10_000;

function crowd(): string {
  const lines = ['account: "111122223333"', 'regions: [ap-northeast-2]', 'ec2:'];
  for (let i = 0; i < COUNT; i += 1) {
    const id = `i-0${i.toString(16).padStart(16, '0')}`;
    const state = i % 10 === 0 ? 'stopped' : 'running';
    lines.push(
      `  - {id: ${id}, name: node-${i}, type: t3.micro, state: ${state}, az: ap-northeast-2a, tags: {shard: s${i % 7}}}`,
    );
  }
  lines.push('metrics:');
  for (let i = 0; i < 500; i += 1) {
    lines.push(
      `  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: node-${i}}, shape: {base: 30, noise: 0.2}}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

describe('an account of ten thousand instances', () => {
  it('is loaded, paged through and measured', async () => {
    const { ec2, cloudwatch } = await openAccount(crowd());
    const seen = new Set<string>();
    let pages = 0;
    for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, {})) {
      pages += 1;
      for (const one of Reservations) seen.add(one.Instances?.[0]?.InstanceId ?? '');
    }
    expect([pages, seen.size]).toEqual([10, COUNT]);
    const stopped = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: 'instance-state-name', Values: ['stopped'] }] }),
    );
    expect(stopped.Reservations).toHaveLength(1000);
    const MetricDataQueries = Array.from({ length: 500 }, (_, i) => ({
      Id: `q${i}`,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/EC2',
          MetricName: 'CPUUtilization',
          Dimensions: [{ Name: 'InstanceId', Value: `i-0${i.toString(16).padStart(16, '0')}` }],
        },
        Period: 300,
        Stat: 'Average',
      },
    }));
    const { MetricDataResults = [] } = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(START.getTime() - 60 * MINUTE),
        EndTime: START,
        MetricDataQueries,
      }),
    );
    expect(MetricDataResults.filter((one) => one.Values?.length === 12)).toHaveLength(450);
  });
});

describe('the simulator', () => {
  it('loads no client package', async () => {
    const folder = fileURLToPath(new URL('../../mcp-server/simulator/', import.meta.url));
    const files = globSync(`${folder}**/*.ts`);
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) {
      const imports =
        (await readFile(file, 'utf8')).match(/^import [^;]*'@(aws-sdk|smithy)\/[^;]*;/gms) ?? [];
      expect(
        imports.filter((one) => !one.startsWith('import type')),
        file,
      ).toEqual([]);
    }
  });
});
