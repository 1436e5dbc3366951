import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ChangeOutcome } from '../../mcp-server/guard/guard.ts';
import type { Ledger } from '../../mcp-server/guard/ledger.ts';
import { Bench, failed, instanceChange, request } from './bench.ts';

const FIXTURE = fileURLToPath(new URL('./fixtures/redeem.ts', import.meta.url));
const STOP = instanceChange();

/** Lets a store's connection grow no further than it is: what a full disk looks like to SQLite. */
function fillDisk(ledger: Ledger): void {
  ledger.read((db) => {
    const pages = Number(db.prepare('PRAGMA page_count').get()?.page_count);
    db.exec(`PRAGMA max_page_count = ${pages}`);
  });
}

/** Uses up what is left in pages that are already there. */
const LONG = instanceChange('stop_instances', ['web-1'], { cli: ['x'.repeat(200_000)] });

describe('the store', () => {
  it('is not there before it is needed, then is its owner’s alone', async () => {
    using bench = new Bench();
    expect(existsSync(bench.state)).toBe(false);
    await bench.proposed(STOP);
    expect(statSync(bench.state).mode & 0o777).toBe(0o700);
    for (const name of ['guard.db', 'guard.db-wal', 'guard.db-shm']) {
      expect(statSync(join(bench.state, name)).mode & 0o077).toBe(0);
    }
  });

  it('is shared: what one server proposes, another can redeem', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    const second = bench.anotherLedger();
    expect((await bench.guard(second).run(request(STOP, { grant }))).kind).toBe('changed');
    second.close();
  });

  it('of a newer program is left alone', async () => {
    using bench = new Bench();
    await bench.proposed(STOP);
    bench.ledger.write((db) => db.exec('PRAGMA user_version = 99'));
    const asked = request(STOP);
    const failure = failed(await bench.guard(bench.anotherLedger()).run(asked));
    expect(failure).toMatchObject({ code: 'store', nothing_changed: true });
    expect(failure.message).toContain('newer version');
    expect(asked.attempts).toEqual([]);
  });
});

/** Reads the audit in a process that may not write the store, also where the tests run as root. */
const READER = `
  import { openLedger } from ${JSON.stringify(new URL('../../mcp-server/guard/ledger.ts', import.meta.url).href)};
  import { verifyAudit } from ${JSON.stringify(new URL('../../mcp-server/guard/audit-verify.ts', import.meta.url).href)};
  if (process.getuid() === 0) process.setuid(65534);
  const ledger = openLedger({ folder: process.argv[1], random: () => Buffer.alloc(0) });
  const { intact, entries } = ledger.read((db) => verifyAudit(db, ledger.folder));
  let refused = null;
  try { ledger.write(() => {}); } catch (error) { refused = error.failure.code; }
  ledger.close();
  console.log(JSON.stringify({ intact, entries, refused }));
`;

describe('a store that can only be read', () => {
  it.each(['at rest', 'with a log that was not folded in'])('is read: %s', async (how) => {
    using bench = new Bench();
    await bench.run(request(STOP, { grant: await bench.approved(STOP) }));
    const kept = join(bench.folder, 'kept');
    if (how === 'at rest') bench.ledger.close();
    mkdirSync(kept);
    for (const name of ['guard.db', 'guard.db-wal', 'audit.head']) {
      if (existsSync(join(bench.state, name))) copyFileSync(join(bench.state, name), join(kept, name));
    }
    for (const name of readdirSync(kept)) chmodSync(join(kept, name), 0o444);
    for (const folder of [kept, bench.folder]) chmodSync(folder, 0o555);
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', READER, kept], {
      encoding: 'utf8',
    });
    chmodSync(bench.folder, 0o755);
    chmodSync(kept, 0o755);
    expect(run.stderr.replace(/.*ExperimentalWarning.*|.*--trace-warnings.*/g, '').trim()).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({ intact: true, entries: 4, refused: 'store' });
  });
});

describe('nothing runs when the store', () => {
  it('is on a full disk: it cannot propose', async () => {
    using bench = new Bench();
    await bench.proposed(STOP);
    fillDisk(bench.ledger);
    const asked = request(LONG);
    const failure = failed(await bench.run(asked));
    expect(failure).toMatchObject({ code: 'store', nothing_changed: true });
    expect(failure.message).toContain('disk is full');
    expect(failure.hint).toContain('Free some space');
    expect(asked.attempts).toEqual([]);
  });

  it('is on a full disk: an intent that cannot be written is a call that is not made', async () => {
    using bench = new Bench();
    const grant = await bench.approved(LONG);
    fillDisk(bench.ledger);
    const asked = request(LONG, { grant });
    expect(failed(await bench.run(asked))).toMatchObject({ code: 'store', nothing_changed: true });
    expect(asked.attempts).toEqual([]);
    expect(bench.story()).toEqual(['proposed']);
    bench.ledger.read((db) => db.exec('PRAGMA max_page_count = 100000'));
    expect((await bench.run(request(LONG, { grant }))).kind).toBe('changed'); // the grant was not lost
  });

  it('may not write another byte (a real limit on the file’s size)', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    bench.ledger.close();
    const told = JSON.stringify({ change: STOP, grant });
    const run = spawnSync(
      'sh',
      ['-c', 'ulimit -f 1; exec "$@"', 'sh', process.execPath, FIXTURE, bench.folder, told],
      {
        encoding: 'utf8',
      },
    );
    const outcome: ChangeOutcome = JSON.parse(run.stdout);
    expect(failed(outcome)).toMatchObject({ code: 'store', nothing_changed: true });
    expect(existsSync(join(bench.folder, 'attempts'))).toBe(false);
  });

  it('is damaged', async () => {
    using bench = new Bench();
    mkdirSync(bench.state, { mode: 0o700 });
    writeFileSync(
      join(bench.state, 'guard.db'),
      'this is not a database, it only looks like one '.repeat(200),
    );
    const asked = request(STOP);
    const failure = failed(await bench.run(asked));
    expect(failure.code).toBe('store');
    expect(failure.hint).toContain('Move it away');
    expect(asked.attempts).toEqual([]);
  });

  it('is held by another process for too long', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    const holder = new DatabaseSync(bench.ledger.file);
    holder.exec('BEGIN IMMEDIATE');
    const asked = request(STOP, { grant });
    const waiting = bench.anotherLedger(20);
    const failure = failed(await bench.guard(waiting).run(asked));
    holder.exec('ROLLBACK');
    holder.close();
    expect(failure.code).toBe('store');
    expect(failure.message).toContain('held by another process');
    expect(asked.attempts).toEqual([]);
    expect((await bench.guard(waiting).run(asked)).kind).toBe('changed');
    waiting.close();
  });

  it('lies where no folder can be made', async () => {
    using bench = new Bench();
    writeFileSync(bench.state, 'a file');
    const asked = request(STOP);
    expect(failed(await bench.run(asked))).toMatchObject({ code: 'store', nothing_changed: true });
    expect(asked.attempts).toEqual([]);
  });

  it('lies in a folder that others can write', async () => {
    using bench = new Bench();
    mkdirSync(bench.state);
    chmodSync(bench.state, 0o777);
    const asked = request(STOP);
    const failure = failed(await bench.run(asked));
    expect(failure).toMatchObject({ code: 'store', hint: expect.stringContaining('chmod 700') });
    expect(asked.attempts).toEqual([]);
  });

  it('was put back from an older copy: its used grants would count again', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    bench.ledger.close();
    const older = readFileSync(bench.ledger.file);
    await bench.run(request(STOP, { grant }));
    bench.ledger.close();
    writeFileSync(bench.ledger.file, older);
    const asked = request(STOP, { grant });
    const failure = failed(await bench.guard(bench.anotherLedger()).run(asked));
    expect(failure.code).toBe('store');
    expect(failure.message).toContain('older copy');
    expect(asked.attempts).toEqual([]);
  });
});

describe('a refusal stands', () => {
  it('also when it cannot be written down', async () => {
    using bench = new Bench();
    writeFileSync(bench.state, 'a file');
    bench.policy = { ok: false, problem: 'line 1' };
    const failure = failed(await bench.run(request(STOP)));
    expect(failure.code).toBe('configuration');
    expect(failure.hint).toContain('could not be logged');
  });
});

describe('after AWS answered', () => {
  it('an outcome that cannot be written is told: what AWS said, and that the log does not have it', async () => {
    using bench = new Bench();
    const grant = await bench.approved(STOP);
    const asked = request(STOP, {
      grant,
      attempt: async () => {
        // The disk fills up while AWS works, with nothing left to reuse.
        fillDisk(bench.ledger);
        bench.ledger.read((db) => db.exec('PRAGMA query_only = ON'));
      },
    });
    const failure = failed(await bench.run(asked));
    expect(failure).toMatchObject({ code: 'outcome_unknown', nothing_changed: false });
    expect(failure.message).toMatch(
      /AWS accepted stop_instances on web-1 \(i-web-1\)\. But this could not be written/,
    );
    expect(asked.attempts).toHaveLength(1);
    expect(bench.desk().auditVerify()).toMatchObject({ intact: true, open_intents: [3] });
  });
});
