import { expect, it } from 'vitest';
import { limitOf, limitsAfter } from '../../../src/terminal/transcript/limits.ts';
import { callView, cpu, done, FACTS, SEEN } from '../samples.ts';

it('knows from a list of alarms what is too much and what is too little, as the tool says it', () => {
  const alarm = (name: string, instance: string, comparison: string) => ({
    name,
    state: 'OK',
    dimensions: { InstanceId: instance },
    namespace: 'AWS/EC2',
    metric: 'CPUUtilization',
    comparison,
    threshold: 80,
    account: '111122223333',
    region: 'ap-northeast-2',
  });
  const alarms = [
    alarm('high', 'i-web', '>'),
    alarm('at least', 'i-api', '>='),
    alarm('low', 'i-db', '<'),
    alarm('odd', 'i-odd', 'GreaterThanUpperThreshold'),
  ];
  const listed = done({ alarms, counts: { OK: 4 }, coverage: SEEN, call: FACTS });
  const limits = limitsAfter([], callView('list_alarms', {}, listed));
  const over = (name: string) => limitOf(cpu(name, [1]), limits)?.over;
  expect([over('web'), over('api'), over('db'), over('odd'), over('other')]).toEqual([
    true,
    true,
    false,
    undefined,
    undefined,
  ]);
  expect(limitsAfter(limits, callView('list_instances', {}, listed))).toBe(limits);
});
