import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { KeptEntry } from '../../src/domain/kept-session.ts';
import { storeFile } from '../../src/store/database.ts';
import { NOT_KEPT } from '../../src/store/line-size.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { NewSession, Store } from '../../src/store/store.ts';
import { StoreError } from '../../src/store/store-error.ts';

const UNWRITABLE = fileURLToPath(new URL('fixtures/unwritable-store.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

async function stateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-store-'));
  onTestFinished(async () => {
    await chmod(folder, 0o700);
    await rm(folder, { recursive: true, force: true });
  });
  return join(folder, 'aiops');
}

function opened(folder: string): Store {
  const store = openStore(folder, 50);
  onTestFinished(() => store.close());
  return store;
}

const session = (id: string, more: Partial<NewSession> = {}): NewSession => ({
  id,
  startedAt: 1_000,
  asked: '--account demo',
  folder: '/home/jane',
  place: null,
  title: 'list all instances',
  continues: null,
  holder: null,
  ...more,
});

const started = (turn: string, text = 'hello'): KeptEntry => ({
  type: 'turn_started',
  turn,
  text,
  provenance: 'typed',
});

function problemOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error.problem.code;
    throw error;
  }
  return 'none';
}

test('keeps lines in order, for their owner alone, and counts turns', async () => {
  const folder = await stateFolder();
  const first = opened(folder);
  first.begin(session('k3v9x2ab'));
  first.append('k3v9x2ab', [
    { at: 2_000, entry: started('t1') },
    { at: 3_000, entry: { type: 'turn_ended', turn: 't1', outcome: 'answered' } },
  ]);
  first.append('k3v9x2ab', [{ at: 4_000, entry: started('t2', '정지된 인스턴스 있어?') }]);
  first.update('k3v9x2ab', { place: { name: 'shop', account: '1', backend: 'aws' }, holder: 7 });
  const again = opened(folder);
  const [found] = again.find('K3V9');
  expect(found).toMatchObject({ readable: true, summary: { turns: 2, lastAt: 4_000, holder: 7 } });
  expect(found?.summary.place).toEqual({ name: 'shop', account: '1', backend: 'aws' });
  const { lines, unread } = again.lines('k3v9x2ab');
  expect(unread).toBe(0);
  expect(lines.map(({ at, entry }) => [at, entry.type])).toEqual([
    [2_000, 'turn_started'],
    [3_000, 'turn_ended'],
    [4_000, 'turn_started'],
  ]);
  expect(lines[2]?.entry).toMatchObject({ text: '정지된 인스턴스 있어?' });
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(storeFile(folder))).mode & 0o777).toBe(0o600);
});

test('lists the newest first, deletes for good, and forgets what is old unless somebody has it open', async () => {
  const store = opened(await stateFolder());
  for (const [id, at, holder] of [
    ['aaaaaaaa', 1_000, null],
    ['bbbbbbbb', 2_000, 42],
    ['cccccccc', 9_000, null],
  ] as const) {
    store.begin(session(id, { startedAt: at, holder }));
    store.append(id, [{ at, entry: started('t1') }]);
  }
  expect(store.list(10).map(({ summary }) => summary.id)).toEqual(['cccccccc', 'bbbbbbbb', 'aaaaaaaa']);
  expect(store.prune(5_000, (process) => process === 42)).toBe(1);
  expect(store.list(10).map(({ summary }) => summary.id)).toEqual(['cccccccc', 'bbbbbbbb']);
  expect(store.delete('cccccccc')?.title).toBe('list all instances');
  expect(store.delete('cccccccc')).toBeNull();
  expect(store.lines('cccccccc').lines).toEqual([]);
});

test('inputs are kept once each, where they were last used, and only so many', async () => {
  const store = opened(await stateFolder());
  for (const text of ['one', 'two', 'three', 'one', 'four']) store.remember(text, 1_000, 3);
  expect(store.inputs(10)).toEqual(['three', 'one', 'four']);
  expect(store.inputs(2)).toEqual(['one', 'four']);
  store.prune(2_000, () => false);
  expect(store.inputs(10)).toEqual([]);
});

test('a line that is none is counted and left out', async () => {
  const folder = await stateFolder();
  const store = opened(folder);
  store.begin(session('k3v9x2ab'));
  store.append('k3v9x2ab', [{ at: 1, entry: started('t1') }]);
  const db = new DatabaseSync(storeFile(folder));
  const add = db.prepare('INSERT INTO session_lines (session, at, body) VALUES (?, 2, ?)');
  add.run('k3v9x2ab', '{"type":"call","turn":"t1","view":{"id":7}}');
  add.run('k3v9x2ab', '{"type":');
  db.close();
  expect(store.lines('k3v9x2ab')).toMatchObject({ unread: 2, lines: [{ at: 1 }] });
});

test('findings that are too large are not kept, and said not to be', async () => {
  const store = opened(await stateFolder());
  store.begin(session('k3v9x2ab'));
  const data = { events: ['x'.repeat(5_000_000)], coverage: { looked_at: ['logs'], gaps: [] } };
  const entry: KeptEntry = {
    type: 'call',
    turn: 't1',
    view: {
      id: 't1.1',
      call: { tool: 'query_logs', arguments: {}, risk: 'read', namedInFull: false },
      state: { status: 'done', elapsedMs: 1, text: 'found', data },
    },
  };
  store.append('k3v9x2ab', [{ at: 1, entry }]);
  const [line] = store.lines('k3v9x2ab').lines;
  const state = line?.entry.type === 'call' ? line.entry.view.state : null;
  expect(state).toMatchObject({ status: 'done', data: { coverage: data.coverage } });
  expect(state?.status === 'done' ? state.data[NOT_KEPT] : 0).toBeGreaterThan(5_000_000);
});

test('a store of a newer version is refused and stays as it is', async () => {
  const folder = await stateFolder();
  openStore(folder).close();
  const db = new DatabaseSync(storeFile(folder));
  db.exec('PRAGMA user_version = 99');
  db.close();
  const before = await readFile(storeFile(folder));
  expect(problemOf(() => openStore(folder))).toBe('newer');
  expect(await readFile(storeFile(folder))).toEqual(before);
});

test('one session of a newer program is told of, not read; the others are', async () => {
  const folder = await stateFolder();
  const store = opened(folder);
  store.begin(session('aaaaaaaa'));
  store.begin(session('bbbbbbbb'));
  const db = new DatabaseSync(storeFile(folder));
  db.exec("UPDATE sessions SET format = 99 WHERE id = 'aaaaaaaa'");
  db.close();
  expect(store.list(2).map(({ readable }) => readable)).toEqual([false, true]);
});

test('a damaged file is refused and stays as it is', async () => {
  const folder = await stateFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const garbage = 'this is not a database, and long enough to be taken for one '.repeat(20);
  await writeFile(storeFile(folder), garbage);
  expect(problemOf(() => openStore(folder))).toBe('damaged');
  expect(await readFile(storeFile(folder), 'utf8')).toBe(garbage);
});

test('a folder that others can write to is refused, and so is a file in its place', async () => {
  const folder = await stateFolder();
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o777);
  expect(problemOf(() => openStore(folder))).toBe('exposed');
  const other = await stateFolder();
  await writeFile(other, 'a file');
  expect(problemOf(() => openStore(other))).toBe('unwritable');
});

test('one that cannot be written is read, and says so when it should be written', async () => {
  const folder = await stateFolder();
  const before = openStore(folder);
  before.begin(session('k3v9x2ab'));
  before.close();
  await chmod(storeFile(folder), 0o400);
  await chmod(folder, 0o500);
  onTestFinished(() => chmod(folder, 0o700));
  // To root everything can be written, unless it goes without that right.
  const without = ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'];
  const [program = '', ...args] = [...(process.getuid?.() === 0 ? without : []), NODE, UNWRITABLE, folder];
  const said = execFileSync(program, args, { encoding: 'utf8' });
  expect(JSON.parse(said)).toEqual({ listed: 1, problem: 'unwritable' });
});

test('a store that another process is writing is busy, and takes the same afterwards', async () => {
  const folder = await stateFolder();
  const store = opened(folder);
  store.begin(session('k3v9x2ab'));
  const other = new DatabaseSync(storeFile(folder));
  other.exec('BEGIN IMMEDIATE');
  expect(problemOf(() => store.append('k3v9x2ab', [{ at: 1, entry: started('t1') }]))).toBe('busy');
  other.exec('ROLLBACK');
  other.close();
  store.append('k3v9x2ab', [{ at: 1, entry: started('t1') }]);
  expect(store.lines('k3v9x2ab').lines).toHaveLength(1);
});
