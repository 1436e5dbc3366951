/** From an eighth of a row to all of it. */
export const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** The values that the lowest and the highest bar stand for. */
export type Scale = { from: number; to: number };

/**
 * A series drawn in at most `columns` characters. Where several points share a character the greatest is drawn,
 * so that a short spike stays to be seen; where AWS has no data, a blank.
 */
export function sparkline(values: readonly (number | null)[], columns: number, scale: Scale): string {
  const reach = scale.to - scale.from;
  return bucketed(values, Math.max(0, Math.min(columns, values.length)))
    .map((value) => {
      if (value === null) return ' ';
      const share = reach === 0 ? 0 : (value - scale.from) / reach;
      return BARS[Math.max(0, Math.min(BARS.length - 1, Math.round(share * (BARS.length - 1))))] ?? ' ';
    })
    .join('');
}

/**
 * Heights that do not mislead: percentages against the whole (0 to 100, or the greatest beyond it), anything
 * else from zero, or from the least value below it.
 */
export function honestScale(least: number, greatest: number, unit: string | null): Scale {
  return { from: Math.min(0, least), to: unit === 'Percent' ? Math.max(100, greatest) : greatest };
}

/** The greatest of each of `count` stretches; null where a stretch has no data. */
export function bucketed(values: readonly (number | null)[], count: number): (number | null)[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * values.length) / count);
    const to = Math.max(from + 1, Math.floor(((index + 1) * values.length) / count));
    return values
      .slice(from, to)
      .reduce<number | null>(
        (best, value) => (value === null || (best !== null && best >= value) ? best : value),
        null,
      );
  });
}
