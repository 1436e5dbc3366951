import { afterEach, expect, test } from 'vitest';
import type { CallProposal } from '../../mcp-server/contract/proposal.ts';
import { META, METHODS } from '../../mcp-server/contract/wire.ts';
import { grantFor, type RunningServer, startServer } from './running-server.ts';

// A rule about the account counts all of it, wherever the call looks.

const instance = (number: number, az: string) =>
  `  - {id: i-0b47c0de0000000${number}, name: web-${number}, type: t3.micro, az: ${az}}`;

const TWO_REGIONS = `
account: "111122223333"
alias: shop
regions: [eu-west-1, us-east-1]
clock: 2026-11-20T09:00:00Z
ec2:
${[1, 2].map((number) => instance(number, 'eu-west-1a')).join('\n')}
${[3, 4, 5].map((number) => instance(number, 'us-east-1a')).join('\n')}
asg:
  - {name: one-asg, min: 0, max: 4, desired: 1, region: eu-west-1, instances: [web-1]}
  - {name: two-asg, min: 0, max: 4, desired: 1, region: eu-west-1, instances: [web-2]}
  - {name: far-a-asg, min: 0, max: 4, desired: 0, region: us-east-1}
  - {name: far-b-asg, min: 0, max: 4, desired: 0, region: us-east-1}
`;

let server: RunningServer;
const shop = async (more = '') => {
  server = await startServer({ account: TWO_REGIONS + more });
};
afterEach(() => server.stop());

test('what is proposed without a region runs with the resolved one', async () => {
  await shop();
  const { proposal } = await server.failing('stop_instances', { instances: ['web-1', 'web-2'] });
  const { arguments: resolved } = proposal as CallProposal;
  expect(resolved).toMatchObject({ region: 'eu-west-1' });
  const { output } = await server.call('stop_instances', resolved, {
    [META.grant]: grantFor(proposal!, server.home.key),
  });
  expect(output.changes.map(({ name }) => name)).toEqual(['web-1', 'web-2']);
});

test('a region still narrows what a name means', async () => {
  await shop();
  const args = { instances: ['web-1'], region: 'us-east-1' };
  expect(await server.failing('stop_instances', args)).toMatchObject({ code: 'not_found' });
});

test('groups are counted in all regions too', async () => {
  await shop();
  const steps = ['one-asg', 'two-asg'].map((group) => ({
    tool: 'set_desired_capacity',
    arguments: { group, desired: 0, region: 'eu-west-1' },
  }));
  expect(await server.method(METHODS.proposePlan, { steps })).toMatchObject({ proposal: { kind: 'plan' } });
});

test('a region that cannot be seen counts for nothing, and the proposal says so', async () => {
  await shop(
    'trouble:\n  - {service: ec2, action: DescribeInstances, region: us-east-1, error: UnauthorizedOperation}\n',
  );
  const args = { instances: ['web-1', 'web-2'], region: 'eu-west-1' };
  expect(await server.failing('stop_instances', args)).toMatchObject({ rule: 'more_than_half' });
  const { proposal } = await server.failing('stop_instances', { ...args, instances: ['web-1'] });
  expect((proposal as CallProposal).blast_radius.gaps).toMatchObject([
    { what: 'instances', why: 'denied', region: 'us-east-1' },
  ]);
});

test('a region that cannot be seen is a failure when the call looks there', async () => {
  await shop(
    'trouble:\n  - {service: ec2, action: DescribeInstances, region: us-east-1, error: UnauthorizedOperation}\n',
  );
  const args = { instances: ['web-3'], region: 'us-east-1' };
  expect(await server.failing('stop_instances', args)).toMatchObject({ code: 'denied' });
});
