import { family, has, type Item } from './items.ts';

/** A clause's items without what it takes out (`except the bastion`, `api-2 빼고`, `除了 api-2`). */
export function excludedFrom(items: readonly Item[]): { included: Item[]; excluded: Item[] } {
  const marker = items.findIndex((item, at) => item.names.length === 0 && isExcluding(items, at));
  if (marker === -1) return { included: [...items], excluded: [] };
  const [from, to] = isAfterwards(items, marker) ? stretchBefore(items, marker) : stretchAfter(items, marker);
  return {
    included: items.filter((_, at) => at !== marker && (at < from || at >= to)),
    excluded: items.slice(from, to),
  };
}

function isExcluding(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (item === undefined) return false;
  if (has(item, 'mark:except')) return true;
  if (has(item, 'mark:but') && items.slice(0, at).some((other) => has(other, 'ref:all'))) return true;
  if (!has(item, 'mark:negation')) return false;
  const next = items.slice(at + 1).find((other) => !has(other, 'plain'));
  return (
    items.slice(0, at).some((other) => other.names.length > 0) && next !== undefined && next.names.length > 0
  );
}

/** Korean says what is left out before the marker; so does Chinese with `以外`. */
function isAfterwards(items: readonly Item[], marker: number): boolean {
  const item = items[marker];
  if (item === undefined) return false;
  if (item.senses.some((s) => s.language === 'ko')) return true;
  return ['以外', '之外', '除外'].includes(item.text);
}

function stretchBefore(items: readonly Item[], marker: number): [number, number] {
  let from = marker;
  while (from > 0) {
    const item = items[from - 1];
    if (item === undefined) break;
    const listed =
      item.names.length > 0 || has(item, 'particle') || has(item, 'mark:and') || item.punctuation === ',';
    if (!listed) break;
    from -= 1;
  }
  if (from === marker && items[marker - 1] !== undefined) from = marker - 1;
  return [from, marker];
}

function stretchAfter(items: readonly Item[], marker: number): [number, number] {
  let to = marker + 1;
  while (to < items.length) {
    const item = items[to];
    if (item === undefined || family(item, 'act:').length > 0 || has(item, 'ref:all')) break;
    if (item.punctuation === ',' && (items[to + 1]?.names.length ?? 0) === 0) break;
    to += 1;
  }
  return [marker + 1, to];
}
