import type { DatabaseSync } from 'node:sqlite';
import {
  type AuditEntry,
  type AuditHead,
  type AuditVerdict,
  auditHash,
  auditHead,
  FIRST_PREVIOUS,
} from '../contract/audit.ts';
import { entryOf } from './audit.ts';
import { HEAD_FILE, headProblem, newestHead, readHeadFile, tailProblem } from './audit-head.ts';

/** A log this broken needs no longer list. */
const MOST_PROBLEMS = 100;

type Chain = { entries: number; open: Set<number>; problems: string[] };

function walkChain(db: DatabaseSync): Chain {
  const problems: string[] = [];
  const open = new Set<number>();
  const redeemed = new Map<string, number>();
  let previous = FIRST_PREVIOUS;
  let expected = 1;
  let entries = 0;
  for (const row of db.prepare('SELECT * FROM audit ORDER BY sequence').iterate()) {
    entries += 1;
    const sequence = Number(row.sequence);
    if (sequence !== expected) problems.push(`${expected}: missing; the next entry is ${sequence}.`);
    const entry = entryOf(row);
    if (!entry) problems.push(`${sequence}: not an audit entry.`);
    else {
      if (entry.previous !== previous) problems.push(`${sequence}: does not follow the entry before it.`);
      if (auditHash(entry) !== entry.hash)
        problems.push(`${sequence}: was altered (its hash does not match).`);
      if (entry.event === 'intent') {
        open.add(sequence);
        const again = redeemedBefore(redeemed, entry);
        if (again) problems.push(`${sequence}: redeems what entry ${again} had redeemed already.`);
      }
      if (entry.event === 'outcome' || entry.event === 'found') open.delete(Number(entry.detail.intent));
    }
    previous = String(row.hash);
    expected = sequence + 1;
  }
  return { entries, open, problems };
}

/** One person's yes is redeemed once a step; a second intent means that the store's claims were taken back. */
function redeemedBefore(
  redeemed: Map<string, number>,
  { subject, detail, sequence }: AuditEntry,
): number | null {
  if (detail.by !== 'proposal') return null;
  const what = `${subject} ${detail.step}`;
  const before = redeemed.get(what);
  redeemed.set(what, sequence);
  return before ?? null;
}

function storedHeads(db: DatabaseSync): string[] {
  const problems: string[] = [];
  for (const row of db.prepare('SELECT sequence, body FROM audit_heads ORDER BY sequence').iterate()) {
    const called = `${row.sequence}: signed head`;
    const parsed = auditHead.safeParse(jsonOrNull(String(row.body)));
    if (!parsed.success) problems.push(`${called}: not a head.`);
    else {
      const problem = headProblem(db, parsed.data, called);
      if (problem) problems.push(problem);
    }
  }
  return problems;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Checks the whole log: the chain, gaps, every signed head, the head in the file beside the store, and an
 * earlier exported head if one is given (the only proof against a store that was replaced altogether).
 */
export function verifyAudit(db: DatabaseSync, folder: string, against?: AuditHead): AuditVerdict {
  const beside = readHeadFile(folder); // before the first look at the store: see `checkTail` in ledger.ts
  const chain = walkChain(db);
  const problems = [...chain.problems, ...storedHeads(db)];
  const tail = tailProblem(db, beside);
  if (tail) problems.push(tail);
  if (beside === null && newestHead(db)) problems.push(`${HEAD_FILE}: missing beside the store.`);
  if (against) {
    const problem = headProblem(db, against, `${against.sequence}: the head to compare with`);
    if (problem) problems.push(problem);
  }
  return {
    intact: problems.length === 0,
    entries: chain.entries,
    head: newestHead(db),
    problems: problems.slice(0, MOST_PROBLEMS),
    open_intents: [...chain.open],
  };
}
