import type { FunctionTitles } from '../../result-words/functions.ts';

export const functions: FunctionTitles = {
  runtime: 'runtime',
  memory: 'memory',
  timeout: 'timeout',
  reserved: 'reserved',
  update: 'last update',
  modified: 'modified',
  stages: 'stages',
  deployed: 'deployed',
};
