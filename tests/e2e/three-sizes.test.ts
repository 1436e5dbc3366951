import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Newcomer, newcomer } from './program.ts';
import type { PseudoTerminal } from './pseudo-terminal.ts';

const CTRL_O = '\u000f';
const CTRL_R = '\u0012';
const CTRL_U = '\u0015';
const ESC = '\u001b';
const LEFT = '\u001b[D';
/** The empty prompt at the end of the screen, and not one that was there before. */
const EMPTY = /\n› Say what you want\n─+\n[^\n]+$/;

let person: Newcomer;
let chat: PseudoTerminal;

/** Names in three scripts, names that would do something to a terminal, and more rows than a screen has. */
function account(): string {
  const instance = (number: number, name: string, state: string) =>
    `  - {id: i-0c0000000000000${number}, name: "${name}", type: t3.medium, state: ${state}, az: ap-northeast-2a}`;
  return [
    'account: "444455556666"',
    'alias: seoul-shop',
    'regions: [ap-northeast-2]',
    'ec2:',
    instance(10, 'web-1', 'running'),
    instance(11, '결제-서버-1', 'stopped'),
    instance(12, '前端-2', 'stopped'),
    instance(13, 'mail\\u202e\\u200b1', 'stopped'),
    instance(14, 'ctl\\e[31mred', 'stopped'),
    ...Array.from({ length: 60 }, (_, index) => instance(20 + index, `worker-${index + 1}`, 'running')),
    'metrics:',
    '  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, unit: Percent, shape: {base: 30, noise: 0.2}}',
  ].join('\n');
}

beforeAll(async () => {
  person = await newcomer();
  const file = join(person.home, '상점.yaml');
  await writeFile(file, account());
  chat = person.terminal(['--account', file], { columns: 80, rows: 24 });
  await chat.until(/seoul-shop · SIM/);
});
afterAll(() => person.leave());

/** Says a sentence; what stands below it once the answer is there and the prompt is empty again. */
async function say(sentence: string, answer: RegExp): Promise<string> {
  const said = (screen: string) => screen.split(`› ${sentence}\n`);
  const before = said(chat.screen()).length;
  const below = (screen: string) => said(screen).at(-1) ?? '';
  chat.type(`${sentence}\r`);
  return below(
    await chat.until((screen) => {
      const now = below(screen).replaceAll('\n  ', ' ');
      return said(screen).length > before && answer.test(now) && EMPTY.test(now);
    }),
  );
}

/** The columns in which the table below the last sentence has its states. */
function statesAt(): Set<number> {
  const rows = chat
    .cells()
    .map((row) =>
      row.flatMap((cell, column) => [...cell.getChars()].map((character) => ({ character, column }))),
    );
  const texts = rows.map((row) => row.map(({ character }) => character).join(''));
  const last = texts.findLastIndex((text) => text.startsWith('✓'));
  return new Set(
    texts.flatMap((text, index) => {
      const place = text.search(/ stopped(?: |$)/);
      return index > last && place >= 0 ? [rows[index]?.[place]?.column ?? -1] : [];
    }),
  );
}

/** Cells of the widest row. */
const widest = (text: string) =>
  Math.max(
    ...text
      .split('\n')
      .map((row) => row.length + (row.match(/[가-힣\u3000-\u9fff\uff00-\uff60]/g) ?? []).length),
  );

const SIZES = [
  [80, 24],
  [120, 40],
  [40, 15],
] as const;

it.each(SIZES)('tables, charts, the prompt and its history at %d×%d', async (columns, rows) => {
  chat.resize(columns, rows);
  await chat.until(() => {
    const rules = chat.inSight().match(/^─+$/gm) ?? [];
    return rules.length === 2 && rules.every((rule) => rule.length === columns);
  });

  // Three scripts in one table, its columns under one another, and nothing that the terminal would obey.
  for (const [sentence, answer] of [
    ['정지된 인스턴스 있어?', /● 인스턴스 4개 \(stopped\)/],
    ['有哪些停止的实例？', /● 共 4 个实例（stopped）/],
  ] as const) {
    const said = await say(sentence, answer);
    for (const name of ['결제-서버-1', '前端-2', 'mail\\u{202e}\\u{200b}1', 'ctl\\u{1b}[31mred'])
      expect(said).toMatch(new RegExp(`^  ${name.replace(/[\\[{}]/g, '\\$&')} +stopped`, 'm'));
    expect(statesAt().size).toBe(1);
    expect(widest(said)).toBe(columns);
  }

  // A chart with its axes, as wide as there is room.
  const chart = await say('CPU of web-1 over the last 3 hours', /● web-1 CPU averaged/);
  const [, , top = '', base = '', times = ''] =
    /^( +100 % ┤)(.*)$[\s\S]*^( +└─+)\n( +\d\d:\d\d(?: +\d\d:\d\d)+)$/m.exec(chart) ?? [];
  expect(top + times).not.toBe('');
  expect(base.length).toBe(columns);
  expect(times.length).toBe(columns);
  expect(chart).toMatch(/^ +0 % ┤█+/m);

  // A long result is folded, opened over the prompt, read to its end, and closed.
  const folded = await say('list all instances', /● 65 instances/);
  expect(folded).toMatch(/^ {2}\+\d+ more · Ctrl\+O opens$/m);
  expect(folded).not.toContain('worker-60 ');
  chat.type(CTRL_O);
  await chat.until(/── list_instances ─+\n✓ list_instances[\s\S]*── 1–\d+ of \d+ ─+\n/);
  expect(chat.inSight().split('\n').length).toBeLessThan(rows);
  chat.type('\u001b[6~'.repeat(60));
  await chat.until(/── list_instances[\s\S]*前端-2 +stopped[\s\S]*── \d+–(\d+) of \1 ─/);
  chat.type(ESC);
  await chat.until(EMPTY);

  // Where the next syllable goes is where the cursor is, also when the row is full and when it moves back.
  chat.type('웹 서버를 다시 시작해 주세요, 그리고 로그도');
  await chat.until(/로그도\n/);
  const wraps = columns === 40;
  expect(chat.cursor()).toMatchObject(wraps ? { x: 8, before: '  로그도' } : { x: 45, after: '' });
  chat.type(LEFT + LEFT);
  await chat.until(() => chat.cursor().after === '그도');
  expect(chat.cursor().x).toBe(wraps ? 4 : 41);
  chat.type(CTRL_U);
  await chat.until(() => chat.cursor().before === '› ' && chat.cursor().after === '그도');
  chat.type('\u000b');
  await chat.until(EMPTY);

  // A paste is one piece and is not sent; a long one stands there as what it is.
  chat.paste('첫 줄\n둘째 줄');
  await chat.until(/› 첫 줄\n {2}둘째 줄\n─+ pasted/);
  chat.type(`${CTRL_U}\u007f${CTRL_U}`);
  await chat.until(EMPTY);
  chat.paste(Array.from({ length: 1_400 }, (_, line) => `${line} ${'가'.repeat(22)}`).join('\n'));
  await chat.until(/› \[pasted 1,400 lines, \d+ kB\]\n/);
  chat.type(CTRL_U);
  await chat.until(EMPTY);

  chat.type(`${CTRL_R}정지된`);
  await chat.until(/search: 정지된\n› 정지된 인스턴스 있어\?/);
  chat.type(ESC);
  await chat.until(EMPTY);
});
