import type { CostTitles } from '../../result-words/costs.ts';

export const costs: CostTitles = {
  group: '항목',
  cost: '비용',
  share: '비중',
  before: '이전',
  total: '합계',
  spent: '현재까지',
  forecast: '예측',
  interval: '구간',
  price: '조회 비용',
  estimated: '추정치',
  remembered: '저장된 결과',
  withoutTag: '(태그 없음)',
  others: (count) => `그 외 ${count}개`,
};
