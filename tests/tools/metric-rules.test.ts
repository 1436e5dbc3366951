import { expect, test } from 'vitest';
import { unitOf, usualStatistic } from '../../mcp-server/tools/metric-rules.ts';

test.each([
  ['RequestCount', 'Sum'],
  // AWS keeps nothing but the sum of it.
  ['RequestCountPerTarget', 'Sum'],
  ['NewFlowCount', 'Sum'],
  ['TCP_Target_Reset_Count', 'Sum'],
  ['ActiveFlowCount', 'Average'],
  ['UnHealthyHostCount', 'Maximum'],
  ['IntegrationError', 'Sum'],
])('%s is summed up as %s', (metric, statistic) => {
  expect(usualStatistic(metric)).toBe(statistic);
});

test('one name has a unit for each service that has it', () => {
  expect(unitOf('Latency', 'AWS/ApiGateway')).toBe('Milliseconds');
  expect(unitOf('Latency', 'AWS/ELB')).toBeNull();
  expect(unitOf('RequestCountPerTarget', 'AWS/ApplicationELB')).toBe('Count');
});
