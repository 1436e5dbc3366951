import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AccountReport } from '../../../mcp-server/contract/wire.ts';
import {
  type ChatSessions,
  createChatSessions,
  type ResumeOutcome,
  type SessionNews,
} from '../../../src/assistant/sessions/chat-sessions.ts';
import type { EngineEvent } from '../../../src/domain/events.ts';
import type { StoreProblem } from '../../../src/domain/kept-session.ts';
import { EMPTY_CONVERSATION } from '../../../src/domain/reading.ts';
import { sessionWords } from '../../../src/language/session-words.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { StoreError } from '../../../src/store/store-error.ts';
import { REPORT, rebootProposal } from '../../terminal/samples.ts';

const WORDS = sessionWords('en').resume;
/** Runs in another terminal. */
const OTHER_PROCESS = 4_242;

async function stateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-sessions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'aiops');
}

let clock = 1_000_000;
let ids = 0;

/** One run of the chat on a folder, without what draws. */
function run(
  store: Store | StoreProblem | null,
  how: { process?: number; asked?: string; folder?: string } = {},
): { sessions: ChatSessions; news: SessionNews[] } {
  const news: SessionNews[] = [];
  const { process = 1, asked = '--account shop', folder = '/home/jane' } = how;
  const sessions = createChatSessions({
    store,
    run: { asked, folder, version: '0.0.0', server: 'server-session', process },
    now: () => {
      clock += 1_000;
      return clock;
    },
    newId: () => {
      ids += 1;
      return `session${ids}`;
    },
    alive: (one) => one === OTHER_PROCESS,
  });
  sessions.subscribe((one) => news.push(one));
  return { sessions, news };
}

const account = (report: AccountReport): EngineEvent => ({ type: 'account', report });

function reportOf(name: string, number: string): AccountReport {
  const [row] = REPORT.accounts;
  return { ...REPORT, accounts: [{ ...row!, name, account: number, current: true }] };
}

const SHOP = reportOf('shop', '111122223333');

/** A turn in which instances were listed and one was spoken of. */
function turn(id: string, text: string): EngineEvent[] {
  const call = { tool: 'list_instances', arguments: {}, risk: 'read' as const, namedInFull: false };
  const mentioned = [{ kind: 'instance' as const, id: 'i-1', name: 'web-1' }];
  return [
    { type: 'turn_started', turn: id, text, provenance: 'typed' },
    {
      type: 'call',
      turn: id,
      view: { id: `${id}.1`, call, state: { status: 'running', startedAt: 1 } },
    },
    {
      type: 'call',
      turn: id,
      view: {
        id: `${id}.1`,
        call,
        state: { status: 'done', elapsedMs: 5, text: 'found', data: { instances: [] } },
      },
    },
    { type: 'say', turn: id, tone: 'answer', text: `about ${text}` },
    {
      type: 'turn_ended',
      turn: id,
      outcome: 'answered',
      conversation: { ...EMPTY_CONVERSATION, lastCalls: [call], mentioned },
    },
  ];
}

function hear({ sessions }: { sessions: ChatSessions }, ...events: EngineEvent[]): void {
  for (const event of events) sessions.hear(event);
}

function resumed(outcome: ResumeOutcome) {
  if (outcome.kind !== 'resumed') throw new Error(`not resumed: ${outcome.kind}`);
  return outcome;
}

/** What is drawn again, a word each. */
function drawn(events: readonly EngineEvent[]): string[] {
  return events.map((event) => {
    switch (event.type) {
      case 'turn_started':
        return `you: ${event.text}`;
      case 'call':
        return `call: ${event.view.state.status}`;
      case 'say':
        return `${event.tone}: ${event.text}`;
      default:
        return event.type;
    }
  });
}

test('a session that was left is taken up where it was: what was said, and what "it" can mean', async () => {
  const folder = await stateFolder();
  const first = run(openStore(folder));
  hear(first, account(SHOP), ...turn('t1', 'list all instances'), ...turn('t2', 'and web-1?'));
  first.sessions.close();

  const second = run(openStore(folder));
  const { events, talk, earlier, openIn, summary } = resumed(second.sessions.resumeLast(WORDS));
  expect(drawn(events)).toEqual([
    'you: list all instances',
    'call: done',
    'answer: about list all instances',
    'you: and web-1?',
    'call: done',
    'answer: about and web-1?',
  ]);
  expect(talk.conversation.mentioned).toEqual([{ kind: 'instance', id: 'i-1', name: 'web-1' }]);
  expect(talk.typed).toEqual(['list all instances', 'and web-1?']);
  expect(talk.brought).toHaveLength(2);
  expect([earlier, openIn]).toEqual([0, null]);
  // The new run's turns begin at t1 again; the record keeps them apart.
  hear(second, account(SHOP), ...turn('t1', 'thanks'));
  second.sessions.close();
  const third = run(openStore(folder));
  const again = resumed(third.sessions.resume(summary.id, WORDS));
  expect(drawn(again.events).filter((one) => one.startsWith('you'))).toEqual([
    'you: list all instances',
    'you: and web-1?',
    'you: thanks',
  ]);
  expect(third.sessions.list(10)).toMatchObject({ found: [{ summary: { turns: 3 } }], current: summary.id });
  third.sessions.close();
});

test('a session that was killed ends with its running turn, and what was proposed in it is over', async () => {
  const folder = await stateFolder();
  const killed = run(openStore(folder), { process: 77 });
  const proposal = rebootProposal();
  const [started, running] = turn('t2', 'reboot web-1');
  hear(killed, account(SHOP), ...turn('t1', 'list all instances'), started!, running!);
  const call = { tool: 'reboot_instances', arguments: {}, risk: 'destructive' as const, namedInFull: true };
  const understood: EngineEvent = {
    type: 'understood',
    turn: 't2',
    reading: { outcome: 'calls', calls: [call], confidence: 1 },
    language: 'en',
    conversation: { ...EMPTY_CONVERSATION, lastCalls: [call] },
  };
  hear(
    killed,
    understood,
    {
      type: 'call',
      turn: 't2',
      view: { id: 't2.2', call, state: { status: 'awaiting_approval', proposal } },
    },
    { type: 'approval_asked', turn: 't2', call: 't2.2', proposal, flagged: [] },
  );
  // Nothing closes it: the next run finds it as the disk has it.
  const next = run(openStore(folder));
  const { events, talk, openIn } = resumed(next.sessions.resumeLast(WORDS));
  expect(openIn).toBeNull();
  expect(drawn(events).slice(3)).toEqual([
    'you: reboot web-1',
    'call: cancelled',
    'call: failed',
    `note: ${WORDS.proposalOver}`,
    `note: ${WORDS.interrupted}`,
  ]);
  expect(JSON.stringify(events)).not.toContain('approval_asked');
  // "It" is what it was when the program was killed.
  expect(talk.conversation.lastCalls.map(({ tool }) => tool)).toEqual(['reboot_instances']);
  next.sessions.close();
  killed.sessions.close();
});

test('of a long session the newest turns are shown, and how many are not', async () => {
  const folder = await stateFolder();
  const first = run(openStore(folder));
  for (let i = 1; i <= 25; i += 1) hear(first, ...turn(`t${i}`, `sentence ${i}`));
  first.sessions.close();
  const second = run(openStore(folder));
  const { events, earlier } = resumed(second.sessions.resumeLast(WORDS));
  expect(earlier).toBe(5);
  expect(drawn(events)[0]).toBe('you: sentence 6');
  second.sessions.close();
});

test('only a session of the same account is taken up; one that turns out to be of another is let go', async () => {
  const folder = await stateFolder();
  const shop = run(openStore(folder), { folder: '/elsewhere' });
  hear(shop, account(SHOP), ...turn('t1', 'in the shop'));
  shop.sessions.close();
  const bank = run(openStore(folder), { asked: '--account bank' });
  hear(bank, account(reportOf('bank', '999988887777')), ...turn('t1', 'in the bank'));
  bank.sessions.close();

  // The last one overall is the bank's.
  const again = run(openStore(folder));
  const { summary } = resumed(again.sessions.resumeLast(WORDS));
  expect(summary.title).toBe('in the shop');
  const listed = again.sessions.list(10);
  const other =
    'found' in listed ? listed.found.find(({ summary: { title } }) => title === 'in the bank') : null;
  expect(again.sessions.resume(other!.summary.id, WORDS)).toMatchObject({ kind: 'other_account' });
  // The same flags lead to another account now: what is said from here on is no part of that session.
  hear(again, account(reportOf('shop', '444455556666')));
  expect(again.news).toEqual([
    { news: 'other_account', was: 'shop (111122223333)', is: 'shop (444455556666)' },
  ]);
  hear(again, ...turn('t1', 'somewhere else'));
  const record = again.sessions.record();
  expect(record && 'summary' in record ? record.summary.title : null).toBe('somewhere else');
  again.sessions.close();
});

test('a session of this folder goes before a newer one of another', async () => {
  const folder = await stateFolder();
  for (const [at, text] of [
    ['/home/jane', 'here'],
    ['/tmp', 'there'],
  ] as const) {
    const one = run(openStore(folder), { folder: at });
    hear(one, ...turn('t1', text));
    one.sessions.close();
  }
  const again = run(openStore(folder));
  expect(resumed(again.sessions.resumeLast(WORDS)).summary.title).toBe('here');
  again.sessions.close();
});

test('a session that is open elsewhere is gone on with under a record of its own', async () => {
  const folder = await stateFolder();
  const open = run(openStore(folder), { process: OTHER_PROCESS });
  hear(open, ...turn('t1', 'still open'));
  const listed = open.sessions.list(1);
  const id = 'found' in listed ? listed.found[0]!.summary.id : '';
  const second = run(openStore(folder));
  // The last one that nobody has open: there is none.
  expect(second.sessions.resumeLast(WORDS).kind).toBe('none');
  expect(resumed(second.sessions.resume(id, WORDS)).openIn).toBe(OTHER_PROCESS);
  hear(second, ...turn('t1', 'beside it'));
  const record = second.sessions.record();
  expect(record).toMatchObject({ summary: { title: 'beside it', continues: id } });
  expect(second.sessions.resume('nothing', WORDS).kind).toBe('not_found');
  second.sessions.close();
  open.sessions.close();
});

test('without a store the session is in memory alone, says so, and can still be written to a file', () => {
  const problem: StoreProblem = { code: 'damaged', file: '/x/aiops.db', detail: 'not a database' };
  const one = run(problem);
  expect(one.news).toEqual([{ news: 'keeping', problem }]);
  hear(one, ...turn('t1', 'list all instances'));
  const record = one.sessions.record();
  expect(record && 'lines' in record ? record.lines.length : 0).toBeGreaterThan(4);
  expect(one.sessions.resumeLast(WORDS)).toEqual({ kind: 'failed', problem });
  one.sessions.remember('list all instances');
  one.sessions.close();
});

test('a disk that is full for a while loses nothing: it is said once, and what was said then is kept', async () => {
  const store = openStore(await stateFolder());
  let full = false;
  const flaky: Store = {
    ...store,
    append: (session, lines) => {
      if (full) throw new StoreError({ code: 'full', file: store.file, detail: 'disk full' });
      store.append(session, lines);
    },
  };
  const one = run(flaky);
  hear(one, ...turn('t1', 'before'));
  full = true;
  hear(one, ...turn('t2', 'meanwhile'));
  expect(one.news).toMatchObject([{ news: 'keeping', problem: { code: 'full' } }]);
  full = false;
  hear(one, ...turn('t3', 'after'));
  expect(one.news).toHaveLength(2);
  expect(one.news[1]).toEqual({ news: 'keeping', problem: null });
  const record = one.sessions.record();
  const id = record && 'summary' in record ? record.summary.id : '';
  const texts = store
    .lines(id)
    .lines.flatMap(({ entry }) => (entry.type === 'turn_started' ? [entry.text] : []));
  expect(texts).toEqual(['before', 'meanwhile', 'after']);
  one.sessions.close();
});

test('pieces of an answer that nothing closed are what was said', async () => {
  const folder = await stateFolder();
  const one = run(openStore(folder));
  hear(
    one,
    { type: 'turn_started', turn: 't1', text: 'why?', provenance: 'typed' },
    { type: 'say_part', turn: 't1', say: 's1', text: 'Because ' },
    { type: 'say_part', turn: 't1', say: 's1', text: 'of **disk**' },
    { type: 'turn_ended', turn: 't1', outcome: 'cancelled' },
  );
  one.sessions.close();
  const again = run(openStore(folder));
  expect(drawn(resumed(again.sessions.resumeLast(WORDS)).events)).toEqual([
    'you: why?',
    'answer: Because of **disk**',
  ]);
  again.sessions.close();
});
