import type { FunctionTitles } from '../../result-words/functions.ts';

export const functions: FunctionTitles = {
  runtime: '运行时',
  memory: '内存',
  timeout: '超时',
  reserved: '预留并发',
  update: '最近更新',
  modified: '修改',
  stages: '阶段',
  deployed: '部署',
};
