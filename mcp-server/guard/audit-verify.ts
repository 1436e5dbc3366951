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
import { installationOf, latestTimeSeen } from './installation.ts';

/** A log this broken needs no longer list. */
const MOST_PROBLEMS = 100;

type Chain = { entries: number; last: number; open: Set<number>; problems: string[] };

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
  return { entries, last: expected - 1, open, problems };
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
  const key = installationOf(db).publicKeyPem;
  for (const row of db.prepare('SELECT sequence, body FROM audit_heads ORDER BY sequence').iterate()) {
    const called = `${row.sequence}: signed head`;
    const parsed = auditHead.safeParse(jsonOrNull(String(row.body)));
    if (!parsed.success) problems.push(`${called}: not a head.`);
    else {
      const problem = headProblem(db, parsed.data, called, key);
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

/** What the rest of the store knows of entries behind the last one, and an end that nobody signed. */
function cutProblems(db: DatabaseSync, last: number): string[] {
  const problems: string[] = [];
  const signed = newestHead(db)?.sequence ?? 0;
  if (signed < last) problems.push(`${last}: is not signed; the newest signed head is of entry ${signed}.`);
  const known = db
    .prepare(
      `SELECT max(sequence) AS newest FROM (
        SELECT sequence FROM intents UNION ALL SELECT settled FROM intents
        UNION ALL SELECT intent FROM claims UNION ALL SELECT intent FROM standing_uses)`,
    )
    .get();
  const newest = Number(known?.newest ?? 0);
  if (newest > last) problems.push(`${last + 1}: missing; the store tells of entry ${newest}.`);
  // Each entry notes its time in the store; ISO times sort as they are.
  const told = db.prepare('SELECT max(at) AS newest FROM audit').get()?.newest;
  const seen = latestTimeSeen(db);
  if (seen > (typeof told === 'string' ? Date.parse(told) : 0)) {
    const at = new Date(seen).toISOString();
    problems.push(`${last + 1}: missing; the store was written to at ${at}, and no entry is of then.`);
  }
  return problems;
}

/**
 * Checks the whole log: the chain, gaps, every signed head, the head in the file beside the store, and an
 * earlier exported head if one is given (the only proof against a store that was replaced altogether).
 */
export function verifyAudit(db: DatabaseSync, folder: string, against?: AuditHead): AuditVerdict {
  const beside = readHeadFile(folder); // before the first look at the store: see `checkTail` in ledger.ts
  const chain = walkChain(db);
  const problems = [...chain.problems, ...storedHeads(db)];
  problems.push(...cutProblems(db, chain.last));
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
