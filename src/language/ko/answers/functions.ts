import type { FunctionWords } from '../../answer-words/functions.ts';

export const functions: FunctionWords = {
  functions: (count, names) => `함수 ${count}개: ${names}.`,
  none: (filter) => (filter ? `조건에 맞는 함수가 없습니다 (${filter}).` : '함수가 없습니다.'),
  notReady: (count, names) => `준비되지 않은 함수 ${count}개: ${names}.`,
  switchedOff: (_count, names) => `예약 동시성이 0이라 요청을 받지 않는 함수: ${names}.`,
  apis: (count, names) => `API ${count}개: ${names}.`,
  noApis: (filter) => (filter ? `조건에 맞는 API가 없습니다 (${filter}).` : 'API가 없습니다.'),
};
