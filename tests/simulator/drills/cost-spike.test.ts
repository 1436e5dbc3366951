import { CostExplorerClient, GetCostAndUsageCommand } from '@aws-sdk/client-cost-explorer';
import { RebootInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { openDrill } from '../drill.ts';
import { MINUTE, shop, WEB_1 } from '../opened-account.ts';

const HOUR = 60 * MINUTE;
const days = Array.from({ length: 20 }, (_, i) => `2026-11-${String(i + 1).padStart(2, '0')}`);
const bill = ['date,account,service,region,usage_type,amount']
  .concat(days.map((day) => `${day},111122223333,AmazonEC2,ap-northeast-2,BoxUsage,24`))
  .join('\n');

async function opened(faults: string) {
  const drill = await openDrill(shop(`costs: {file: costs.csv}\n${faults}`), {
    beside: { 'costs.csv': bill },
  });
  const ce = new CostExplorerClient({ region: 'us-east-1' });
  drill.account.attach(ce);
  const costs = async (): Promise<number[]> => {
    const { ResultsByTime = [] } = await ce.send(
      new GetCostAndUsageCommand({
        TimePeriod: { Start: '2026-11-18', End: '2026-11-22' },
        Granularity: 'DAILY',
        Metrics: ['UnblendedCost'],
      }),
    );
    return ResultsByTime.map((one) => Math.round(Number(one.Total?.UnblendedCost?.Amount)));
  };
  return { ...drill, costs };
}

it('a spike is on the bill of its days, goes on after a reboot, and ends when the instance is stopped', async () => {
  const drill = await opened('faults: [{at: +2h, kind: cost_spike, on: web-1, severity: 1}]');
  expect(await drill.costs()).toEqual([24, 24, 24, 0]);
  // 10:00 + 2 h; by 18:00 six hours of it, at six times the usual.
  drill.advance(8 * HOUR);
  expect((await drill.costs())[2]).toBe(24 + 36);
  await drill.ec2.send(new RebootInstancesCommand({ InstanceIds: [WEB_1] }));
  drill.advance(6 * HOUR);
  const rebooted = await drill.costs();
  expect(rebooted[2]).toBe(24 + 72);
  await drill.ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
  drill.advance(HOUR);
  const stopped = await drill.costs();
  drill.advance(2 * HOUR);
  expect(await drill.costs()).toEqual(stopped);
});
