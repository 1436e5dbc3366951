import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditHead, auditHash } from '../../mcp-server/contract/audit.ts';
import type { AttackClient } from './kit/mcp-client.ts';
import { Scene } from './kit/scene.ts';

// Somebody who can write the store's file, and what the log says of it.

let scene: Scene;
let client: AttackClient;
let whole: Stored;
beforeAll(async () => {
  scene = new Scene();
  client = await scene.server();
  // Proposed, approved, intent, outcome: four entries, a signed head.
  const args = { instances: ['web-1'] };
  const grant = scene.person.approve(await client.proposed('reboot_instances', args));
  expect((await client.call('reboot_instances', args, { grant })).code).toBe('done');
});
afterAll(() => scene[Symbol.asyncDispose]());
beforeEach(async () => {
  whole = stored();
  expect((await client.verdict()).intact).toBe(true);
});
afterEach(() => putBack(whole));

type Stored = { audit: Row[]; heads: Row[]; meta: Row[]; headFile: string };
type Row = Record<string, SQLOutputValue>;

const headFile = () => join(scene.stateFolder, 'audit.head');

function stored(): Stored {
  let kept: Stored = { audit: [], heads: [], meta: [], headFile: readFileSync(headFile(), 'utf8') };
  scene.tamper((db) => {
    const all = (table: string) => db.prepare(`SELECT * FROM ${table}`).all();
    kept = { ...kept, audit: all('audit'), heads: all('audit_heads'), meta: all('meta') };
  });
  return kept;
}

function putBack({ audit, heads, meta, headFile: text }: Stored): void {
  scene.tamper((db) => {
    db.exec('DELETE FROM audit; DELETE FROM audit_heads; DELETE FROM meta');
    const into = (table: string, rows: Row[]) => {
      for (const values of rows.map((one) => Object.values(one))) {
        db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values);
      }
    };
    into('audit', audit);
    into('audit_heads', heads);
    into('meta', meta);
  });
  writeFileSync(headFile(), text);
}

const row = (db: DatabaseSync, sequence: number) =>
  db.prepare('SELECT * FROM audit WHERE sequence = ?').get(sequence) as Record<string, string>;

describe('the log, edited: verify says so', () => {
  it.each<[tried: string, problem: RegExp, work: (db: DatabaseSync) => void]>([
    [
      'an entry that says something else',
      /^3: was altered/,
      (db) => db.exec("UPDATE audit SET detail = replace(detail, 'web-1', 'web-9') WHERE sequence = 3"),
    ],
    [
      'an entry put into another session',
      /^1: was altered/,
      (db) => db.exec("UPDATE audit SET session = 'somebody-else' WHERE sequence = 1"),
    ],
    [
      'an entry made earlier',
      /^2: was altered/,
      (db) => db.exec("UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = 2"),
    ],
    [
      'the tail cut off',
      /vouches for entry 4, which is missing/,
      (db) => db.exec('DELETE FROM audit WHERE sequence > 2'),
    ],
    [
      'the tail cut off, with its signed heads',
      /audit\.head: it vouches for entry 4, which is missing/,
      (db) => db.exec('DELETE FROM audit WHERE sequence > 2; DELETE FROM audit_heads'),
    ],
    [
      'the tail cut off, with an older head put in the place of the newest',
      /^3: missing; the store tells of entry 4/,
      (db) => {
        db.exec('DELETE FROM audit WHERE sequence > 2; DELETE FROM audit_heads WHERE sequence > 2');
        const [older] = db.prepare('SELECT body FROM audit_heads ORDER BY sequence DESC').all();
        writeFileSync(headFile(), String(older?.body));
      },
    ],
    ['the beginning cut off', /^1: missing/, (db) => db.exec('DELETE FROM audit WHERE sequence = 1')],
    ['one from the middle', /^2: missing/, (db) => db.exec('DELETE FROM audit WHERE sequence = 2')],
    ['all of it', /vouches for entry 4/, (db) => db.exec('DELETE FROM audit')],
    [
      'two entries swapped',
      /does not follow|was altered/,
      (db) =>
        db.exec(
          'UPDATE audit SET sequence = 99 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 99',
        ),
    ],
    [
      'an entry rewritten, and the chain after it computed anew',
      /entry 4 is not the one it vouches for/,
      (db) => {
        let previous = row(db, 2).hash!;
        for (const sequence of [3, 4]) {
          const detail = sequence === 3 ? { tool: 'list_instances' } : JSON.parse(row(db, 4).detail!);
          const line = { ...row(db, sequence), sequence, detail, previous, hash: undefined };
          const hash = auditHash(line as never);
          db.prepare('UPDATE audit SET detail = ?, previous = ?, hash = ? WHERE sequence = ?').run(
            JSON.stringify(detail),
            previous,
            hash,
            sequence,
          );
          previous = hash;
        }
      },
    ],
    [
      'an entry added without a chain',
      /^5: (does not follow|was altered)/,
      (db) => {
        const { at, server, session, hash } = row(db, 4);
        db.prepare('INSERT INTO audit VALUES (5, ?, ?, ?, ?, NULL, ?, ?, ?)').run(
          at!,
          server!,
          session!,
          'approved',
          '{}',
          hash!,
          'f'.repeat(64),
        );
      },
    ],
  ])('%s', async (_, problem, work) => {
    scene.tamper(work);
    const verdict = await client.verdict();
    expect(verdict.intact).toBe(false);
    expect(verdict.problems.some((told) => problem.test(told))).toBe(true);
  });

  it('through SQL alone it takes no change', async () => {
    await using own = new Scene();
    const by = await own.server();
    await by.proposed('stop_instances', { instances: ['web-1'] });
    const db = new DatabaseSync(join(own.stateFolder, 'guard.db'));
    for (const sql of ["UPDATE audit SET event = 'found'", 'DELETE FROM audit']) {
      expect(() => db.exec(sql)).toThrow(/append-only/);
    }
    db.close();
    expect((await by.verdict()).intact).toBe(true);
  });

  it('a tail that was cut off keeps a server that starts then from running anything', async () => {
    const args = { instances: ['web-3'] };
    const grant = scene.person.approve(await client.proposed('stop_instances', args));
    scene.tamper((db) => db.exec('DELETE FROM audit WHERE sequence > 2'));
    const fresh = await scene.server({ session: 'session-1' });
    const before = scene.reached().length;
    const answer = await fresh.call('stop_instances', args, { grant });
    expect(answer).toMatchObject({ code: 'store', failure: { nothing_changed: true } });
    expect(scene.reached()).toHaveLength(before);
    expect((await fresh.verdict()).intact).toBe(false);
  });
});

describe('an older store, put back', () => {
  it('with used grants unused again: nothing runs on it, verify says why', async () => {
    await using own = new Scene();
    const first = await own.server({ session: 'one' });
    const args = { instances: ['web-1'] };
    const grant = own.person.approve(await first.proposed('reboot_instances', args));
    await first.close();
    const saved = join(own.folder, 'saved.db');
    checkpoint(own);
    copyFileSync(join(own.stateFolder, 'guard.db'), saved);

    const second = await own.server({ session: 'one' });
    expect((await second.call('reboot_instances', args, { grant })).code).toBe('done');
    await second.close();
    checkpoint(own);
    copyFileSync(saved, join(own.stateFolder, 'guard.db'));

    const third = await own.server({ session: 'one' });
    const before = own.reached().length;
    const replay = await third.call('reboot_instances', args, { grant });
    expect(replay).toMatchObject({ code: 'store', failure: { nothing_changed: true } });
    expect(own.reached()).toHaveLength(before);
    const verdict = await third.verdict();
    expect(verdict.intact).toBe(false);
    expect(verdict.problems.join()).toMatch(/audit\.head: it vouches for entry \d+, which is missing/);
  });

  it('a store that is another altogether: an exported head shows it', async () => {
    const exported = (await client.verdict()).head as AuditHead;
    await using own = new Scene();
    const other = await own.server();
    await other.proposed('stop_instances', { instances: ['web-1'] });
    const verdict = await other.verdict(exported);
    expect(verdict.problems).toEqual([expect.stringContaining('another store')]);
  });
});

describe('what lies beside the store', () => {
  it.each<[tried: string, problem: RegExp, spoil: (path: string) => void]>([
    ['a head that is gone', /missing beside the store/, (path) => rmSync(path)],
    ['a head that is nonsense', /cannot be read/, (path) => writeFileSync(path, 'all is well')],
    [
      'a head that vouches for less, signed by nobody',
      /signature does not hold/,
      (path) =>
        writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), sequence: 2 })),
    ],
  ])('%s', async (_, problem, spoil) => {
    spoil(headFile());
    const verdict = await client.verdict();
    expect(verdict.intact).toBe(false);
    expect(verdict.problems.join()).toMatch(problem);
  });

  it('a claim taken back in the store: whoever writes there can have a yes count twice, and the log tells it', async () => {
    await using own = new Scene();
    const by = await own.server();
    const args = { instances: ['web-2'] };
    const grant = own.person.approve(await by.proposed('reboot_instances', args));
    expect((await by.call('reboot_instances', args, { grant })).code).toBe('done');
    expect((await by.verdict()).intact).toBe(true);
    own.tamper((db) => db.exec('DELETE FROM claims'));
    const seen = await own.watch(by, () => by.call('reboot_instances', args, { grant }));
    expect(seen.audit.filter((line) => line === 'intent')).toHaveLength(seen.reached.length);
    const verdict = await by.verdict();
    expect(verdict.problems).toEqual([
      expect.stringMatching(/^5: redeems what entry 3 had redeemed already/),
    ]);
  });
});

/** Moves what the write-ahead log holds into the file, so that a copy of the file is a copy of the store. */
function checkpoint(of: Scene): void {
  const db = new DatabaseSync(join(of.stateFolder, 'guard.db'));
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
