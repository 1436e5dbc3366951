import type { AwsHealthWords } from '../../answer-words/aws-health.ts';

export const awsHealth: AwsHealthWords = {
  issues: (count, names) => `AWS 有 ${count} 个未解决的问题：${names}。`,
  noIssues: () => 'AWS 目前没有影响此账户的问题。',
  others: ({ upcoming, notices, closed }) => {
    const told = [
      ...(upcoming ? [`计划变更 ${upcoming} 项`] : []),
      ...(notices ? [`通知 ${notices} 条`] : []),
      ...(closed ? [`已结束事件 ${closed} 个`] : []),
    ];
    return told.length === 0 ? '' : `另外：${told.join('，')}。`;
  },
  event: ({ service, region, description, since }) =>
    `${service}（${region}${since ? `，自 ${since}` : ''}）：${description}`,
  planned: ({ service, region, description, at }) =>
    `计划变更：${service}（${region}${at ? `，${at}` : ''}）：${description}`,
  affected: (names) => `受影响的资源：${names}。`,
  published: (bus, id) =>
    `EventBridge 已在总线 ${bus} 上接收事件（id ${id}）。是否有规则处理，此处无法得知。`,
};
