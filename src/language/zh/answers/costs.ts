import type { CostWords } from '../../answer-words/costs.ts';

export const costs: CostWords = {
  total: ({ total, from, until, region, estimated }) =>
    `${from} 至 ${until}${region ? `，${region}` : ''} 的费用为 ${total}${estimated ? '（估算值，账单尚未最终确定）' : ''}。`,
  before: ({ amount, from, until, compared, more, share }) =>
    share === null
      ? `${from} 至 ${until} 为 ${amount}。`
      : `${compared ? `不含今天为 ${compared}，` : ''}比 ${from} 至 ${until}（${amount}）${more ? '增加' : '减少'}了 ${share}。`,
  groups: (names) => `主要构成：${names}。`,
  others: (count, amount) => `其余 ${count} 项 ${amount}`,
  withoutTag: (tag) => `无 ${tag} 标签`,
  forecast: ({ total, until }) => `预计到 ${until} 总费用约 ${total}。`,
  forecastParts: ({ spent, from, ahead }) => `${from} 至今已花费 ${spent}，剩余时间预测 ${ahead}。`,
  interval: (level, low, high) => `预测部分的 ${level} % 区间为 ${low} 至 ${high}。`,
  price: (amount, asOf) =>
    amount === null
      ? `使用了 ${asOf} 缓存的结果，本次查询未产生费用。`
      : `Cost Explorer 查询费用：${amount}。`,
};
