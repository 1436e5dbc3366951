import type { Value } from './syntax.ts';

/** A value as a number: itself, or a text that is one; null otherwise. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A value as a text; a missing one is null. */
export function textOf(value: Value): string | null {
  if (value === null) return null;
  return typeof value === 'number' ? numberText(value) : String(value);
}

/** As results show numbers: up to four places. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return String(Number(value.toFixed(4)));
}

/** Missing and false are not true; neither is a text that says so in other words. */
export function isTrue(value: Value): boolean {
  return value === true || value === 'true' || (typeof value === 'number' && value !== 0);
}

/** Less than, equal to or greater than 0; two numbers (also as texts) by size, anything else as texts. */
export function compare(a: Value, b: Value): number {
  const left = numberOf(a);
  const right = numberOf(b);
  if (left !== null && right !== null) return left - right;
  const said = String(a);
  const other = String(b);
  return said < other ? -1 : said > other ? 1 : 0;
}

/** `2026-11-20 08:31:00.000`, in UTC: how results show a point in time. */
export function timeText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString().replace('T', ' ').replace('Z', '');
}
