import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditEntry } from '../../mcp-server/contract/audit.ts';
import type { Failure } from '../../mcp-server/contract/failure.ts';
import {
  approverId,
  type Grant,
  grantPayload,
  type ProposalGrant,
  type StandingGrant,
} from '../../mcp-server/contract/grant.ts';
import type { PlannedChange, Proposal } from '../../mcp-server/contract/proposal.ts';
import { approversIn } from '../../mcp-server/guard/approvers.ts';
import { createGuard, type GuardParts } from '../../mcp-server/guard/create-guard.ts';
import { type ApprovalDesk, createDesk } from '../../mcp-server/guard/desk.ts';
import type { ChangeOutcome, ChangeRequest, Guard, Origin } from '../../mcp-server/guard/guard.ts';
import { type Ledger, openLedger } from '../../mcp-server/guard/ledger.ts';
import type { LoadedPolicy, Policy } from '../../mcp-server/guard/policy.ts';
import type { Seen } from '../../mcp-server/tools/tool.ts';

export const START = Date.parse('2026-03-01T09:00:00.000Z');

export const ORIGIN: Origin = {
  backend: { kind: 'simulated', file: '/tmp/shop.account.yaml', sha256: 'a'.repeat(64) },
  identity: 'arn:aws:iam::111122223333:user/dana',
  account: '111122223333',
  region: 'eu-west-1',
  session: 'session-one',
};

export const POLICY: Policy = { readOnly: false, protected: [], maxTargets: 3, approvalSeconds: 900 };

/** A person's key as the approver side makes it: the public half in a folder only its owner writes. */
export type Person = { id: string; key: KeyObject };

export function personIn(folder: string): Person {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const id = approverId(publicKey.export({ type: 'spki', format: 'der' }));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  writeFileSync(join(folder, `${id}.pub`), pem, { mode: 0o600 });
  return { id, key: privateKey };
}

export function signedBy<Of extends Grant>(person: Person, of: Omit<Of, 'signature' | 'approver'>): Of {
  const unsigned = { ...of, approver: person.id } as unknown as Omit<ProposalGrant, 'signature'>;
  const signature = sign(null, grantPayload(unsigned), person.key).toString('base64url');
  return { ...unsigned, signature } as unknown as Of;
}

export function grantFor(
  person: Person,
  proposal: Proposal,
  more: Partial<ProposalGrant> = {},
): ProposalGrant {
  return signedBy<ProposalGrant>(person, {
    version: 1,
    kind: 'proposal',
    proposal: proposal.id,
    digest: proposal.digest,
    session: proposal.session,
    issued_at: proposal.created_at,
    expires_at: proposal.expires_at,
    ...more,
  });
}

export function instanceChange(
  tool: 'start_instances' | 'stop_instances' | 'terminate_instances' = 'stop_instances',
  names: string[] = ['web-1'],
  more: Partial<PlannedChange> = {},
): PlannedChange {
  const [was, becomes] =
    tool === 'start_instances'
      ? ['stopped', 'running']
      : ['running', tool === 'stop_instances' ? 'stopped' : 'terminated'];
  const ids = names.map((name) => `i-${name}`);
  return {
    tool,
    arguments: { instances: ids, region: ORIGIN.region, account: ORIGIN.account },
    risk: tool === 'start_instances' ? 'change' : 'destructive',
    irreversible: tool === 'terminate_instances',
    targets: names.map((name) => ({
      kind: 'instance',
      id: `i-${name}`,
      name,
      was: { state: was, type: 't3.micro' },
      becomes: { state: becomes },
    })),
    blast_radius: { affected: [], gaps: [] },
    undo: { possible: false, why: 'nothing_to_take_back' },
    cli: [`aws ec2 ${tool.replace('_', '-')} --instance-ids ${ids.join(' ')}`],
    ...more,
  };
}

export function scalingChange(desired: number, more: Partial<PlannedChange> = {}): PlannedChange {
  return {
    ...instanceChange(),
    tool: 'set_desired_capacity',
    arguments: { group: 'web-asg', desired, region: ORIGIN.region, account: ORIGIN.account },
    risk: desired > 2 && desired <= 4 ? 'change' : 'destructive',
    targets: [
      {
        kind: 'auto_scaling_group',
        id: 'web-asg',
        name: 'web-asg',
        was: { desired: 2, min: 1, max: 4 },
        becomes: { desired },
      },
    ],
    ...more,
  };
}

export function seenOf(change: PlannedChange, result: Seen['result'] = 'done'): Seen[] {
  return change.targets.map(({ id, name, was, becomes }) => ({
    id,
    name,
    facts: result === 'done' ? { ...was, ...becomes } : was,
    result,
  }));
}

export type Asked = ChangeRequest & { attempts: string[] };

/** A request whose attempts are counted: what ran, ran through here. */
export function request(change: PlannedChange, more: Partial<ChangeRequest> = {}): Asked {
  const attempts: string[] = [];
  return {
    origin: ORIGIN,
    change,
    spellings: change.targets.map(({ id, name }) => [
      id,
      name,
      `arn:aws:ec2:eu-west-1:111122223333:instance/${id}`,
    ]),
    population: 10,
    protectedHere: [],
    grant: undefined,
    step: undefined,
    verify: async () => seenOf(change),
    ...more,
    attempts,
    attempt: async () => {
      attempts.push(change.tool);
      await more.attempt?.();
    },
  };
}

export class Bench {
  readonly folder: string;
  readonly state: string;
  readonly approversFolder: string;
  readonly person: Person;
  readonly ledger: Ledger;
  now = START;
  policy: LoadedPolicy = { ok: true, policy: POLICY };

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'aiops-guard-'));
    this.state = join(this.folder, 'state');
    this.approversFolder = join(this.folder, 'approvers');
    this.person = personIn(this.approversFolder);
    this.ledger = this.anotherLedger();
  }

  [Symbol.dispose](): void {
    this.ledger.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  anotherLedger(busyMs?: number): Ledger {
    return openLedger({ folder: this.state, random: randomBytes, ...(busyMs !== undefined && { busyMs }) });
  }

  parts(ledger = this.ledger): GuardParts {
    return {
      ledger,
      approvers: approversIn(this.approversFolder),
      policy: this.policy,
      clock: () => this.now,
      random: randomBytes,
    };
  }

  guard(ledger = this.ledger): Guard {
    return createGuard(this.parts(ledger));
  }

  desk(): ApprovalDesk {
    return createDesk(this.parts());
  }

  run(asked: ChangeRequest): Promise<ChangeOutcome> {
    return this.guard().run(asked);
  }

  /** Asks without a grant, and gives the proposal. */
  async proposed(change: PlannedChange, more: Partial<ChangeRequest> = {}): Promise<Proposal> {
    const failure = failed(await this.run(request(change, more)));
    if (failure.code !== 'approval_required' || !failure.proposal) throw new Error(JSON.stringify(failure));
    return failure.proposal;
  }

  async approved(change: PlannedChange, more: Partial<ProposalGrant> = {}): Promise<ProposalGrant> {
    return grantFor(this.person, await this.proposed(change), more);
  }

  /** As `approved`, for a call that was proposed somewhere else. */
  async approvedAt(change: PlannedChange, origin: Origin): Promise<ProposalGrant> {
    return grantFor(this.person, await this.proposed(change, { origin }));
  }

  standing(more: Partial<StandingGrant> = {}): StandingGrant {
    return signedBy<StandingGrant>(this.person, {
      version: 1,
      kind: 'standing',
      id: 'standing-1',
      tool: 'set_desired_capacity',
      target: 'web-asg',
      template: {
        group: { is: 'web-asg' },
        desired: { is: 3 },
        region: { is: ORIGIN.region },
        account: { is: ORIGIN.account },
      },
      backend: ORIGIN.backend,
      account: ORIGIN.account,
      region: ORIGIN.region,
      rate: { count: 2, seconds: 60 },
      reason: 'evening peak',
      issued_at: new Date(START).toISOString(),
      expires_at: new Date(START + 86_400_000).toISOString(),
      ...more,
    });
  }

  audit(): AuditEntry[] {
    return this.desk().auditShow({}).entries;
  }

  /** The log in short: `refused grant_used`, `intent`, ... */
  story(): string[] {
    return this.audit().map(({ event, detail }) =>
      event === 'refused'
        ? `refused ${String(detail.code)}`
        : event === 'outcome'
          ? `outcome ${String(detail.result)}`
          : event,
    );
  }
}

export function failed(outcome: ChangeOutcome): Failure {
  if (outcome.kind === 'changed') throw new Error(`changed: ${JSON.stringify(outcome)}`);
  return outcome.failure;
}
