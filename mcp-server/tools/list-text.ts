const SHOWN = 20;

/** A heading and the first lines of a list, with the number of those left out. */
export function listText(heading: string, lines: string[]): string {
  const shown = lines.slice(0, SHOWN).map((line) => `  ${line}`);
  const left = lines.length - shown.length;
  return [heading, ...shown, ...(left > 0 ? [`  and ${left} more`] : [])].join('\n');
}

/** `plural(1, 'alarm')` → `1 alarm`; `plural(2, 'alarm')` → `2 alarms`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How many there are of each: `{running: 5, stopped: 2}`. */
export function countBy<T>(all: readonly T[], key: (it: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const it of all) counts[key(it)] = (counts[key(it)] ?? 0) + 1;
  return counts;
}

/** `{running: 5, stopped: 2}` → `5 running, 2 stopped`. */
export function countsText(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}
