import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createChatSessions } from '../../src/assistant/sessions/chat-sessions.ts';
import { openStore } from '../../src/store/open-store.ts';
import { REPORT } from './samples.ts';
import { type Chat, openChat } from './screen.ts';
import { type ScriptedEngine, scriptedEngine } from './scripted-engine.ts';

function sessionsIn(state: string, process: number) {
  return async () =>
    createChatSessions({
      store: openStore(state),
      run: { asked: '--account shop', folder: '/home/jane', version: '1', server: 's', process },
      now: () => Date.UTC(2026, 10, 20, 5, process),
      newId: () => `run${process}`,
      alive: () => false,
    });
}

function answering(): ScriptedEngine {
  const engine = scriptedEngine(({ id, text, emit, end }) => {
    emit({ type: 'say', turn: id, tone: 'answer', text: `Answer to ${text}.` });
    end('answered');
  });
  const { subscribe } = engine;
  engine.subscribe = (listener) => {
    listener({ type: 'account', report: REPORT });
    return subscribe(listener);
  };
  return engine;
}

async function leave(chat: Chat): Promise<void> {
  chat.type('\u0015\u0004');
  expect(await chat.exit).toBe(0);
}

test('what was said in one run is fetched and found in the next, and is none of its own words', async () => {
  const state = await mkdtemp(join(tmpdir(), 'aiops-inputs-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));
  const first = openChat(answering(), { sessions: sessionsIn(state, 1) });
  for (const said of ['정지된 인스턴스 있어?', 'start web-1', ' a secret', 'start web-1']) {
    first.type(`${said}\r`);
    await first.until((screen) => screen.lastIndexOf(`Answer to ${said.trim()}.`) > 0);
  }
  await leave(first);

  const engine = answering();
  const second = openChat(engine, { sessions: sessionsIn(state, 2) });
  await second.until(/shop · SIMULATED/);
  second.type('\u001b[A');
  await second.until(/› start web-1\n─+ from history: changes will ask/);
  second.type('\u001b[A');
  await second.until(/› 정지된 인스턴스 있어\?\n/);
  second.type('\u0015\u0012WEB');
  await second.until(/search: WEB\n› start web-1/);
  second.type('\r');
  await second.until(/› start web-1\n─+ from history/);
  second.type('\r');
  await second.until(/Answer to start web-1/);
  expect(engine.heard).toContainEqual({ intent: 'submit', text: 'start web-1', provenance: 'pasted' });
  await leave(second);
});
