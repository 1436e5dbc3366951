import type { DatabaseWords } from '../../answer-words/databases.ts';

export const databases: DatabaseWords = {
  databases: (total, states) => `데이터베이스 ${total}개: ${states}.`,
  noDatabases: (filter) =>
    filter ? `해당하는 데이터베이스가 없습니다 (${filter}).` : '데이터베이스가 없습니다.',
  notable: (name, status, notes) => `${name}: ${status}${notes ? ` (${notes})` : ''}.`,
  parametersWait: () => '변경된 파라미터가 재부팅을 기다리는 중',
  pending: (what) => `유지 관리 기간에 적용 예정: ${what}`,
  events: (count, database, from, until) => `${from}부터 ${until}까지 ${database} 이벤트 ${count}건.`,
  noEvents: (database, from, until) => `${from}부터 ${until}까지 ${database} 이벤트가 없습니다.`,
  event: (when, source, message) => `${when}${source ? ` ${source}` : ''}: ${message}`,
  load: ({ database, average, vcpus, max, maxAt, last }) =>
    `${database} 부하: 평균 활성 세션 ${average}${vcpus === null ? '' : ` (vCPU ${vcpus}개)`}, 최고 ${max} (${maxAt}), 현재 ${last}.`,
  noLoad: (database) => `${database}의 부하를 읽지 못했습니다.`,
  insightsOff: (command) => `Performance Insights가 꺼져 있습니다. 재시작 없이 켤 수 있습니다: ${command}`,
  waits: (parts) => `주요 대기 이벤트: ${parts}.`,
  statement: ({ statement, load, share, waits }) =>
    `부하가 가장 큰 SQL (${load}${share ? `, 전체의 ${share}` : ''}${waits ? `; ${waits}` : ''}): ${statement}`,
  from: (users, hosts) => `접속 출처: ${[users, hosts].filter(Boolean).join('; ')}.`,
};
