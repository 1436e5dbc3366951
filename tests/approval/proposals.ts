import {
  type CallProposal,
  type PlannedChange,
  type PlanProposal,
  proposalDigest,
} from '../../mcp-server/contract/proposal.ts';

export const NOW = new Date('2026-03-01T09:00:00.000Z');

const ORIGIN = {
  version: 1 as const,
  id: 'ABCD1234',
  backend: { kind: 'simulated' as const, file: '/tmp/shop.account.yaml', sha256: 'a'.repeat(64) },
  identity: 'arn:aws:iam::111122223333:user/dana',
  account: '111122223333',
  region: 'eu-west-1',
  server: 'server-1',
  session: 'session-1',
  created_at: NOW.toISOString(),
  expires_at: '2026-03-01T09:15:00.000Z',
};

export const START_BATCH: PlannedChange = {
  tool: 'start_instances',
  arguments: { instances: ['i-0ba7c4'] },
  risk: 'change',
  irreversible: false,
  targets: [
    {
      kind: 'instance',
      id: 'i-0ba7c4',
      name: 'batch-server',
      was: { state: 'stopped', type: 't3.micro' },
      becomes: { state: 'running' },
    },
  ],
  blast_radius: { affected: [], gaps: [] },
  undo: { possible: true, tool: 'stop_instances', arguments: { instances: ['i-0ba7c4'] } },
  cli: ['aws ec2 start-instances --instance-ids i-0ba7c4'],
};

export const TERMINATE: PlannedChange = {
  ...START_BATCH,
  tool: 'terminate_instances',
  risk: 'destructive',
  irreversible: true,
  targets: [
    {
      kind: 'instance',
      id: 'i-0ba57',
      name: 'bastion',
      was: { state: 'running' },
      becomes: { state: 'terminated' },
    },
  ],
  undo: { possible: false, why: 'gone_for_good' },
};

export function callOf(change: PlannedChange, more: Partial<CallProposal> = {}): CallProposal {
  const body = { ...ORIGIN, kind: 'call' as const, ...change, ...more };
  return { ...body, digest: proposalDigest(body) };
}

export function planOf(steps: PlannedChange[]): PlanProposal {
  const body = { ...ORIGIN, kind: 'plan' as const, steps };
  return { ...body, digest: proposalDigest(body) };
}
