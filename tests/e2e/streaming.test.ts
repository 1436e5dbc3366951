import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { callView, done, instance, instances, REPORT, rebootProposal } from '../terminal/samples.ts';
import { writeShop } from './evidence.ts';
import { type Newcomer, newcomer } from './program.ts';
import { bundleScriptedChat, openScriptedChat, type ScriptedChat } from './scripted-chat.ts';

let person: Newcomer;
let program: string;
beforeAll(async () => {
  person = await newcomer();
  program = await bundleScriptedChat(person.home);
});
afterAll(() => person.leave());

const CTRL_C = '\u0003';
const CTRL_U = '\u0015';
const ESC = '\u001b';
const PAGE_DOWN = '\u001b[6~';

const FIRST =
  '## 왜 느린가\n\nweb-1 ran out of **memory** at 14:05。内存用尽。\n\n- 서버 두 대가 다시 시작됐습니다\n';
const REST = '- nginx was killed twice\n\n그 뒤로는 조용합니다.\n';

const HOUR_MS = 3_600_000;
const proposal = rebootProposal({
  created_at: new Date().toISOString(),
  expires_at: new Date(Date.now() + HOUR_MS).toISOString(),
});

/** Pieces of an answer as a model sends them, a few characters each. */
function pieces(turn: string, text: string) {
  return (text.match(/[\s\S]{1,5}/g) ?? []).map(
    (piece) => ({ type: 'say_part', turn, say: `${turn}.a`, text: piece }) as const,
  );
}

async function opened(columns: number, rows: number): Promise<ScriptedChat> {
  const scripted = await openScriptedChat(person, program, { columns, rows });
  scripted.emit({ type: 'account', report: REPORT }, { type: 'server', state: 'ready' });
  await scripted.chat.until(/› Say what you want[\s\S]*shop · SIM/);
  return scripted;
}

const times = (text: string, of: RegExp) => text.match(of)?.length ?? 0;

/** The dialog whole, drawn for so many columns, and no piece of another frame beside it. */
function asksOnce(inSight: string, columns: number): boolean {
  const rules = inSight.match(/^─+$/gm) ?? [];
  const words = inSight.replace(/\s+/g, ' ');
  return (
    rules.length === 2 &&
    rules.every((rule) => rule.length === columns) &&
    // A rule that the terminal has broken in two is one of an old frame.
    !/^─+\n─+$/m.test(inSight) &&
    times(words, /y approve · n decline · e edit · w why · Esc decline/g) === 1 &&
    times(words, /shop · SIM/g) === 1
  );
}

it.each([
  { columns: 80, rows: 24, other: { columns: 120, rows: 40 } },
  { columns: 120, rows: 40, other: { columns: 100, rows: 30 } },
  { columns: 40, rows: 15, other: { columns: 80, rows: 24 } },
])('an answer streams at $columns×$rows: typed ahead, asked over it, resized, stopped', async (size) => {
  const { chat, emit, heard } = await opened(size.columns, size.rows);
  chat.type('why is web-1 slow\r');
  await chat.until(/› why is web-1 slow/);
  emit(...pieces('t1', FIRST));
  await chat.until(/● 왜 느린가\n\n {2}web-1 ran out of memory[\s\S]*• 서버 두 대가/);

  // What is typed meanwhile waits, and what is being written stands where it is written.
  chat.type('그리고 web-2는?\r');
  await chat.until(/queued: 그리고 web-2는\?/);
  chat.type('반쯤 쓴 글');
  await chat.until(/› 반쯤 쓴 글\n/);
  expect(chat.cursor()).toMatchObject({ x: 12, before: '› 반쯤 쓴 글', after: '' });

  // The dialog comes over the answer, which goes on behind it, and stays whole through changes of size.
  emit({ type: 'approval_asked', turn: 't1', call: 't1.1', proposal, flagged: [] });
  await chat.until(() => asksOnce(chat.inSight(), size.columns));
  emit(...pieces('t1', REST));
  for (const { columns, rows } of [size.other, size]) {
    chat.resize(columns, rows);
    await chat.until(() => asksOnce(chat.inSight(), columns));
  }
  if (chat.inSight().includes('↓ +')) {
    await chat.pressUntil('y', /Read it to its end first/);
    await chat.pressUntil(PAGE_DOWN, () => chat.inSight().includes('\n↑\n'));
    expect(heard.map(({ intent }) => intent)).toEqual(['submit']);
  }

  // Its answer is heard, and the half-written sentence is there again.
  await chat.pressUntil('y', /› 반쯤 쓴 글y*\n/);
  expect(heard).toContainEqual({ intent: 'answer', call: 't1.1', decision: { decision: 'approve' } });
  await chat.pressUntil(CTRL_U, /› Say what you want\n/);
  const found = done(instances([instance('결제-1')]));
  emit(
    { type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'approve' },
    { type: 'say', turn: 't1', tone: 'answer', text: FIRST + REST, say: 't1.a', format: 'markdown' },
    { type: 'call', turn: 't1', view: callView('list_instances', {}, found) },
    { type: 'turn_ended', turn: 't1', outcome: 'answered' },
  );

  // The queue goes on by itself; Esc stops a turn and keeps what came.
  await chat.until(/결제-1 +running[\s\S]*› 그리고 web-2는\?\n/);
  emit(...pieces('t2', 'web-2는 괜찮습니다.\n\n一切正常'));
  await chat.until(/一切正常/);
  chat.type(ESC);
  await chat.until(() => heard.at(-1)?.intent === 'interrupt');
  chat.type('third\r');
  await chat.until(/一切正常\n[\s\S]*› third\n/);
  emit(...pieces('t3', 'and so'));
  await chat.until(/● and so/);
  // A frame of one size is never drawn at another, not even on its way to the scrollback.
  expect(chat.screen()).not.toContain('─…');
  const whole = chat.screen().replace(/\s+/g, '');
  expect(whole).toMatch(
    /왜느린가web-1ranoutofmemoryat14:05。内存用尽。•서버두대가.*killedtwice.*조용합니다.*결제-1.*›그리고web-2는\?●web-2는괜찮습니다\.一切正常.*›third●andso/,
  );
  for (const once of [/●왜느린가/g, /web-2는괜찮/g, /一切正常/g, /andso/g])
    expect(times(whole, once), String(once)).toBe(1);

  // Ctrl+C stops, and again leaves; what came stays on the screen.
  chat.type(CTRL_C);
  await chat.until(/● and so[\s\S]*Ctrl\+C again leaves/);
  chat.type(CTRL_C);
  expect((await chat.exited).exitCode).toBe(0);
  expect(chat.screen()).toMatch(/● and so/);
  expect(heard.flatMap((each) => (each.intent === 'submit' ? [each.text] : [each.intent]))).toEqual([
    'why is web-1 slow',
    'answer',
    '그리고 web-2는?',
    'interrupt',
    'third',
    'interrupt',
  ]);
});

test('a terminal closed in the middle of an answer leaves a session that the program goes on with', async () => {
  const account = await writeShop(person.home);
  const { chat, emit } = await openScriptedChat(person, program, { columns: 80, rows: 24, account });
  const [place] = REPORT.accounts;
  if (!place) throw new Error('the samples have an account');
  const shop = { ...place, name: 'corner-shop', account: '333344445555' };
  const backend = { kind: 'simulated', file: account, sha256: 'ab' } as const;
  emit({ type: 'account', report: { ...REPORT, accounts: [{ ...shop, backend }] } });
  emit({ type: 'server', state: 'ready' });
  await chat.until(/corner-shop · SIM/);
  chat.type('왜 느려?\r');
  await chat.until(/› 왜 느려\?\n/);
  emit(...pieces('t1', '**메모리**가 93 %까지 찼습니다.\n\n그리고'));
  await chat.until(/그리고/);
  chat.kill('SIGHUP');
  await chat.exited;

  const next = person.terminal(['--account', account, '--continue'], { columns: 80, rows: 24 });
  const screen = await next.until(/Going on with "왜 느려\?"[\s\S]*› Say what you want/);
  expect(screen).toMatch(/› 왜 느려\?\n● 메모리가 93 %까지 찼습니다\.\n\n {2}그리고\n/);
  next.type('list stopped instances\r');
  await next.until(/● 1 instance \(stopped\): batch-1/);
});
