import { describe, expect, test } from 'vitest';
import { composedServer } from './in-process.ts';

const account = (more = '') => `
account: "111122223333"
alias: shop
regions: [ap-northeast-2, us-west-2]
clock: 2026-11-20T09:00:00Z
ec2: [{id: i-0b47c0de00000001, name: web-1, type: t3.medium}]
health:
  - {at: -2h, service: EC2, az: ap-northeast-2a, description: "Increased API error rates", resources: [web-1]}
  - {at: -30d, service: RDS, region: us-west-2, status: open, description: "Connectivity"}
  - {at: +3d, service: EC2, status: upcoming, code: AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED, description: "Retirement"}
  - {at: -5h, service: LAMBDA, status: closed, description: "Resolved"}
  - {at: -40d, service: S3, status: closed, description: "Long ago"}
  - {at: -1h, service: EC2, region: eu-west-1, description: "Elsewhere"}
  - {at: +1h, service: ECS, description: "Not yet"}
${more}
`;
const shop = (more = '') => composedServer({ account: account(more) });

describe('list_health_events', () => {
  test('what is open whenever it began, what is planned, and what closed lately; urgent first', async () => {
    const { output, text } = await (await shop()).call('list_health_events');
    expect(output.events.map(({ service, status, category }) => [service, status, category])).toEqual([
      ['EC2', 'open', 'issue'],
      ['RDS', 'open', 'issue'],
      ['EC2', 'upcoming', 'scheduledChange'],
      ['LAMBDA', 'closed', 'issue'],
    ]);
    expect(output.events[0]).toMatchObject({
      az: 'ap-northeast-2a',
      started: '2026-11-20T07:00:00.000Z',
      description: 'Increased API error rates',
      affected: [{ id: 'i-0b47c0de00000001', status: 'IMPAIRED' }],
    });
    expect(output.counts).toEqual({ open: 2, upcoming: 1, closed: 1 });
    expect(text).toContain('(affects i-0b47c0de00000001)');
    expect(output.coverage.looked_at).toContain('Health DescribeEvents us-east-1');
  });

  test('further back, and of one region', async () => {
    const server = await shop();
    const long = await server.call('list_health_events', { last: '60d' });
    expect(long.output.events.map(({ service }) => service)).toContain('S3');
    const far = await server.call('list_health_events', { region: 'us-west-2' });
    expect(far.output.events.map(({ service }) => service)).toEqual(['RDS']);
  });

  test('of an account with more regions than one question takes', async () => {
    const regions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'];
    const more = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-central-1'];
    const server = await composedServer({
      account: `account: "111122223333"
regions: [${[...regions, ...more].join(', ')}]
health: [{at: -1h, service: EC2, region: eu-north-1}, {at: -1h, service: S3, region: ap-south-1}]
`,
    });
    const { output } = await server.call('list_health_events');
    expect(output.events.map(({ service }) => service)).toEqual(['EC2']);
  });

  test('more than a page', async () => {
    const many = Array.from(
      { length: 130 },
      (_, i) => `  - {at: -${i + 10}m, service: SQS, description: "x"}`,
    ).join('\n');
    const { output } = await (await shop(many)).call('list_health_events');
    expect(output.events).toHaveLength(134);
    expect(output.events.filter(({ description }) => description !== undefined)).toHaveLength(50);
    expect(output.coverage.gaps).toMatchObject([{ why: 'truncated' }]);
  });

  test('no support plan is said with where to look instead; denied is denied', async () => {
    const trouble = (error: string, action = '"*"') =>
      `trouble: [{service: health, action: ${action}, error: ${error}}]`;
    const plan = await (await shop(trouble('SubscriptionRequiredException'))).failing('list_health_events');
    expect(plan).toMatchObject({ code: 'not_configured' });
    expect(plan.message).toContain('support plan');
    expect(plan.hint).toContain('https://health.aws.amazon.com');
    const denied = await (await shop(trouble('AccessDenied'))).failing('list_health_events');
    expect(denied.code).toBe('denied');
    const blind = await (await shop(trouble('AccessDenied', 'DescribeAffectedEntities'))).call(
      'list_health_events',
    );
    expect(blind.output.events).toHaveLength(4);
    expect(blind.output.coverage.gaps).toMatchObject([{ what: 'affected resources', why: 'denied' }]);
  });
});
