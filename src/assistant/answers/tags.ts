import type { ToolOutput } from '../../../mcp-server/contract/catalogue.ts';
import { plainLine } from '../../domain/plain-text.ts';
import type { AnswerContext } from './context.ts';
import { firstNames } from './shortened.ts';

const NAMED = 5;

/** How many lack what, of which kinds, and the first of them. */
export function untagged(
  { resources, checked, counts, required_tags }: ToolOutput<'find_untagged_resources'>,
  { words }: AnswerContext,
): string[] {
  const wanted = words.list(required_tags.map(plainLine));
  if (resources.length === 0) return [words.tags.noneUntagged(checked, wanted)];
  const names = resources.map(({ name, id }) => plainLine(name || id));
  const kinds = Object.entries(counts).map(([kind, count]) =>
    words.tags.kind(plainLine(kind.replaceAll('_', ' ')), count),
  );
  return [
    words.tags.untagged({
      count: resources.length,
      checked,
      tags: wanted,
      kinds: kinds.join(', '),
      names: firstNames(names, NAMED, words),
    }),
  ];
}
