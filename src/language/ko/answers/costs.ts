import type { CostWords } from '../../answer-words/costs.ts';

export const costs: CostWords = {
  total: ({ total, from, until, region, estimated }) =>
    `${from}부터 ${until}까지${region ? ` ${region}` : ''} 비용은 ${total}입니다${estimated ? ' (확정 전 추정치)' : ''}.`,
  before: ({ amount, from, until, compared, more, share }) =>
    share === null
      ? `${from}부터 ${until}까지는 ${amount}였습니다.`
      : `${compared ? `오늘을 제외하면 ${compared}로, ` : ''}${from}부터 ${until}까지(${amount})보다 ${share} ${more ? '늘었습니다' : '줄었습니다'}.`,
  groups: (names) => `비중이 큰 항목: ${names}.`,
  others: (count, amount) => `그 외 ${count}개 ${amount}`,
  withoutTag: (tag) => `${tag} 태그 없음`,
  forecast: ({ total, until }) => `${until}까지 총 ${total} 정도로 예상됩니다.`,
  forecastParts: ({ spent, from, ahead }) => `${from}부터 지금까지 ${spent} 사용, 남은 기간 예측 ${ahead}.`,
  interval: (level, low, high) => `예측분의 ${level} % 구간은 ${low} ~ ${high}입니다.`,
  price: (amount, asOf) =>
    amount === null
      ? `${asOf}에 받아 둔 결과라 조회 비용이 들지 않았습니다.`
      : `Cost Explorer 조회 비용: ${amount}.`,
};
