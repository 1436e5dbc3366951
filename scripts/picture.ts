/**
 * Draws the README's picture from a real session: starts the chat on the account that ships with the
 * product, talks to it, and writes what the terminal shows as an SVG. Run: `node scripts/picture.ts`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IBufferCell } from '@xterm/headless';
import { newcomer, ROOT } from '../tests/e2e/program.ts';

const COLUMNS = 112;
const ROWS = 46;
const CELL = { width: 8.4, height: 18 };
const INK = '#d6d9de';
const PAPER = '#14171c';
/** The sixteen colours of the terminal, as a dark theme has them. */
const PALETTE = [
  '#3b4048',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#abb2bf',
  '#7f848e',
  '#ef7f88',
  '#a9d48a',
  '#f0cd8a',
  '#72bdf8',
  '#d48ae6',
  '#66c6d2',
  '#ffffff',
] as const;

const SENTENCES: [sentence: string, seen: RegExp][] = [
  ['which instances are stopped?', /2 instances \(stopped\)/],
  ['CPU of web-1 over the last 3 hours', /averaged \d+ %/],
  ['web-2 재부팅해줘', /y approve/],
];

const person = await newcomer();
const chat = person.terminal(['--account', 'demo'], { columns: COLUMNS, rows: ROWS });
await chat.until(/SIMULATED · 123456789012/);
for (const [sentence, seen] of SENTENCES) {
  chat.type(`${sentence}\r`);
  await chat.until((screen) => seen.test(screen.slice(screen.lastIndexOf(sentence) + sentence.length)));
}
const lines = chat.cells().map(rowOf);
await person.leave();
const used = lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
const width = COLUMNS * CELL.width + 32;
const height = used.length * CELL.height + 32;
writeFileSync(
  fileURLToPath(new URL('../docs/session.svg', import.meta.url)),
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    '<title>A session of aiops</title>',
    `<rect width="100%" height="100%" rx="10" fill="${PAPER}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK KR', monospace" font-size="14" fill="${INK}" xml:space="preserve">`,
    ...used.map((line, row) => `<text y="${(row + 1) * CELL.height + 12}">${line}</text>`),
    '</g></svg>',
    '',
  ].join('\n'),
);

/** One row as text spans, each placed where its first cell stands, so that wide characters keep their columns. */
function rowOf(cells: IBufferCell[]): string {
  const runs: { column: number; style: string; text: string; cells: number }[] = [];
  cells.forEach((cell, column) => {
    const text = cell.getChars();
    if (cell.getWidth() === 0 || text === '' || text === ' ') return;
    const style = styleOf(cell);
    const last = runs.at(-1);
    const joins =
      last && last.style === style && last.column + last.text.length === column && cell.getWidth() === 1;
    if (joins && last.cells === last.text.length) {
      last.text += text;
      last.cells += 1;
    } else runs.push({ column, style, text, cells: cell.getWidth() });
  });
  return runs
    .map((run) => (run.text.includes(ROOT) ? withoutRoot(run) : run))
    .map(({ column, style, text, cells: width }) => {
      const place = `x="${(16 + column * CELL.width).toFixed(1)}" textLength="${(width * CELL.width).toFixed(1)}"`;
      return `<tspan ${place} lengthAdjust="spacingAndGlyphs"${style}>${escaped(text)}</tspan>`;
    })
    .join('');
}

/** Where the project lies on the machine that draws is nobody's business. */
function withoutRoot<Run extends { text: string; cells: number }>(run: Run): Run {
  const text = run.text.replaceAll(ROOT, '~/aiops/');
  return { ...run, text, cells: run.cells - run.text.length + text.length };
}

function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgPalette() ? ` fill="${PALETTE[cell.getFgColor()] ?? INK}"` : '';
  return `${colour}${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isDim() ? ' opacity="0.6"' : ''}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
