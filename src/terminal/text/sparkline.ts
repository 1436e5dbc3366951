const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * A series drawn in at most `columns` characters, scaled from its least value (or 0, when `fromZero` and
 * nothing is below) to its greatest. Where several points share a character the greatest is drawn, so that
 * a short spike stays to be seen; where AWS has no data, a blank.
 */
export function sparkline(values: readonly (number | null)[], columns: number, fromZero: boolean): string {
  const buckets = bucketed(values, Math.max(1, Math.min(columns, values.length)));
  const present = buckets.filter((value) => value !== null);
  if (present.length === 0) return '';
  const greatest = present.reduce((a, b) => Math.max(a, b));
  const least = present.reduce((a, b) => Math.min(a, b), fromZero ? 0 : Number.POSITIVE_INFINITY);
  const reach = greatest - least;
  return buckets
    .map((value) => {
      if (value === null) return ' ';
      const step =
        reach === 0 ? (value === 0 ? 0 : 3) : Math.round(((value - least) / reach) * (BARS.length - 1));
      return BARS[step] ?? ' ';
    })
    .join('');
}

function bucketed(values: readonly (number | null)[], count: number): (number | null)[] {
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
