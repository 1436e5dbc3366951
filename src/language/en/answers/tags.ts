import type { TagWords } from '../../answer-words/tags.ts';

export const tags: TagWords = {
  untagged: ({ count, checked, tags: wanted, kinds, names }) =>
    `${count} of ${checked} resources ${count === 1 ? 'has' : 'have'} no ${wanted ? `${wanted} tag` : 'tag'} (${kinds}): ${names}.`,
  noneUntagged: (checked, wanted) =>
    wanted ? `All ${checked} resources seen have ${wanted}.` : `All ${checked} resources seen have a tag.`,
  kind: (kind, count) => `${count} ${kind}${count === 1 ? '' : 's'}`,
};
