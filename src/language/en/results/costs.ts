import type { CostTitles } from '../../result-words/costs.ts';

export const costs: CostTitles = {
  group: 'spent on',
  cost: 'cost',
  share: 'share',
  before: 'before',
  total: 'total',
  spent: 'spent so far',
  forecast: 'forecast',
  interval: 'interval',
  price: 'price of asking',
  estimated: 'estimated',
  remembered: 'remembered',
  withoutTag: '(no tag)',
  others: (count) => `${count} others`,
};
