import { cells } from './cells.ts';
import { type Line, type Span, span, type Tone } from './lines.ts';
import { BARS, bucketed, type Scale } from './sparkline.ts';

/** Below this many columns a chart says less than a sparkline: a screen of forty, indented, has one. */
export const CHART_COLUMNS = 38;

export type ChartData = {
  /** On a regular grid; null where there is no data. */
  values: readonly (number | null)[];
  scale: Scale;
  /** A value as the axis names it. */
  valueAt(value: number): string;
  /** A moment as the axis names it: 0 is the first value's, 1 the end of the last one's. */
  timeAt(share: number): string;
  /** A line that matters, such as what an alarm waits for. */
  limit?: { value: number; over: boolean };
};

/**
 * A series as an area over the time it covers, `height` rows of it, with its axes. Where several points share a
 * column the greatest is drawn; zero has the lowest bar, no data has none, and breaks the axis below it.
 */
export function areaChart(data: ChartData, columns: number, height: number): Line[] {
  const scale = rounded(data.scale);
  const labels = new Map<number, string>([
    [0, data.valueAt(scale.to)],
    [Math.floor(height / 2), data.valueAt(valueOn(scale, 1 - Math.floor(height / 2) / height))],
    [height - 1, data.valueAt(scale.from)],
  ]);
  const limitRow = data.limit && rowOf(scale, data.limit.value, height);
  if (data.limit && limitRow !== undefined && !labels.has(limitRow))
    labels.set(limitRow, data.valueAt(data.limit.value));
  const margin = Math.max(...[...labels.values()].map((label) => cells(label)));
  const width = Math.max(1, columns - margin - 2);
  const plotted = spread(data.values, width);
  const levels = plotted.map((value) =>
    value === null ? 0 : Math.max(1, Math.round(shareOf(scale, value) * height * 8)),
  );
  const rows = Array.from({ length: height }, (_, row): Line => {
    const label = labels.get(row) ?? '';
    const axis = span(`${' '.repeat(margin - cells(label))}${label} ${label === '' ? '│' : '┤'}`, 'dim');
    const drawn = plotted.map((value, index) =>
      column(value, (levels[index] ?? 0) - (height - 1 - row) * 8, row === limitRow, data.limit),
    );
    return [axis, ...merged(drawn)];
  });
  const base = plotted.map((value) => (value === null ? '╌' : '─')).join('');
  const blank = ' '.repeat(margin + 1);
  return [...rows, [span(`${blank}└${base}`, 'dim')], [span(`${blank} ${timeAxis(data, width)}`, 'dim')]];
}

function column(value: number | null, eighths: number, onLimit: boolean, limit: ChartData['limit']): Span {
  const tone: Tone = value !== null && limit && crosses(value, limit) ? 'bad' : 'accent';
  const bar = BARS[Math.min(8, eighths) - 1];
  if (bar) return { text: bar, tone };
  return onLimit ? { text: '╌', tone: 'warn' } : { text: ' ', tone: 'plain' };
}

function crosses(value: number, { value: limit, over }: NonNullable<ChartData['limit']>): boolean {
  return over ? value > limit : value < limit;
}

function merged(spans: readonly Span[]): Span[] {
  const out: { text: string; tone: Tone }[] = [];
  for (const { text, tone } of spans) {
    const last = out.at(-1);
    if (last?.tone === tone) last.text += text;
    else out.push({ text, tone });
  }
  return out;
}

/** Every column a value: fewer points than columns are made as wide as that takes. */
function spread(values: readonly (number | null)[], width: number): (number | null)[] {
  if (values.length >= width) return bucketed(values, width);
  return Array.from(
    { length: width },
    (_, index) => values[Math.floor((index * values.length) / width)] ?? null,
  );
}

function shareOf({ from, to }: Scale, value: number): number {
  return to === from ? 0 : Math.max(0, Math.min(1, (value - from) / (to - from)));
}

function valueOn({ from, to }: Scale, share: number): number {
  return from + share * (to - from);
}

function rowOf(scale: Scale, value: number, height: number): number | undefined {
  if (value < scale.from || value > scale.to) return undefined;
  return Math.min(height - 1, Math.max(0, height - 1 - Math.floor(shareOf(scale, value) * height)));
}

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;

/** The ends of the axis at values that are easily read. */
function rounded({ from, to }: Scale): Scale {
  if (to <= from) return { from, to: from + 1 };
  const up = (value: number) => {
    if (value <= 0) return 0;
    const power = 10 ** Math.floor(Math.log10(value));
    return (STEPS.find((step) => step * power >= value) ?? 10) * power;
  };
  return { from: from < 0 ? -up(-from) : from, to: up(to) };
}

/** Moments evenly along the axis, as many as stand apart. */
function timeAxis({ timeAt }: ChartData, width: number): string {
  const longest = Math.max(cells(timeAt(0)), cells(timeAt(1)));
  const count = Math.max(1, Math.min(5, Math.floor(width / (longest + 6))));
  let text = '';
  for (let tick = 0; tick <= count; tick += 1) {
    const label = timeAt(tick / count);
    const centre = Math.round(
      (tick * width) / count - (tick === 0 ? 0 : tick === count ? cells(label) : cells(label) / 2),
    );
    if (centre < cells(text) + (tick === 0 ? 0 : 2)) continue;
    text += ' '.repeat(centre - cells(text)) + label;
  }
  return text;
}

/** A bar from zero, to an eighth of a column; something is never nothing. */
export function barOf(share: number, columns: number): string {
  if (!(share > 0)) return '';
  const eighths = Math.max(1, Math.round(Math.min(1, share) * columns * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (HORIZONTAL[eighths % 8] ?? '');
}

const HORIZONTAL = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
