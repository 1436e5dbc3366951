import type { AwsHealthWords } from '../../answer-words/aws-health.ts';

export const awsHealth: AwsHealthWords = {
  issues: (count, names) => `AWS 쪽에서 진행 중인 장애 ${count}건: ${names}.`,
  noIssues: () => '이 계정에 영향을 주는 AWS 장애는 없습니다.',
  others: ({ upcoming, notices, closed }) => {
    const told = [
      ...(upcoming ? [`예정된 변경 ${upcoming}건`] : []),
      ...(notices ? [`공지 ${notices}건`] : []),
      ...(closed ? [`종료된 이벤트 ${closed}건`] : []),
    ];
    return told.length === 0 ? '' : `그 외: ${told.join(', ')}.`;
  },
  event: ({ service, region, description, since }) =>
    `${service} (${region}${since ? `, ${since}부터` : ''}): ${description}`,
  planned: ({ service, region, description, at }) =>
    `예정된 ${service} 변경 (${region}${at ? `, ${at}` : ''}): ${description}`,
  affected: (names) => `영향을 받는 리소스: ${names}.`,
  published: (bus, id) =>
    `EventBridge가 ${bus} 버스에서 이벤트를 받았습니다 (id ${id}). 규칙이 처리했는지는 여기서 확인할 수 없습니다.`,
};
