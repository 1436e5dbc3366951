import { expect, test } from 'vitest';
import { directory } from '../../mcp-server/contract/directory.ts';
import { RESOURCES } from '../../mcp-server/contract/wire.ts';
import { startServer } from './running-server.ts';

const THREE_REGIONS = (trouble: string) => `
account: "111122223333"
alias: world
regions: [us-east-1, eu-west-1, ap-northeast-2]
clock: 2026-11-20T09:00:00Z
ec2:
  - {id: i-0b47c0de00000001, name: web-1, type: t3.medium, az: us-east-1a}
  - {id: i-0b47c0de00000002, name: web-2, type: t3.medium, az: eu-west-1a}
  - {id: i-0b47c0de00000003, name: web-3, type: t3.medium, az: ap-northeast-2a}
metrics:
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, shape: {base: 40}, region: us-east-1}
trouble:
  - ${trouble}
`;

async function withTrouble(
  trouble: string,
  look: (server: Awaited<ReturnType<typeof startServer>>) => Promise<void>,
) {
  const server = await startServer({ account: THREE_REGIONS(trouble) });
  try {
    await look(server);
  } finally {
    await server.stop();
  }
}

test('denied in one of three regions: the others answer and coverage says so', () =>
  withTrouble(
    '{service: ec2, action: DescribeInstances, region: eu-west-1, error: UnauthorizedOperation}',
    async (server) => {
      const { output, text } = await server.call('list_instances');
      expect(output.instances.map((row) => row.name)).toEqual(['web-3', 'web-1']);
      expect(output.coverage.gaps).toEqual([
        {
          what: 'instances',
          why: 'denied',
          detail: 'Not allowed: ec2:DescribeInstances in world eu-west-1.',
          account: 'world',
          region: 'eu-west-1',
        },
      ]);
      expect(text).toContain('Not seen: Not allowed');
      expect(directory.parse(await server.resource(RESOURCES.directory)).complete).toBe(false);
      const unknown = await server.failing('describe_instance', { instance: 'web-2' });
      expect(unknown).toMatchObject({ code: 'not_found' });
      expect(unknown.hint).toContain('Not everything could be listed');
    },
  ));

test('denied everywhere is a failure with what to ask for', () =>
  withTrouble('{service: ec2, action: DescribeInstances, error: UnauthorizedOperation}', async (server) => {
    expect(await server.failing('list_instances')).toMatchObject({
      code: 'denied',
      hint: 'Ask for a policy that allows ec2:DescribeInstances.',
    });
  }));

test('throttled for good: gives up and says after how many tries', () =>
  withTrouble(
    '{service: ec2, action: DescribeInstances, region: us-east-1, error: ThrottlingException}',
    async (server) => {
      const failed = await server.failing('list_instances', { region: 'us-east-1' });
      expect(failed).toMatchObject({ code: 'throttled' });
      expect(failed.message).toContain('gave up after 5 tries');
    },
  ));

test('expired credentials say how to renew them', () =>
  withTrouble('{service: ec2, action: "*", error: ExpiredToken}', async (server) => {
    const failed = await server.failing('list_instances');
    expect(failed).toMatchObject({ code: 'expired_credentials' });
    expect(failed.hint).toContain('aws sso login');
  }));

test('partial data is not complete data', () =>
  withTrouble('{service: cloudwatch, action: GetMetricData, error: PartialData}', async (server) => {
    const { output } = await server.call('get_metric', { resource: 'web-1', metric: 'CPUUtilization' });
    expect(output.series[0]?.status).toBe('PartialData');
    expect(output.coverage.gaps).toMatchObject([{ what: 'CPUUtilization of web-1', why: 'partial' }]);
  }));

test('targets in two regions have to be split', () =>
  withTrouble('{service: xray, action: "*", error: AccessDeniedException}', async (server) => {
    expect(await server.failing('stop_instances', { instances: ['web-1', 'web-2'] })).toMatchObject({
      code: 'invalid_arguments',
      hint: 'Split the call: one region at a time.',
    });
    const { proposal } = await server.failing('stop_instances', { instances: ['web-1'] });
    const gaps = proposal?.kind === 'call' ? proposal.blast_radius.gaps : [];
    expect(gaps).toMatchObject([{ what: 'who depends on it', why: 'denied' }]);
  }));
