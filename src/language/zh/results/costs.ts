import type { CostTitles } from '../../result-words/costs.ts';

export const costs: CostTitles = {
  group: '项目',
  cost: '费用',
  share: '占比',
  before: '之前',
  total: '合计',
  spent: '已花费',
  forecast: '预测',
  interval: '区间',
  price: '查询费用',
  estimated: '估算',
  remembered: '缓存',
  withoutTag: '（无标签）',
  others: (count) => `其余 ${count} 项`,
};
