import type { Clause } from './clauses.ts';
import { any, family, has, type Item } from './items.ts';
import type { Mood, Sense } from './vocabulary/concepts.ts';

const STATE_MOODS: readonly Mood[] = ['past', 'ing', 'attributive'];

/** `stopped instances` describes; `why was it stopped` asks about what was done. */
export function describesState(item: Item, senses: readonly Sense[], sentence: readonly Clause[]): boolean {
  if (!senses.every((s) => STATE_MOODS.includes(s.mood)) || isCaused(item, sentence)) return false;
  const around = sentence.flatMap((clause) => clause.items);
  const asks = around.some(
    (other) =>
      has(other, 'mark:why') ||
      has(other, 'mark:who') ||
      has(other, 'mark:when') ||
      has(other, 'topic:cause'),
  );
  const was = around.some((other) => has(other, 'mark:was') && other.at < item.at && !has(other, 'plain'));
  const mind = around.some((other) => has(other, 'mark:ask'));
  const state = family(item, 'state:').length > 0;
  if (!state && (any(around, 'mark:hypothetical') || any(around, 'mark:about') || any(around, 'mark:if')))
    return false;
  const wonders = sentence.some((clause) => clause.question) && !any(around, 'mark:which');
  if (wonders && senses.some((s) => s.mood === 'ing')) return false;
  return !asks && !was && !(mind && senses.some((s) => s.mood === 'ing'));
}

/** `I'd like gw-1 rebooted`: an English participle that something is to bring about. */
export function isCaused(item: Item, sentence: readonly Clause[]): boolean {
  const around = sentence.flatMap((clause) => clause.items);
  const past = item.senses.some(
    (s) => s.language === 'en' && s.mood === 'past' && s.concept.startsWith('act:'),
  );
  const before = around.filter((other) => other.at < item.at);
  const cause = before.findLast((other) => has(other, 'mark:causative') && other.names.length === 0);
  if (!past || cause === undefined) return false;
  const asks = before.some(
    (other) => has(other, 'mark:ask') || has(other, 'mark:want') || has(other, 'mark:please'),
  );
  const object = before.some(
    (other) =>
      other.names.length > 0 ||
      other.selector !== null ||
      family(other, 'kind:').length > 0 ||
      has(other, 'ref:it') ||
      has(other, 'ref:them'),
  );
  const wonders =
    sentence.some((clause) => clause.question) ||
    before.some((other) => /^(?:do|does|did|is|was|has|how .*)$/u.test(other.text));
  if (!object || (wonders && !/^(?:can|could|please)\b/u.test(cause.text))) return false;
  const strong = cause.text.includes(' ') || asks;
  const between = before.filter((other) => other.at > cause.at);
  const direct = between.every(
    (other) =>
      other.names.length > 0 ||
      has(other, 'plain') ||
      has(other, 'mark:and') ||
      family(other, 'kind:').length > 0 ||
      has(other, 'ref:it') ||
      has(other, 'ref:them') ||
      other.selector !== null,
  );
  return (
    strong &&
    direct &&
    !before.some((other) => has(other, 'mark:which') || has(other, 'mark:who') || has(other, 'mark:why'))
  );
}
