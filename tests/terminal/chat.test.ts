import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/domain/engine.ts';
import { WORDS } from '../../src/language/conversation.ts';
import {
  callView,
  cpu,
  DENIED,
  done,
  FACTS,
  instance,
  instances,
  REPORT,
  rebootProposal,
  SEEN,
} from './samples.ts';
import { type Chat, openChat } from './screen.ts';
import { type ScriptedEngine, scriptedEngine } from './scripted-engine.ts';

const APPROVAL = WORDS.en.approval;

const listing: Parameters<typeof scriptedEngine>[0] = ({ id, emit, end }) => {
  const rows = [instance('web-1'), instance('웹-서버'), instance('evil\u202e1\u001b[2J')];
  emit({
    type: 'call',
    turn: id,
    view: callView('list_instances', {}, done(instances(rows, DENIED)), `${id}.1`),
  });
  emit({ type: 'say', turn: id, tone: 'answer', text: 'There are 3 instances.' });
  end('answered');
};

/** An engine that asks before it answers, and tells what came of it. */
function askingEngine(): ScriptedEngine {
  return scriptedEngine(
    ({ id, emit }) => {
      const proposal = rebootProposal();
      emit({
        type: 'call',
        turn: id,
        view: callView('reboot_instances', {}, { status: 'awaiting_approval', proposal }, `${id}.1`),
      });
      emit({ type: 'approval_asked', turn: id, call: `${id}.1`, proposal, flagged: [] });
    },
    (call, { decision }, engine) => {
      const turn = call.split('.')[0] ?? '';
      engine.emit({ type: 'approval_settled', turn, call, decision });
      engine.emit({ type: 'say', turn, tone: 'note', text: `it was: ${decision}` });
      engine.emit({ type: 'turn_ended', turn, outcome: 'declined' });
    },
  );
}

async function leave(chat: Chat): Promise<void> {
  chat.type('\u0004');
  expect(await chat.exit).toBe(0);
}

describe('the chat in a terminal', () => {
  it('shows its first frame before there is an engine, and sends what was said meanwhile', async () => {
    const engine = scriptedEngine();
    const coming = Promise.withResolvers<Engine>();
    const chat = openChat(() => coming.promise);
    await chat.until(/› Say what you want/);
    expect(chat.screen()).toContain('connecting…');
    chat.type('list all instances\r');
    await chat.until(/› list all instances/);
    expect(engine.heard).toEqual([]);
    coming.resolve(engine);
    await chat.until(() => engine.heard.length > 0);
    expect(engine.heard).toEqual([{ intent: 'submit', text: 'list all instances', provenance: 'burst' }]);
    await leave(chat);
  });

  it('says so when the engine cannot be had, and still leaves', async () => {
    const chat = openChat(() => Promise.reject(new Error('account.yaml:3: no such region')));
    await chat.until(/account\.yaml:3: no such region/);
    await leave(chat);
  });

  it.each([
    [120, 40],
    [80, 24],
    [40, 15],
  ])('answers with a table and what could not be seen at %d×%d', async (columns, rows) => {
    const chat = openChat(scriptedEngine(listing), { columns, rows });
    chat.type('list all instances\r');
    const screen = await chat.until(/There are 3 instances/);
    expect(screen).toMatch(/› list all instances\n✓ list_instances/);
    expect(screen).toMatch(/웹-서버 +running/);
    expect(screen).toMatch(/Not seen: instances/);
    expect(screen).toContain(String.raw`evil\u{202e}1\u{1b}[2J`);
    expect(chat.written()).not.toContain('\u202e');
    await leave(chat);
  });

  it('stays readable at 20 columns: fewer columns, no broken rows', async () => {
    const engine = scriptedEngine(({ id, emit, end, ...turn }) => {
      if (turn.text !== 'cpu') return listing({ id, emit, end, ...turn });
      const data = { series: [cpu('web-1', [10, 50, 93])], coverage: SEEN, call: FACTS };
      emit({ type: 'call', turn: id, view: callView('get_metric', {}, done(data), `${id}.1`) });
      end('answered');
    });
    const chat = openChat(engine, { columns: 20, rows: 12 });
    await chat.until(/› Say what you/);
    engine.emit({ type: 'account', report: REPORT });
    chat.type('list\r');
    await chat.until(/instances\./);
    chat.type('cpu\r');
    const screen = await chat.until(/max 93 %[\s\S]*^shop · SIMULATED/m);
    expect(screen).toMatch(/web-1 +running/);
    for (const row of screen.split('\n')) expect(row).not.toMatch(/\S {3,}\S+…\S/);
    await leave(chat);
  });

  it('puts the real cursor behind Hangul, where an input method opens its window', async () => {
    const chat = openChat(scriptedEngine());
    await chat.until(/› Say what you want/);
    chat.type('웹 서버');
    await chat.until(/› 웹 서버/);
    await chat.until(() => chat.cursor().x === 9);
    expect(chat.cursor().row).toContain('› 웹 서버');
    chat.type('\u001b[D');
    await chat.until(() => chat.cursor().x === 7);
    chat.type('\u007f');
    await chat.until(/› 웹 버/);
    chat.type('\u0005\u0015');
    await chat.until(/› Say what you want/);
    await leave(chat);
  });

  it('sends a bracketed paste as pasted and shows that it will ask', async () => {
    const engine = scriptedEngine();
    const chat = openChat(engine);
    await chat.until(/› Say what you want/);
    chat.paste('start batch\n');
    await chat.until(/pasted: changes will ask/);
    expect(engine.heard).toEqual([]);
    chat.type('\r');
    await chat.until(() => engine.heard.length > 0);
    expect(engine.heard).toEqual([{ intent: 'submit', text: 'start batch', provenance: 'pasted' }]);
    await leave(chat);
  });

  it('lets nothing typed ahead or pasted answer a dialog, and puts the prompt back as it was', async () => {
    const engine = askingEngine();
    let steady = 0;
    const chat = openChat(engine, { now: () => ({ wall: Date.now(), steady }) });
    await chat.until(/› Say what you want/);
    chat.type('reboot api-1\ry');
    await chat.until(/y approve/);
    chat.type('y');
    await chat.until((screen) => screen.includes(APPROVAL.wait));
    steady += 600;
    chat.paste('y');
    await chat.until((screen) => screen.includes(APPROVAL.pasteIgnored));
    chat.type('\r');
    await chat.until((screen) => screen.includes(APPROVAL.enterIgnored));
    expect(engine.heard).toHaveLength(1);
    chat.type('n');
    await chat.until(/it was: decline/);
    await chat.until(/› y\n/);
    steady += 600;
    chat.type('\u0015');
    await chat.until(/› Say what you want/);
    await leave(chat);
  });

  it('approves on y alone', async () => {
    const engine = askingEngine();
    let steady = 0;
    const chat = openChat(engine, { now: () => ({ wall: Date.now(), steady }) });
    chat.type('reboot api-1\r');
    await chat.until(/y approve/);
    steady += 600;
    chat.type('y');
    await chat.until(/it was: approve/);
    steady += 600;
    await leave(chat);
  });

  it('keeps every finished line, and no piece of an old frame, through changes of size', async () => {
    const chat = openChat(scriptedEngine(listing), { columns: 20, rows: 12 });
    chat.type('list\r');
    await chat.until(/instances\.\n[\s\S]*› Say what/);
    const rules = (screen: string) => screen.match(/^─+$/gm) ?? [];
    const finished = () =>
      chat
        .screen()
        .split(/^─|› Say what/m)[0]
        ?.trimEnd();
    const before = finished();
    for (const [columns, rows] of [
      [40, 15],
      [80, 24],
      [120, 40],
    ] as const) {
      chat.resize(columns, rows);
      await chat.until(
        (now) => rules(now).length === 2 && rules(now).every((rule) => rule.length === columns),
      );
      expect(chat.screen().match(/› Say/g)).toHaveLength(1);
      expect(chat.screen().match(/connecting…/g)).toHaveLength(1);
    }
    expect(finished()).toBe(before);
    await leave(chat);
  });

  it('survives a resize in the middle of a dialog', async () => {
    const engine = askingEngine();
    const chat = openChat(engine, { columns: 100, rows: 30 });
    chat.type('reboot api-1\r');
    await chat.until(/y approve/);
    chat.resize(30, 14);
    await chat.until(/↓ \+\d+ more/);
    chat.resize(110, 40);
    const screen = await chat.until(/Open for/);
    expect(screen.match(/y approve/g)?.length).toBe(1);
    chat.type('\u0003');
    chat.type('\u0003');
    expect(await chat.exit).toBe(0);
  });

  it('speaks the language asked for, from the next line on', async () => {
    const engine = scriptedEngine();
    const chat = openChat(engine, { language: 'zh' });
    await chat.until(/› 说出你想做的事/);
    chat.type('/lang ko\r');
    await chat.until(/› 원하는 일을 말씀하세요/);
    expect(engine.heard).toEqual([{ intent: 'speak', language: 'ko' }]);
    await leave(chat);
  });

  it.each(['en', 'ko', 'zh'] as const)(
    'helps in %s from the tables of keys and commands',
    async (language) => {
      const chat = openChat(scriptedEngine(), { language, rows: 50 });
      chat.type('/help\r');
      const screen = await chat.until(/\/approvals/);
      for (const entry of [
        'Alt+Enter',
        'Ctrl+C',
        'Ctrl+D',
        'Esc',
        '/account',
        '/lang en|ko|zh',
        'auto on|off',
      ]) {
        expect(screen).toContain(entry);
      }
      await leave(chat);
    },
  );

  it('draws without colour when NO_COLOR is set', async () => {
    const chat = openChat(scriptedEngine(listing), { environment: { NO_COLOR: '1' } });
    chat.type('list\r');
    await chat.until(/There are 3/);
    await leave(chat);
    // Foreground colours are SGR 30-37 and 90-97.
    expect(chat.written()).not.toMatch(/\u001b\[(?:3|9)[0-7]m/);
  });
});

describe('leaving', () => {
  it.each([
    ['exit', 'exit\r'],
    ['Ctrl+D', '\u0004'],
    ['two Ctrl+C', '\u0003\u0003'],
  ])('by %s closes the engine and gives the terminal back', async (_name, bytes) => {
    const engine = scriptedEngine();
    const chat = openChat(engine);
    await chat.until(/› Say what you want/);
    expect(chat.rawMode()).toBe(true);
    chat.type(bytes);
    expect(await chat.exit).toBe(0);
    expect(engine.heard.at(-1)).toEqual({ intent: 'close' });
    expect(chat.rawMode()).toBe(false);
    const written = chat.written();
    expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThan(written.lastIndexOf('\u001b[?25l'));
    expect(written.lastIndexOf('\u001b[?2004l')).toBeGreaterThan(written.lastIndexOf('\u001b[?2004h'));
  });

  it('happens when the terminal goes away', async () => {
    const engine = scriptedEngine();
    const chat = openChat(engine);
    await chat.until(/› Say what you want/);
    chat.hangUp();
    expect(await chat.exit).toBe(0);
    expect(engine.heard).toEqual([{ intent: 'close' }]);
  });

  it('is not held up by an engine that does not come to rest', async () => {
    const engine = scriptedEngine();
    const chat = openChat({ ...engine, close: () => new Promise(() => {}) });
    await chat.until(/› Say what you want/);
    chat.type('exit\r');
    await chat.until(/leaving…/);
    chat.type('\u0003');
    expect(await chat.exit).toBe(0);
  });
});

describe('without a terminal', () => {
  it('refuses with a line that says what to do instead', async () => {
    const { PassThrough } = await import('node:stream');
    const { runTerminal } = await import('../../src/terminal/run.tsx');
    const engine = scriptedEngine();
    const stderr = new PassThrough();
    const code = await runTerminal({
      engine,
      language: 'en',
      version: '0',
      stdin: new PassThrough() as unknown as NodeJS.ReadStream,
      stdout: new PassThrough() as unknown as NodeJS.WriteStream,
      stderr,
    });
    expect(code).toBe(2);
    expect(String(stderr.read())).toContain('aiops ask');
    expect(engine.heard).toEqual([]);
  });
});
