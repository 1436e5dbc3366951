import { readFileSync } from 'node:fs';
import { DocumentError } from '../../contract/document.ts';
import { isoMs } from '../format/times.ts';

/** Points in order of time: epoch milliseconds and values, side by side. */
export type Points = { times: Float64Array; values: Float64Array };

/**
 * Reads `timestamp,value` lines; the first may be a heading. Times are ISO 8601 (UTC without a zone) or epoch
 * seconds or milliseconds. Lines may come in any order.
 *
 * @throws DocumentError that names the line
 */
export function readPoints(path: string): Points {
  const rows: { time: number; value: number }[] = [];
  for (const [index, line] of readFileSync(path, 'utf8').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const comma = line.indexOf(',');
    const time = parseTime(line.slice(0, comma).trim());
    const value = Number(line.slice(comma + 1).trim() || Number.NaN);
    if (comma > 0 && time !== undefined && Number.isFinite(value)) rows.push({ time, value });
    else if (index > 0) throw badLine(path, index + 1, line);
  }
  rows.sort((a, b) => a.time - b.time);
  return {
    times: Float64Array.from(rows, (row) => row.time),
    values: Float64Array.from(rows, (row) => row.value),
  };
}

function parseTime(text: string): number | undefined {
  if (/^\d{10}$/.test(text)) return Number(text) * 1000;
  if (/^\d{13}$/.test(text)) return Number(text);
  return isoMs(text);
}

function badLine(file: string, line: number, text: string): DocumentError {
  const message = `${JSON.stringify(text.slice(0, 60))} is not a point.`;
  const fix = 'Write a time and a number: 2026-11-20T08:31:00Z,12.5';
  return new DocumentError(file, [{ line, column: 1, path: '', message, fix }]);
}

/** The index of the first time that is not before `at`. */
export function firstFrom(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
