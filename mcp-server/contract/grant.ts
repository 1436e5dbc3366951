import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson, digestOf } from './canonical.ts';
import { backend } from './proposal.ts';

const signed = {
  version: z.literal(1),
  /** The approver's key: SHA-256 of its public key (SPKI, DER), first 16 bytes as hex. */
  approver: z.string(),
  issued_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  /** Ed25519 over `grantPayload`, base64url. */
  signature: z.string(),
};

/** What names an approver: SHA-256 of the public key (SPKI, DER), its first 16 bytes as hex. */
export function approverId(spkiDer: Uint8Array): string {
  return createHash('sha256').update(spkiDer).digest('hex').slice(0, 32);
}

/** A person's yes to one proposal (a call or a whole plan), as it was shown. */
export const proposalGrant = z.strictObject({
  ...signed,
  kind: z.literal('proposal'),
  proposal: z.string(),
  digest: z.string(),
  session: z.string(),
});
export type ProposalGrant = z.infer<typeof proposalGrant>;

/** What an argument of an unattended call may be: exactly this, any text, or an object with just these members. */
export type TemplateSlot =
  | { any: true }
  | { is: unknown }
  | { members: Readonly<Record<string, TemplateSlot>> };

const templateSlot: z.ZodType<TemplateSlot> = z.lazy(() =>
  z.union([
    z.strictObject({ any: z.literal(true) }),
    z.strictObject({ members: z.record(z.string(), templateSlot) }),
    z.strictObject({ is: z.unknown() }),
  ]),
);

/**
 * A person's yes, given once, to one exact unattended call: one tool, one target, a template its arguments
 * must match, a rate, an end. Never for a destructive call, whatever the template says.
 */
export const standingGrant = z.strictObject({
  ...signed,
  kind: z.literal('standing'),
  id: z.string(),
  tool: z.string(),
  /** The one resource id it is for. */
  target: z.string(),
  /** Every argument of the resolved call: an exact value, or `{any: true}` where free text may stand, also inside an object. */
  template: z.record(z.string(), templateSlot),
  backend,
  account: z.string(),
  region: z.string(),
  /** At most `count` runs in any `seconds`. */
  rate: z.strictObject({ count: z.int().positive(), seconds: z.int().positive() }),
  /** Why the person allows it; shown in the list. */
  reason: z.string(),
});
export type StandingGrant = z.infer<typeof standingGrant>;

export const grant = z.discriminatedUnion('kind', [proposalGrant, standingGrant]);
export type Grant = z.infer<typeof grant>;

/** The bytes that are signed: everything but the signature, under a name of its own. */
export function grantPayload(
  of: Omit<ProposalGrant, 'signature'> | Omit<StandingGrant, 'signature'>,
): Buffer {
  return Buffer.from(`aiops grant v1\n${canonicalJson({ ...of, signature: undefined })}`);
}

/** What identifies a grant in the ledger. */
export function grantDigest(of: Grant): string {
  return digestOf('aiops grant id v1', of);
}
