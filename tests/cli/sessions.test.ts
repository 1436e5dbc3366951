import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import type { CliParts, Streams } from '../../src/cli/parts.ts';
import { runCli } from '../../src/cli/program.ts';
import { whatWasSaid } from '../../src/cli/said.ts';
import { sessionExport } from '../../src/reports/session/session-export.ts';
import { storeFile } from '../../src/store/database.ts';
import { openStore } from '../../src/store/open-store.ts';

async function stateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'aiops');
}

function keep(folder: string, id: string, text: string, holder: number | null = null): void {
  const store = openStore(folder);
  store.begin({
    id,
    startedAt: Date.UTC(2026, 10, 20, 5),
    asked: '--account shop',
    folder: '/home/jane',
    place: { name: 'shop', account: '111122223333', backend: 'aws' },
    title: text,
    continues: null,
    holder,
  });
  store.append(id, [
    { at: Date.UTC(2026, 10, 20, 5), entry: { type: 'turn_started', turn: 't1', text, provenance: 'typed' } },
    { at: Date.UTC(2026, 10, 20, 5, 1), entry: { type: 'turn_ended', turn: 't1', outcome: 'answered' } },
  ]);
  store.close();
}

function collected(): { stream: PassThrough; text(): string } {
  const stream = new PassThrough();
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return { stream, text: () => text };
}

/** The program's own command line on a state folder; these commands use nothing else. */
async function run(folder: string, ...argv: string[]) {
  const [out, err] = [collected(), collected()];
  const unused = () => {
    throw new Error('not for this command');
  };
  const parts: Partial<CliParts> = {
    version: '1',
    streams: { stdin: new PassThrough(), stdout: out.stream, stderr: err.stream },
    environment: { HOME: folder, XDG_CONFIG_HOME: folder },
    now: () => new Date(),
    timeZone: 'Asia/Seoul',
    openStore: async () => openStore(folder),
    chat: unused,
  };
  const code = await runCli(argv, parts as CliParts);
  return { code, out: out.text(), err: err.text() };
}

test('lists, shows, exports and deletes what is kept', async () => {
  const folder = await stateFolder();
  expect(await run(folder, 'sessions')).toMatchObject({
    code: 0,
    out: '',
    err: 'No sessions are kept yet.\n',
  });
  keep(folder, 'k3v9x2ab', 'list all instances');
  keep(folder, 'm7v9x2ab', 'open \u202eone', process.pid);

  const listed = await run(folder, 'sessions');
  expect(listed.out).toMatch(/k3v9x2ab {2}2026-11-20 14:01 {2}shop {5}1 .*list all instances/);
  expect(listed.out).toMatch(/m7v9x2ab .*open {3}open \\u\{202e\}one/);
  const json = JSON.parse((await run(folder, 'sessions', '--json')).out);
  expect(json.sessions).toHaveLength(2);

  const shown = await run(folder, 'sessions', 'show', 'k3v9');
  expect(shown).toMatchObject({ code: 0 });
  expect(shown.out).toContain('# Session k3v9x2ab: list all instances');
  const piped = await run(folder, 'sessions', 'export', 'k3v9x2ab', '--format', 'json', '--output', '-');
  expect(sessionExport.parse(JSON.parse(piped.out)).turns[0]?.text).toBe('list all instances');
  const file = join(folder, 'session.json');
  expect((await run(folder, 'sessions', 'export', 'k3v9x2ab', '--output', file)).code).toBe(0);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'aiops.session', version: 1 });
  const again = await run(folder, 'sessions', 'export', 'k3v9x2ab', '--output', file);
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining('was not overwritten') });

  // All or none: one of them is open.
  const refused = await run(folder, 'sessions', 'delete', 'k3v9x2ab', 'm7v9x2ab');
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('leave that chat first') });
  expect(await run(folder, 'sessions', 'delete', 'k3v9x2ab')).toMatchObject({ code: 0 });
  expect((await run(folder, 'sessions', 'show', 'k3v9x2ab')).err).toContain('there is no session');
});

test('says what to do about a store or a session of a newer version, and of wrong usage', async () => {
  const folder = await stateFolder();
  keep(folder, 'k3v9x2ab', 'list all instances');
  keep(folder, 'k3v9x2zz', 'list all alarms');
  expect(await run(folder, 'sessions', 'show', 'k3v9')).toMatchObject({
    code: 2,
    err: expect.stringContaining('several sessions begin with "k3v9"'),
  });
  expect((await run(folder, 'sessions', 'export', 'k3v9x2ab', '--format', 'pdf')).code).toBe(2);
  const db = new DatabaseSync(storeFile(folder));
  db.exec("UPDATE sessions SET format = 99 WHERE id = 'k3v9x2zz'");
  expect(await run(folder, 'sessions', 'show', 'k3v9x2zz')).toMatchObject({
    code: 1,
    err: expect.stringContaining('newer version of aiops'),
  });
  expect((await run(folder, 'sessions')).out).toContain('newer version');
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(await run(folder, 'sessions')).toMatchObject({
    code: 1,
    err: expect.stringContaining('XDG_STATE_HOME'),
  });
});

test('--continue and --resume exclude each other, and neither is for a script', async () => {
  const folder = await stateFolder();
  const both = await run(folder, '--continue', '--resume', 'k3v9x2ab');
  expect(both).toMatchObject({ code: 2, err: expect.stringContaining('exclude each other') });
  // Standard input is none: nothing is opened, nothing waits.
  for (const argv of [[], ['--continue'], ['--lang', 'ko', '--resume', 'k3v9x2ab']]) {
    const piped = await run(folder, ...argv);
    expect(piped).toMatchObject({ code: 2, err: expect.stringContaining('aiops ask') });
  }
});

test('a lone dash is standard input, as nothing is, and never somebody typing', async () => {
  const streams = (text: string, isTTY: boolean): Streams => {
    const stdin = Object.assign(new PassThrough(), { isTTY });
    stdin.end(text);
    return { stdin, stdout: new PassThrough(), stderr: new PassThrough() };
  };
  expect(await whatWasSaid(['-'], streams('list instances\n', false))).toEqual({
    text: 'list instances',
    provenance: 'piped',
  });
  // From a terminal, to its end.
  expect(await whatWasSaid(['-'], streams('reboot api-1\n', true))).toEqual({
    text: 'reboot api-1',
    provenance: 'piped',
  });
});
