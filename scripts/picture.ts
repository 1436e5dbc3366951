/**
 * Draws the README's pictures from real sessions: starts the chat on the account that ships with the product, talks
 * to it, and writes what the terminal shows as SVGs. Run: `node scripts/picture.ts`, or with the names of pictures.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newcomer, ROOT } from '../tests/e2e/program.ts';
import { screenSvg } from './screen-svg.ts';

type Picture = {
  /** The file in `docs`, without its ending. */
  name: string;
  title: string;
  columns: number;
  flags: readonly string[];
  /** Said again and again until its answer is this, and then wiped away: the account's faults take their time. */
  first?: { sentence: string; until: RegExp };
  /** What is said, and how the screen looks below it once it is answered. */
  said: readonly { sentence: string; answered: RegExp }[];
};

/** The account's clock runs faster: ten minutes in, it has its first troubles. */
const HURRIED = ['--account', 'demo', '--speed', '40'];

const PICTURES: readonly Picture[] = [
  {
    name: 'session',
    title: 'aiops: alarms, a chart, and a change that asks first',
    columns: 110,
    flags: HURRIED,
    first: { sentence: 'what alarms are firing', until: /api-1-cpu-high +ALARM/ },
    said: [
      { sentence: 'what alarms are firing', answered: /● \d alarms firing/ },
      { sentence: 'CPU of api-1 over the last 20 minutes', answered: /● api-1 CPU averaged/ },
      { sentence: 'resize api-1 to m6i.xlarge', answered: /y approve/ },
    ],
  },
  {
    name: 'korean',
    title: 'aiops: 한국어 대화',
    columns: 100,
    flags: [...HURRIED, '--lang', 'ko'],
    first: { sentence: '울리는 경보 있어?', until: /web-2-status-check-failed +ALARM/ },
    said: [
      { sentence: '중지된 인스턴스 있어?', answered: /● 인스턴스 2개/ },
      { sentence: 'web-2 재부팅해줘', answered: /y 승인/ },
    ],
  },
  {
    name: 'costs',
    title: 'aiops: what the account costs',
    columns: 100,
    flags: ['--account', 'demo'],
    said: [
      { sentence: 'cost by service this month', answered: /● \$[\d.]+ spent/ },
      { sentence: 'daily cost for the last 14 days', answered: /● \$[\d.]+ spent/ },
    ],
  },
];

/** More rows than a session takes: all of it is one picture. */
const ROWS = 100;
const PATIENCE_MS = 60_000;

async function draw({ name, title, columns, flags, first, said }: Picture): Promise<void> {
  const person = await newcomer();
  try {
    const chat = person.terminal([...flags], { columns, rows: ROWS });
    await chat.until(/123456789012/);
    const say = async (sentence: string, seen: RegExp) => {
      const before = chat.screen().split(`› ${sentence}\n`).length;
      chat.type(`${sentence}\r`);
      await chat.until((screen) => {
        const parts = screen.split(`› ${sentence}\n`);
        return parts.length > before && seen.test(parts.at(-1) ?? '');
      }, PATIENCE_MS);
    };
    if (first) {
      const giveUp = Date.now() + PATIENCE_MS;
      do {
        await say(first.sentence, /● /);
        if (Date.now() > giveUp) throw new Error(`${name}: not in ${PATIENCE_MS} ms: ${first.until}`);
      } while (!first.until.test(lastOf(chat.screen(), first.sentence)));
      chat.type('/clear\r');
      await chat.until((screen) => !screen.includes(first.sentence), PATIENCE_MS);
    }
    for (const { sentence, answered } of said) await say(sentence, answered);
    const file = fileURLToPath(new URL(`../docs/${name}.svg`, import.meta.url));
    writeFileSync(file, screenSvg(title, chat.cells(), withoutRoot));
  } finally {
    await person.leave();
  }
}

/** Where the project lies on the machine that draws is nobody's business. */
function withoutRoot(text: string): string {
  return text.replaceAll(ROOT, '~/aiops/');
}

function lastOf(screen: string, sentence: string): string {
  return screen.slice(screen.lastIndexOf(`› ${sentence}`));
}

const asked = process.argv.slice(2);
for (const picture of PICTURES) if (asked.length === 0 || asked.includes(picture.name)) await draw(picture);
