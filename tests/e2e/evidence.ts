import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Newcomer } from './program.ts';

/** A small account with what AWS does wrong there. */
export async function writeShop(home: string, trouble = ''): Promise<string> {
  const file = join(home, 'account.yaml');
  const row = (number: number, name: string, state: string) =>
    `  - {id: i-0b0000000000000${number}, name: ${name}, type: t3.medium, state: ${state}, az: ap-northeast-2a}`;
  const lines = [
    'account: "333344445555"',
    'alias: corner-shop',
    'regions: [ap-northeast-2]',
    'ec2:',
    row(1, 'web-1', 'running'),
    row(2, 'web-2', 'running'),
    row(3, 'api-1', 'running'),
    row(4, 'batch-1', 'stopped'),
    trouble,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

export type Line = {
  sequence: number;
  event: string;
  subject: string | null;
  detail: Record<string, unknown>;
};

function rows(path: string, query: string): Record<string, unknown>[] {
  if (!existsSync(path)) return [];
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    return db.prepare(query).all();
  } finally {
    db.close();
  }
}

/** The audit log as it stands in the store, whoever has it open. */
export function auditOf({ home }: Newcomer): Line[] {
  const path = join(home, 'state', 'aiops', 'guard.db');
  return rows(path, 'SELECT sequence, event, subject, detail FROM audit ORDER BY sequence').map((row) => ({
    sequence: Number(row.sequence),
    event: String(row.event),
    subject: row.subject === null ? null : String(row.subject),
    detail: JSON.parse(String(row.detail)),
  }));
}

/** What was changed in a simulated account with `--keep`, read past every server. */
export function changesMade({ home }: Newcomer, file: string): string[] {
  const mark = createHash('sha256').update(file).digest('hex').slice(0, 16);
  const path = join(home, 'state', 'aiops', 'simulated', `${mark}.journal`);
  return rows(path, 'SELECT body FROM entries ORDER BY seq').map(
    ({ body }) => JSON.parse(String(body)).event,
  );
}

/** The processes that a process has started and that still run. */
export function childrenOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((child) => parentOf(child) === pid);
}

function parentOf(pid: number): number | null {
  try {
    // The name stands in brackets and may hold anything; the state and the parent follow it.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return Number(parent);
  } catch {
    return null; // it has ended meanwhile
  }
}

export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Looks again and again until it holds. */
export async function holds(
  what: string,
  condition: () => boolean | Promise<boolean>,
  ms = 20_000,
): Promise<void> {
  const giveUp = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > giveUp) throw new Error(`not so in ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
