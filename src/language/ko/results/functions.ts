import type { FunctionTitles } from '../../result-words/functions.ts';

export const functions: FunctionTitles = {
  runtime: '런타임',
  memory: '메모리',
  timeout: '제한 시간',
  reserved: '예약 동시성',
  update: '최근 업데이트',
  modified: '수정',
  stages: '스테이지',
  deployed: '배포',
};
