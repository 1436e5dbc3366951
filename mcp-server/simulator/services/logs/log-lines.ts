import { isoMs } from '../../format/times.ts';

/** Lines of a log in order of time: epoch milliseconds and texts, side by side. */
export type LogLines = { times: Float64Array; texts: string[] };

/** `2026-11-20T08:31:00.123Z`, `2026-11-20 08:31:00,123`: how log libraries begin a line. */
const LEADING_ISO =
  /^\[?(\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z|z|[+-]\d{2}:?\d{2})?)(?=$|[\s\],|])/;
const LEADING_EPOCH = /^(\d{13})(?:[\s,|]+|$)/;

/**
 * Reads a log's text, one event a line. A leading ISO time (UTC without a zone) or epoch milliseconds is the
 * line's time, the latter no part of what it says; a line without one has the time of the line before, the
 * first ones that of the first there is.
 *
 * @param otherwise the time of all lines when none has one, epoch milliseconds
 */
export function readLogLines(text: string, otherwise: number): LogLines {
  const texts = linesOf(text);
  const times = new Float64Array(texts.length);
  const days: DayStarts = new Map();
  let last = Number.NaN;
  for (let index = 0; index < texts.length; index += 1) {
    const line = texts[index] ?? '';
    const code = line.charCodeAt(0);
    // Most lines of most logs begin with a digit or not at all with a time: the patterns are tried on few.
    if ((code >= 48 && code <= 57) || code === 91) {
      const epoch = line.charCodeAt(4) === DASH ? null : LEADING_EPOCH.exec(line);
      const at = epoch === null ? isoTime(line, days) : Number(epoch[1]);
      if (epoch !== null) texts[index] = line.slice(epoch[0].length);
      if (at !== undefined) last = at;
    }
    times[index] = last;
  }
  const first = times.find((at) => !Number.isNaN(at)) ?? otherwise;
  for (let index = 0; index < times.length && Number.isNaN(times[index]); index += 1) times[index] = first;
  return inOrder({ times, texts });
}

function isoTime(line: string, days: DayStarts): number | undefined {
  const quick = plainTime(line, days);
  if (quick !== undefined) return quick;
  const said = LEADING_ISO.exec(line)?.[1];
  return said === undefined ? undefined : timeOf(said.replace(',', '.'));
}

function timeOf(text: string): number | undefined {
  try {
    return isoMs(text);
  } catch (error) {
    // A thirteenth month looks like a time and is none.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Epoch milliseconds at which a day (`2026-11-20`) begins; undefined for one that is none. */
type DayStarts = Map<string, number | undefined>;

const [ZERO, DOT, UPPER_Z, DASH] = [48, 46, 90, 45];

/**
 * `2026-11-20T08:31:00Z` and `2026-11-20T08:31:00.123Z`, which most lines of most logs begin with: the same as
 * the pattern finds, without its cost on a million lines. Undefined for anything else.
 */
function plainTime(line: string, days: DayStarts): number | undefined {
  const digits = (at: number, count: number): number => {
    let value = 0;
    for (let index = at; index < at + count; index += 1) {
      const digit = line.charCodeAt(index) - ZERO;
      if (!(digit >= 0 && digit <= 9)) return Number.NaN;
      value = value * 10 + digit;
    }
    return value;
  };
  const withMs = line.charCodeAt(19) === DOT;
  const end = withMs ? 23 : 19;
  if (line.charCodeAt(10) !== 84 || line.charCodeAt(end) !== UPPER_Z) return undefined;
  if (line.length > end + 1 && line.charCodeAt(end + 1) !== 32) return undefined;
  const [hour, minute, second] = [digits(11, 2), digits(14, 2), digits(17, 2)];
  if (!(hour < 24 && minute < 60 && second < 60) || line[13] !== ':' || line[16] !== ':') return undefined;
  const day = line.slice(0, 10);
  if (!days.has(day)) days.set(day, timeOf(day));
  const start = days.get(day);
  const ms = withMs ? digits(20, 3) : 0;
  if (start === undefined || Number.isNaN(ms)) return undefined;
  return start + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

/** The lines, whatever times they carry, spread evenly over the last `span` milliseconds before `end`. */
export function spreadLogLines(text: string, end: number, span: number): LogLines {
  const texts = linesOf(text);
  const times = new Float64Array(texts.length);
  for (let index = 0; index < texts.length; index += 1) {
    times[index] = Math.round(end - span + ((index + 1) * span) / texts.length);
  }
  return { times, texts };
}

/** CloudWatch Logs takes no empty events. */
function linesOf(text: string): string[] {
  const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const lines = text.slice(begin).split('\n');
  const plain = text.includes('\r')
    ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    : lines;
  return plain.includes('') ? plain.filter((line) => line !== '') : plain;
}

/** Lines of one time stay as they stand in the file. */
function inOrder(lines: LogLines): LogLines {
  const { times, texts } = lines;
  if (times.every((at, index) => index === 0 || at >= (times[index - 1] ?? at))) return lines;
  const order = Uint32Array.from(times, (_, index) => index).sort(
    (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b,
  );
  return {
    times: Float64Array.from(order, (index) => times[index] ?? 0),
    texts: Array.from(order, (index) => texts[index] ?? ''),
  };
}
