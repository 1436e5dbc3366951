import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical.ts';

/**
 * One line of the audit log. `hash` = SHA-256 over the previous hash and the canonical JSON of the line
 * without `hash`; the first line's `previous` is 64 zeros.
 */
export const auditEntry = z.strictObject({
  sequence: z.int().positive(),
  at: z.iso.datetime(),
  /** The server process's installation id, and the session on whose behalf. */
  server: z.string(),
  session: z.string(),
  event: z.enum([
    'proposed',
    'approved',
    'declined',
    'refused',
    'intent',
    'outcome',
    'found',
    'standing_signed',
    'standing_revoked',
  ]),
  /** The proposal or standing grant it concerns, where there is one. */
  subject: z.string().nullable(),
  /** What each event says of itself: tool, arguments, targets, failure code, what AWS answered. */
  detail: z.record(z.string(), z.unknown()),
  previous: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const FIRST_PREVIOUS = '0'.repeat(64);

/** What `hash` must be: SHA-256, lower-case hex, over `previous`, a newline, and the line without `hash`. */
export function auditHash(of: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256')
    .update(`${of.previous}\n${canonicalJson({ ...of, hash: undefined })}`)
    .digest('hex');
}

/** The newest line's number and hash under the server's key: what makes a cut tail show. */
export const auditHead = z.strictObject({
  sequence: z.int().nonnegative(),
  hash: z.string(),
  at: z.iso.datetime(),
  /** The server's public key (SPKI, PEM) and its Ed25519 signature over the three members above. */
  key: z.string(),
  signature: z.string(),
});
export type AuditHead = z.infer<typeof auditHead>;

/** The bytes a head's signature is over. */
export function auditHeadPayload(of: Pick<AuditHead, 'sequence' | 'hash' | 'at'>): Buffer {
  return Buffer.from(
    `aiops audit head v1\n${canonicalJson({ sequence: of.sequence, hash: of.hash, at: of.at })}`,
  );
}

export const auditVerdict = z.strictObject({
  intact: z.boolean(),
  entries: z.int(),
  head: auditHead.nullable(),
  /** Each says the sequence number it concerns and what is wrong there. */
  problems: z.array(z.string()),
  /** Intents without an outcome: a change that may or may not have happened. */
  open_intents: z.array(z.int()),
});
export type AuditVerdict = z.infer<typeof auditVerdict>;
