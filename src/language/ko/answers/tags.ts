import type { TagWords } from '../../answer-words/tags.ts';

export const tags: TagWords = {
  untagged: ({ count, checked, tags: wanted, kinds, names }) =>
    `확인한 리소스 ${checked}개 중 ${count}개에 ${wanted ? `${wanted} ` : ''}태그가 없습니다 (${kinds}): ${names}.`,
  noneUntagged: (checked, wanted) =>
    `확인한 리소스 ${checked}개 모두 ${wanted ? `${wanted} ` : ''}태그가 있습니다.`,
  kind: (kind, count) => `${kind} ${count}개`,
};
