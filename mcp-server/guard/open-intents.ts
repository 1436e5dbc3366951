import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { backend, plannedChange } from '../contract/proposal.ts';
import { entryOf } from './audit.ts';
import type { Ledger } from './ledger.ts';
import { type Owner, ownerState } from './owner.ts';
import type { OpenIntent } from './permit.ts';
import { changeInWords } from './refusal.ts';

/** An intent whose row cannot be read as one. `what`: the change in words, where the audit log's entry still tells. */
export type UnreadableIntent = {
  sequence: number;
  session: string;
  subject: string | null;
  tool: string;
  what: string | null;
  at: number;
};

export type Open = { kind: 'intent'; intent: OpenIntent } | { kind: 'unreadable'; intent: UnreadableIntent };

/**
 * An owner that cannot be asked is taken for gone after it: well above the longest attempt, which is one wait
 * for an instance (ten minutes) and a handful of requests.
 */
export const STALE_MS = 30 * 60_000;

const keptBody = z.object({
  change: plannedChange,
  account: z.string(),
  region: z.string(),
  backend,
  session: z.string(),
  subject: z.string(),
  step: z.int(),
  by: z.enum(['proposal', 'standing']),
  identity: z.string().optional(),
  asked_at: z.iso.datetime().optional(),
  keeps: z.boolean().optional(),
});
const keptOwner = z.object({ pid: z.int(), start: z.string().nullable(), world: z.string() });
const loggedIntent = z.object({
  tool: z.string(),
  targets: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** Intents without an outcome that nobody is working on any more. A live server's running change is not among them. */
export function openIntents(ledger: Ledger, now: number, staleMs = STALE_MS): Open[] {
  return ledger.read((db) =>
    db
      .prepare('SELECT * FROM intents WHERE settled IS NULL ORDER BY sequence')
      .all()
      .filter((row) => isAbandoned(readAs(keptOwner, row.owner), now - Number(row.at), staleMs))
      .map((row) => openFrom(db, row)),
  );
}

/** `owner`: null when its row does not tell, which is as little as an owner that cannot be asked. */
function isAbandoned(owner: Owner | null, ageMs: number, staleMs: number): boolean {
  switch (owner ? ownerState(owner) : 'unsure') {
    case 'alive':
      return false;
    case 'gone':
      return true;
    case 'unsure':
      return ageMs > staleMs;
  }
}

function openFrom(db: DatabaseSync, row: Record<string, unknown>): Open {
  const [sequence, at] = [Number(row.sequence), Number(row.at)];
  const body = readAs(keptBody, row.body);
  if (body) return { kind: 'intent', intent: { ...body, sequence, at } };
  const line = db.prepare('SELECT * FROM audit WHERE sequence = ?').get(sequence);
  const entry = line ? entryOf(line) : null;
  const logged = loggedIntent.safeParse(entry?.detail).data ?? null;
  return {
    kind: 'unreadable',
    intent: {
      sequence,
      session: entry?.session ?? '',
      subject: entry?.subject ?? null,
      tool: logged?.tool ?? 'change',
      what: logged && changeInWords(logged),
      at,
    },
  };
}

/** What a column holds; null for what is no JSON or of another shape. */
function readAs<T>(schema: z.ZodType<T>, text: unknown): T | null {
  try {
    return schema.safeParse(JSON.parse(String(text))).data ?? null;
  } catch {
    return null;
  }
}
