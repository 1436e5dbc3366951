import type { CallFacts } from '../../mcp-server/contract/call.ts';
import type { InstanceRow } from '../../mcp-server/contract/catalogue/instances.ts';
import type { Series } from '../../mcp-server/contract/catalogue/metrics.ts';
import type { Coverage } from '../../mcp-server/contract/coverage.ts';
import type { CallProposal } from '../../mcp-server/contract/proposal.ts';
import type { AccountReport } from '../../mcp-server/contract/wire.ts';
import type { CallState, CallView } from '../../src/domain/events.ts';

/** 2026-03-02 05:30 UTC. */
export const NOW = Date.UTC(2026, 2, 2, 5, 30);

export const REPORT: AccountReport = {
  server: 'srv-1',
  session: 'ses-1',
  read_only: false,
  accounts: [
    {
      name: 'shop',
      account: '111122223333',
      identity: 'arn:aws:sts::111122223333:assumed-role/oncall/jane',
      regions: ['ap-northeast-2', 'us-east-1'],
      backend: { kind: 'simulated', file: '/accounts/shop.yaml', sha256: 'ab' },
      problem: null,
      current: true,
    },
  ],
  now: new Date(NOW).toISOString(),
  recovered: [],
  notes: [],
};

export const FACTS: CallFacts = {
  cli: ['aws ec2 describe-instances --region ap-northeast-2'],
  console: null,
  account: '111122223333',
  regions: ['ap-northeast-2'],
  aws_calls: 2,
  retries: 0,
  elapsed_ms: 180,
};

export const SEEN: Coverage = { looked_at: ['EC2 DescribeInstances ap-northeast-2'], gaps: [] };

export const DENIED: Coverage = {
  looked_at: ['EC2 DescribeInstances ap-northeast-2'],
  gaps: [
    {
      what: 'instances',
      why: 'denied',
      detail: 'ec2:DescribeInstances is not allowed. Add it to the role.',
      region: 'us-east-1',
    },
  ],
};

export function instance(name: string, over: Partial<InstanceRow> = {}): InstanceRow {
  return {
    id: `i-0${'abcdef0123456789'.slice(0, 12)}${String(name.length).padStart(4, '0')}`,
    name,
    state: 'running',
    type: 't3.large',
    az: 'ap-northeast-2a',
    region: 'ap-northeast-2',
    account: '111122223333',
    private_ip: '10.0.1.17',
    tags: { env: 'prod' },
    ...over,
  };
}

export function instances(rows: InstanceRow[], coverage: Coverage = SEEN): Record<string, unknown> {
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return { instances: rows, counts, coverage, call: FACTS };
}

export function cpu(name: string, values: (number | null)[]): Series {
  const present = values.filter((value) => value !== null);
  const start = NOW - values.length * 300_000;
  const at = (index: number) => new Date(start + index * 300_000).toISOString();
  const max = Math.max(...present);
  return {
    resource: { id: `i-${name}`, name },
    namespace: 'AWS/EC2',
    metric: 'CPUUtilization',
    dimensions: { InstanceId: `i-${name}` },
    statistic: 'Average',
    unit: 'Percent',
    account: '111122223333',
    region: 'ap-northeast-2',
    start: at(0),
    period_s: 300,
    values,
    summary:
      present.length === 0
        ? null
        : {
            points: present.length,
            min: Math.min(...present),
            max,
            max_at: at(values.indexOf(max)),
            average: present.reduce((a, b) => a + b, 0) / present.length,
            last: present.at(-1) ?? 0,
            last_at: at(values.length - 1),
          },
    status: 'Complete',
  };
}

export function callView(
  tool: string,
  args: Record<string, unknown>,
  state: CallState,
  id = 't1.1',
): CallView {
  return { id, call: { tool, arguments: args, risk: 'read', namedInFull: true }, state };
}

export function done(data: Record<string, unknown>, text = ''): CallState {
  return { status: 'done', elapsedMs: 210, text, data };
}

export function rebootProposal(over: Partial<CallProposal> = {}): CallProposal {
  return {
    version: 1,
    id: 'K7M2QX4T',
    backend: { kind: 'simulated', file: '/accounts/shop.yaml', sha256: 'ab' },
    identity: 'arn:aws:sts::111122223333:assumed-role/oncall/jane',
    account: '111122223333',
    region: 'ap-northeast-2',
    server: 'srv-1',
    session: 'ses-1',
    created_at: new Date(NOW).toISOString(),
    expires_at: new Date(NOW + 900_000).toISOString(),
    digest: 'd'.repeat(64),
    kind: 'call',
    tool: 'reboot_instances',
    arguments: { instances: ['i-0api1'], region: 'ap-northeast-2' },
    risk: 'destructive',
    irreversible: false,
    targets: [
      {
        kind: 'instance',
        id: 'i-0api1',
        name: 'api-1',
        was: { state: 'running', type: 't3.large' },
        becomes: { state: 'running' },
      },
    ],
    blast_radius: {
      affected: [
        { id: 'i-0web1', name: 'web-1', how: 'calls_it' },
        { id: 'tg-api', name: 'api-targets', how: 'group_may_find_it_unhealthy' },
      ],
      gaps: [],
    },
    undo: { possible: false, why: 'nothing_to_take_back' },
    cli: ['aws ec2 reboot-instances --instance-ids i-0api1 --region ap-northeast-2'],
    ...over,
  };
}

export function terminateProposal(): CallProposal {
  return rebootProposal({
    id: 'T3RM1N8E',
    tool: 'terminate_instances',
    arguments: { instances: ['i-0bastion'], region: 'ap-northeast-2' },
    irreversible: true,
    targets: [
      {
        kind: 'instance',
        id: 'i-0bastion',
        name: 'bastion',
        was: { state: 'running', type: 't3.micro' },
        becomes: { state: 'terminated' },
      },
    ],
    blast_radius: { affected: [], gaps: [] },
    undo: { possible: false, why: 'gone_for_good' },
    cli: ['aws ec2 terminate-instances --instance-ids i-0bastion --region ap-northeast-2'],
  });
}
