import type { IBufferCell } from '@xterm/headless';

/** In pixels: a cell, the letters in it, and the margin around all of it. */
const CELL = { width: 8.4, height: 18 };
const LETTER = { size: 14, baseline: 13 };
const MARGIN = 16;
const STROKE = 1.2;
const INK = '#d6d9de';
const PAPER = '#14171c';
const FAINT = 0.6;
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

/**
 * A terminal's screen as an SVG, cell by cell; trailing empty rows are left out. `shown`: what stands there in place
 * of a piece of text, from its first cell on.
 */
export function screenSvg(
  title: string,
  screen: readonly (readonly IBufferCell[])[],
  shown: (text: string) => string = (text) => text,
): string {
  const last = screen.findLastIndex((row) => row.some((cell) => !isBlank(cell)));
  const rows = screen.slice(0, last + 1);
  const columns = Math.max(...rows.map((row) => row.length));
  const width = columns * CELL.width + 2 * MARGIN;
  const height = rows.length * CELL.height + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="10" fill="${PAPER}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK KR', monospace" font-size="${LETTER.size}" fill="${INK}" stroke-width="${STROKE}" xml:space="preserve">`,
    ...rows.flatMap((row, index) => rowParts(row, index, shown)),
    '</g></svg>',
    '',
  ].join('\n');
}

type Run = { column: number; style: string; text: string; cells: number; drawn: boolean };

function rowParts(row: readonly IBufferCell[], index: number, shown: (text: string) => string): string[] {
  const y = MARGIN + index * CELL.height;
  const runs = runsOf(row);
  const figures = runs.filter(({ drawn }) => drawn);
  const spans = runs
    .filter(({ drawn }) => !drawn)
    .map(({ column, style, text, cells }) => {
      const written = shown(text);
      const place = `x="${at(column)}" textLength="${fixed((cells + written.length - text.length) * CELL.width)}"`;
      return `<tspan ${place} lengthAdjust="spacingAndGlyphs"${style}>${escaped(written)}</tspan>`;
    });
  const text = spans.length > 0 ? [`<text y="${y + LETTER.baseline}">${spans.join('')}</text>`] : [];
  return [...figures.map((run) => figure(run, y)), ...text];
}

/** Neighbours of one look, each run placed where its first cell stands, so that wide characters keep their columns. */
function runsOf(row: readonly IBufferCell[]): Run[] {
  const runs: Run[] = [];
  row.forEach((cell, column) => {
    if (isBlank(cell)) return;
    const [text, style, drawn] = [cell.getChars(), styleOf(cell), isFigure(cell.getChars())];
    const last = runs.at(-1);
    const goesOn =
      last?.style === style &&
      last.drawn === drawn &&
      last.column + last.cells === column &&
      last.cells === last.text.length &&
      cell.getWidth() === 1;
    if (goesOn) {
      last.text += text;
      last.cells += 1;
    } else runs.push({ column, style, text, cells: cell.getWidth(), drawn });
  });
  return runs;
}

/** Where a bar or a line of a cell goes, in shares of the cell: rectangles as x, y, width, height. */
type Box = readonly [x: number, y: number, width: number, height: number];

const THIN = { across: STROKE / CELL.height, down: STROKE / CELL.width };
const LEFT: Box = [0, 0.5, 0.5, THIN.across];
const RIGHT: Box = [0.5, 0.5, 0.5, THIN.across];
const UP: Box = [0.5, 0, THIN.down, 0.5];
const DOWN: Box = [0.5, 0.5, THIN.down, 0.5];

/** Box drawing and block elements (Unicode 2500-259F) that the chat uses: fonts leave gaps between their rows. */
const FIGURES: Readonly<Record<string, readonly Box[]>> = {
  '─': [LEFT, RIGHT],
  '│': [UP, DOWN],
  '┤': [UP, DOWN, LEFT],
  '└': [UP, RIGHT],
  '╌': [
    [0.1, 0.5, 0.3, THIN.across],
    [0.6, 0.5, 0.3, THIN.across],
  ],
  ...Object.fromEntries(
    [...'▁▂▃▄▅▆▇█'].map((bar, index) => [bar, [[0, 1 - (index + 1) / 8, 1, (index + 1) / 8]]]),
  ),
  ...Object.fromEntries([...'▏▎▍▌▋▊▉'].map((bar, index) => [bar, [[0, 0.15, (index + 1) / 8, 0.7]]])),
};

function isFigure(text: string): boolean {
  return text in FIGURES;
}

function figure({ column, style, text }: Run, y: number): string {
  const boxes = [...text].flatMap((character, index) =>
    (FIGURES[character] ?? []).map(([left, top, width, height]) => {
      const [x, up] = [MARGIN + (column + index + left) * CELL.width, y + top * CELL.height];
      return `M${fixed(x)} ${fixed(up)}h${fixed(width * CELL.width)}v${fixed(height * CELL.height)}h${fixed(-width * CELL.width)}z`;
    }),
  );
  return `<path shape-rendering="crispEdges"${style} d="${boxes.join('')}"/>`;
}

function isBlank(cell: IBufferCell): boolean {
  return cell.getWidth() === 0 || cell.getChars() === '' || cell.getChars() === ' ';
}

function styleOf(cell: IBufferCell): string {
  const colour = cell.isFgPalette() ? ` fill="${PALETTE[cell.getFgColor()] ?? INK}"` : '';
  const weight = cell.isBold() ? ' font-weight="bold"' : '';
  const slant = cell.isItalic() ? ' font-style="italic"' : '';
  return `${colour}${weight}${slant}${cell.isDim() ? ` opacity="${FAINT}"` : ''}`;
}

function at(column: number): string {
  return fixed(MARGIN + column * CELL.width);
}

function fixed(pixels: number): string {
  return String(Number(pixels.toFixed(2)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
