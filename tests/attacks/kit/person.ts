import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  approverId,
  grantPayload,
  type ProposalGrant,
  type StandingGrant,
} from '../../../mcp-server/contract/grant.ts';
import type { CallProposal, Proposal } from '../../../mcp-server/contract/proposal.ts';
import { unlockKey } from '../../../src/approval/key.ts';
import { signProposal } from '../../../src/approval/sign.ts';

type Signer = { id: string; privateKey: KeyObject };

/** The person whose yes counts: the product's own key and signing, in a configuration folder. */
export class Person {
  readonly key: Signer;

  constructor(configFolder: string) {
    this.key = unlockKey(configFolder);
  }

  approve(proposal: Proposal): ProposalGrant {
    return signProposal(this.key, proposal, new Date());
  }
}

/** A key that nobody was told to trust. */
export function stranger(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { id: approverId(publicKey.export({ type: 'spki', format: 'der' })), privateKey };
}

/** Puts a key among the approvers, as somebody might who can write there. */
export function plantApprover(configFolder: string, mode: number): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const id = approverId(publicKey.export({ type: 'spki', format: 'der' }));
  const folder = join(configFolder, 'approvers');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const file = join(folder, `${id}.pub`);
  writeFileSync(file, pem);
  chmodSync(file, mode);
  return { id, privateKey };
}

/** Signs whatever is put before it: what a stolen or a lying signer could make. */
export function signAnything<Of extends ProposalGrant | StandingGrant>(
  key: Signer,
  of: Omit<Of, 'signature' | 'approver'>,
): Of {
  const unsigned = { ...of, approver: key.id } as unknown as Omit<ProposalGrant, 'signature'>;
  const signature = sign(null, grantPayload(unsigned), key.privateKey).toString('base64url');
  return { ...unsigned, signature } as unknown as Of;
}

/** A grant for a proposal with some members otherwise, rightly signed. */
export function grantWith(key: Signer, proposal: Proposal, more: Partial<ProposalGrant> = {}): ProposalGrant {
  return signAnything<ProposalGrant>(key, {
    version: 1,
    kind: 'proposal',
    proposal: proposal.id,
    digest: proposal.digest,
    session: proposal.session,
    issued_at: new Date().toISOString(),
    expires_at: proposal.expires_at,
    ...more,
  });
}

/** A standing grant for what a proposal shows, with some members otherwise, rightly signed. */
export function standingWith(
  key: Signer,
  proposal: CallProposal,
  more: Partial<StandingGrant> = {},
): StandingGrant {
  return signAnything<StandingGrant>(key, {
    version: 1,
    kind: 'standing',
    id: 'standing-1',
    tool: proposal.tool,
    target: proposal.targets[0]!.id,
    template: Object.fromEntries(
      Object.entries(proposal.arguments).map(([name, value]) => [name, { is: value }]),
    ),
    backend: proposal.backend,
    account: proposal.account,
    region: proposal.region,
    rate: { count: 1, seconds: 3_600 },
    reason: 'a test',
    issued_at: new Date().toISOString(),
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    ...more,
  });
}
