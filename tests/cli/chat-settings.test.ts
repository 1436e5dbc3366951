import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { chatSettings } from '../../src/cli/chat-settings.ts';
import { openChatSessions } from '../../src/cli/open-sessions.ts';
import { type Given, readOptions } from '../../src/cli/options.ts';
import { sessionWords } from '../../src/language/session-words.ts';
import { openStore } from '../../src/store/open-store.ts';

async function home(configuration?: string): Promise<NodeJS.ProcessEnv> {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-settings-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'aiops'));
  if (configuration) await writeFile(join(folder, 'aiops', 'config.yaml'), configuration);
  return { HOME: folder, XDG_CONFIG_HOME: folder, XDG_STATE_HOME: join(folder, 'state') };
}

const settings = (given: Given, environment: NodeJS.ProcessEnv) =>
  chatSettings({}, readOptions(given), environment);

test('a screen reader is asked for by flag, variable or configuration; the theme and the days by configuration', async () => {
  const none = await home();
  expect((await settings({}, none)).chat).toEqual({ screenReader: false, theme: 'auto', colour: true });
  expect((await settings({ screenReader: true, color: false }, none)).chat).toMatchObject({
    screenReader: true,
    colour: false,
  });
  expect((await settings({}, { ...none, AIOPS_SCREEN_READER: '1' })).chat.screenReader).toBe(true);
  expect((await settings({}, { ...none, AIOPS_SCREEN_READER: 'no' })).chat.screenReader).toBe(false);
  const set = await home('screen_reader: true\ntheme: light\nsession_days: 7\n');
  const { chat, sessions } = await settings({}, set);
  expect(chat).toMatchObject({ screenReader: true, theme: 'light' });
  expect([sessions.days, (await settings({}, none)).sessions.days]).toEqual([7, 30]);
  await expect(settings({}, await home('theme: pink\n'))).rejects.toThrow(/theme/);
});

test('says which flags choose the account, wherever one stands', async () => {
  const none = await home();
  const asked = async (given: Given, environment: NodeJS.ProcessEnv) =>
    (await settings(given, environment)).sessions.asked;
  expect(await asked({}, none)).toBe('');
  expect(await asked({}, { ...none, AWS_PROFILE: 'on call' })).toBe("--profile 'on call'");
  expect(await asked({ profile: 'prod' }, none)).toBe('--profile prod');
  expect(await asked({ account: 'demo', profile: 'prod' }, none)).toBe('--account demo');
  expect(await asked({ account: 'shop.yaml' }, none)).toBe(`--account ${resolve('shop.yaml')}`);
  const configured = await home('account: prod\naccounts:\n  - {name: prod}\n  - {name: test}\n');
  expect(await asked({}, configured)).toBe('--account prod');
  expect(await asked({ account: 'test' }, configured)).toBe('--account test');
});

test('sessions are kept for their days, and with none of them not at all', async () => {
  const environment = await home();
  const folder = join(environment.XDG_STATE_HOME ?? '', 'aiops');
  const open = (days: number) =>
    openChatSessions({ days, asked: '', environment, version: '1', server: 's' });
  const resumeLast = (days: number) => {
    const sessions = open(days);
    const { kind } = sessions.resumeLast(sessionWords('en').resume);
    sessions.close();
    return kind;
  };
  // Nothing is kept, and nothing is made to keep it in.
  const off = open(0);
  off.hear({ type: 'turn_started', turn: 't1', text: 'hello', provenance: 'typed' });
  expect(off.list(1)).toEqual({ found: [], current: expect.any(String) });
  off.close();
  const on = open(1);
  on.hear({ type: 'turn_started', turn: 't1', text: 'hello', provenance: 'typed' });
  on.remember('hello');
  on.close();
  const store = openStore(folder);
  const [found] = store.list(1);
  expect(found?.summary.id).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/);
  expect(resumeLast(1)).toBe('resumed');
  // Two days pass.
  const db = process.getBuiltinModule('node:sqlite');
  const raw = new db.DatabaseSync(store.file);
  raw.exec('UPDATE sessions SET last_at = last_at - 172800000');
  raw.close();
  expect(resumeLast(3)).toBe('resumed');
  expect(resumeLast(1)).toBe('none');
  expect(store.list(1)).toEqual([]);
  expect(store.inputs(5)).toEqual(['hello']);
  expect(resumeLast(0)).toBe('none');
  store.close();
});
