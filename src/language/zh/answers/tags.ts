import type { TagWords } from '../../answer-words/tags.ts';

export const tags: TagWords = {
  untagged: ({ count, checked, tags: wanted, kinds, names }) =>
    `在查看的 ${checked} 个资源中，${count} 个没有${wanted ? ` ${wanted} ` : ''}标签（${kinds}）：${names}。`,
  noneUntagged: (checked, wanted) => `查看的 ${checked} 个资源都有${wanted ? ` ${wanted} ` : ''}标签。`,
  kind: (kind, count) => `${kind} ${count} 个`,
};
