import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createChatSessions } from '../../src/assistant/sessions/chat-sessions.ts';
import type { StoreProblem } from '../../src/domain/kept-session.ts';
import { EMPTY_CONVERSATION } from '../../src/domain/reading.ts';
import { openStore } from '../../src/store/open-store.ts';
import { clipboardSequence } from '../../src/terminal/clipboard.ts';
import { callView, done, instance, instances, REPORT } from './samples.ts';
import { type Chat, openChat } from './screen.ts';
import { type ScriptedEngine, scriptedEngine } from './scripted-engine.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'aiops-errands-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

/** Each run is another process as far as the record goes. */
let runs = 0;

function sessionsIn(state: string | StoreProblem) {
  runs += 1;
  const process = runs;
  let ids = 0;
  return async () =>
    createChatSessions({
      store: typeof state === 'string' ? openStore(state) : state,
      run: { asked: '--account shop', folder: '/home/jane', version: '1', server: 's', process },
      now: () => Date.UTC(2026, 10, 20, 5, 30),
      newId: () => {
        ids += 1;
        return `run${process}id${ids}`;
      },
      alive: () => false,
    });
}

/** Answers with two instances, as a real engine would tell it. */
function answering(): ScriptedEngine {
  const engine = scriptedEngine(({ id, text, emit }) => {
    const data = instances([instance('web-1'), instance('api-1')]);
    emit({ type: 'call', turn: id, view: callView('list_instances', {}, done(data), `${id}.1`) });
    emit({ type: 'say', turn: id, tone: 'answer', text: `Answer to ${text}.` });
    const conversation = { ...EMPTY_CONVERSATION, mentioned: [{ kind: 'instance', id: 'i-1', name: text }] };
    emit({ type: 'turn_ended', turn: id, outcome: 'answered', conversation } as never);
  });
  const { subscribe } = engine;
  // A real one says at once whose account it is.
  engine.subscribe = (listener) => {
    listener({ type: 'account', report: REPORT });
    return subscribe(listener);
  };
  return engine;
}

async function leave(chat: Chat): Promise<void> {
  chat.type('\u0004');
  expect(await chat.exit).toBe(0);
}

test('what was said is there again in the next chat, goes on, and is copied, exported and listed', async () => {
  const home = await folder();
  const state = join(home, 'state');
  const first = openChat(answering(), { sessions: sessionsIn(state) });
  first.type('list web servers\r');
  await first.until(/Answer to list web servers/);
  await leave(first);

  const engine = answering();
  engine.names = async () => [{ name: 'bastion', kind: 'instance', region: 'ap-northeast-2' }];
  engine.audit = async () => ({ kind: 'failed', why: 'it is held' });
  const second = openChat(engine, {
    columns: 120,
    rows: 40,
    sessions: sessionsIn(state),
    beginning: { begin: 'last' },
    environment: { TMUX: '/tmp/tmux-0/default,1,0' },
  });
  const shown = await second.until(/Going on with "list web servers"/);
  expect(shown).toContain('› list web servers');
  expect(shown).toMatch(/web-1 .*running/);
  expect(shown).toContain('Answer to list web servers.');
  // The engine leans on it before anything is sent.
  expect(engine.heard[0]).toMatchObject({
    intent: 'resume',
    talk: { conversation: { mentioned: [{ name: 'list web servers' }] }, typed: ['list web servers'] },
  });
  // What was typed then comes back to the prompt.
  second.type('\u001b[A');
  await second.until(/› list web servers[\s\S]*› list web servers/);
  second.type('\u0015');
  second.type('and api-1?\r');
  await second.until(/Answer to and api-1\?/);

  second.type('/sessions\r');
  expect(await second.until(/\/resume <number or id>/)).toMatch(
    /run\d+id1 .* shop .* 2 turns {2}list web servers \(this one\)/,
  );
  second.type('/copy\r');
  await second.until(/sent to the terminal's clipboard/);
  const copied = clipboardSequence('Answer to and api-1?.', { TMUX: 'yes' });
  expect(second.written()).toContain(copied);
  const file = join(home, 'out.json');
  second.type(`/export json ${file}\r`);
  await second.until(/Written to/);
  const exported = JSON.parse(await readFile(file, 'utf8'));
  expect(exported.turns.map(({ text }: { text: string }) => text)).toEqual([
    'list web servers',
    'and api-1?',
  ]);
  second.type(`/export json ${file}\r`);
  await second.until(/is there already/);
  second.type('/resume nothing9\r');
  await second.until(/There is no session "nothing9"/);
  second.type('/model\r');
  await second.until(/The built-in planner reads what you say/);
  second.type('/audit 3\r');
  await second.until(/The audit log could not be read: it is held/);
  // A name is completed from what the engine knows.
  second.type('describe bast');
  await second.until(/describe bast/);
  second.type('\t');
  await second.until(/describe bastion/);
  second.type('\u0015');
  await leave(second);
});

test('a store that cannot be used is told, and the chat works without', async () => {
  const problem: StoreProblem = { code: 'damaged', file: '/state/aiops.db', detail: 'not a database' };
  const chat = openChat(answering(), { sessions: sessionsIn(problem), beginning: { begin: 'last' } });
  await chat.until(/not being kept[\s\S]*\/state\/aiops\.db is damaged/);
  chat.type('list web servers\r');
  await chat.until(/Answer to list web servers/);
  await leave(chat);
});

test('the text goes through the editor and comes back; an editor that fails leaves it as it was', async () => {
  const home = await folder();
  const editor = join(home, 'editor.sh');
  await writeFile(editor, `#!/bin/sh\nls -l "$2" > "${home}/seen"\nprintf 'line one\\nline two\\n' > "$2"\n`);
  await chmod(editor, 0o700);
  const chat = openChat(answering(), { environment: { EDITOR: `${editor} --wait` } });
  await chat.until(/Say what you want/);
  chat.type('begun here');
  await chat.until(/begun here/);
  chat.type('\u0018');
  chat.type('\u0005');
  await chat.until(/line one[\s\S]*line two/);
  // The file was the person's alone, and is gone.
  const seen = await readFile(join(home, 'seen'), 'utf8');
  expect(seen).toMatch(/^-rw-------/);
  expect(
    (await readdir(tmpdir())).some((name) => seen.includes(name) && name.startsWith('aiops-prompt-')),
  ).toBe(false);
  await writeFile(editor, '#!/bin/sh\nexit 3\n');
  chat.type('\u0018');
  chat.type('\u0005');
  await chat.until(/failed: it ended with\s+exit code 3/);
  expect(chat.screen()).toContain('line two');
  chat.type('\u0003');
  await chat.until(/Ctrl\+C again leaves/);
  chat.type('\u0003');
  expect(await chat.exit).toBe(0);
});

test('the clipboard takes so much and no more, and tmux lets it through', () => {
  expect(clipboardSequence('a한', {})).toBe('\u001b]52;c;Ye2VnA==\u0007');
  expect(clipboardSequence('a한', { TMUX: '1' })).toContain(
    '\u001bPtmux;\u001b\u001b]52;c;Ye2VnA==\u0007\u001b\\',
  );
  expect(clipboardSequence('x'.repeat(74_994), {})).not.toBeNull();
  expect(clipboardSequence('x'.repeat(74_995), {})).toBeNull();
});
