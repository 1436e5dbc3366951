import type { FunctionWords } from '../../answer-words/functions.ts';

export const functions: FunctionWords = {
  functions: (count, names) => `共 ${count} 个函数：${names}。`,
  none: (filter) => (filter ? `没有符合条件的函数（${filter}）。` : '没有函数。'),
  notReady: (count, names) => `${count} 个函数尚未就绪：${names}。`,
  switchedOff: (_count, names) => `预留并发为 0、不接收请求的函数：${names}。`,
  apis: (count, names) => `共 ${count} 个 API：${names}。`,
  noApis: (filter) => (filter ? `没有符合条件的 API（${filter}）。` : '没有 API。'),
};
