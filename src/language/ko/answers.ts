import type { AnswerWords } from '../answer-words.ts';
import { awsHealth } from './answers/aws-health.ts';
import { costs } from './answers/costs.ts';
import { databases } from './answers/databases.ts';
import { functions } from './answers/functions.ts';
import { services } from './answers/services.ts';
import { tags } from './answers/tags.ts';

const STATES: Readonly<Record<string, string>> = {
  pending: '시작 중',
  running: '실행 중',
  'shutting-down': '종료 중',
  terminated: '종료됨',
  stopping: '중지 중',
  stopped: '중지됨',
};

export const answers: AnswerWords = {
  list: (items) => items.join(', '),
  more: (count) => `외 ${count}개`,
  state: (state) => STATES[state] ?? state,
  countedState: (count, state) => `${state} ${count}개`,
  since: (when) => `${when}부터`,
  yesterday: (time) => `어제 ${time}`,
  zone: (timeZone) => `(시각: ${timeZone})`,
  instances: (total, states) => `인스턴스 ${total}개: ${states}.`,
  instancesFiltered: (total, filter, names) => `인스턴스 ${total}개 (${filter}): ${names}.`,
  noInstances: (filter) => (filter ? `해당하는 인스턴스가 없습니다 (${filter}).` : '인스턴스가 없습니다.'),
  notNarrowed: (words) => `${words} 조건으로는 좁히지 못해 전체 목록을 보여 드립니다.`,
  instance: ({ name, id, state, type, az }) => `${name} (${id}): ${state}, ${type}, ${az}.`,
  checks: (system, instance) => `상태 검사: 시스템 ${system}, 인스턴스 ${instance}.`,
  scheduled: (description, when) => `AWS 예정 이벤트: ${description}${when ? ` (${when})` : ''}.`,
  takenFor: (said, name) => `"${said}"은(는) ${name}(으)로 보았습니다.`,
  console: (name, lines, last, when) =>
    `${name} 콘솔 출력${when ? ` (${when})` : ''}: ${lines}줄, 마지막 줄: ${last}`,
  noConsole: (name) => `${name}의 콘솔 출력이 아직 없습니다.`,
  firing: (count, names) => `울리는 경보 ${count}개: ${names}.`,
  noneFiring: (total) => `울리는 경보가 없습니다 (전체 ${total}개).`,
  alarmCounts: (counts) => `나머지: ${counts}.`,
  noAlarms: () => '경보가 없습니다.',
  alarmsIn: (state, count, names) => `${state} 상태의 경보 ${count}개${names ? `: ${names}` : ''}.`,
  history: (alarm, count, last, when) => `${alarm}: 기록 ${count}건, 최근 ${when}: ${last}`,
  noHistory: (alarm) => `${alarm}은(는) 그 시간 동안 변화가 없습니다.`,
  metric: ({ resource, metric, statistic, average, max, maxAt, last, lastAt }) =>
    `${resource ? `${resource} ` : ''}${metric}${statistic === 'Average' ? '' : ` (${statistic})`}: 평균 ${average}, 최고 ${max} (${maxAt}), ${lastAt ? `마지막 ${last} (${lastAt})` : `현재 ${last}`}.`,
  metricTotal: ({ resource, metric, total, max, maxAt }) =>
    `${resource ? `${resource} ` : ''}${metric}: 합계 ${total}, 한 구간 최고 ${max} (${maxAt}).`,
  noPoints: (resource, metric) =>
    `${resource ? `${resource}의 ` : ''}${metric} 데이터가 그 시간에는 없습니다.`,
  manySeries: (count, metric, highest, lowest) =>
    `리소스 ${count}개의 ${metric}: 평균 최고 ${highest}, 최저 ${lowest}.`,
  changes: (count, from, until) => `${from}부터 ${until}까지 변경 ${count}건.`,
  noChanges: (from, until) => `${from}부터 ${until}까지 변경이 없습니다.`,
  change: ({ who, event, resources, when, error }) =>
    `${when} ${who}: ${event}${resources ? ` → ${resources}` : ''}${error ? ` (실패: ${error})` : ''}.`,
  calledBy: (name, callers) => `${name}을(를) 호출하는 쪽: ${callers}.`,
  calls: (name, callees) => `${name}이(가) 호출하는 쪽: ${callees}.`,
  memberOf: (name, groups) => `${name}이(가) 속한 곳: ${groups}.`,
  noDependencies: (name) => `${name}과(와) 의존 관계로 알려진 것이 없습니다.`,
  groups: (count) => `Auto Scaling 그룹 ${count}개.`,
  group: ({ name, desired, running, min, max }) =>
    `${name}: 목표 ${desired}, 현재 ${running} (최소 ${min}, 최대 ${max}).`,
  noGroups: (filter) =>
    filter ? `조건에 맞는 Auto Scaling 그룹이 없습니다 (${filter}).` : 'Auto Scaling 그룹이 없습니다.',
  logGroups: (count, stored, names) => `로그 그룹 ${count}개 (저장량 ${stored}): ${names}.`,
  noLogGroups: (prefix) =>
    prefix ? `${prefix}(으)로 시작하는 로그 그룹이 없습니다.` : '로그 그룹이 없습니다.',
  logEvents: (count, wanted, { group, from, until }) =>
    `${group}에서 ${from}부터 ${until}까지 ${wanted ? `"${wanted}" ` : ''}로그 ${count}건.`,
  noLogEvents: (wanted, { group, from, until }) =>
    `${group}에서 ${from}부터 ${until}까지 ${wanted ? `"${wanted}" ` : ''}로그가 없습니다.`,
  logRows: (count, { group, from, until }) => `${group}에서 ${from}부터 ${until}까지 쿼리 결과 ${count}행.`,
  logSpan: (returned, first, last) =>
    `${returned === null ? '' : `최근 ${returned}건 중 `}처음 ${first}, 마지막 ${last}.`,
  logPattern: (count, message) => `${count}회: ${message}`,
  did: (tool, name, after) => `${tool} ${name}: 완료${after ? `, 현재 ${after}` : ''}.`,
  changed: ({ name, before, after, result }) => {
    switch (result) {
      case 'done':
        return `${name}: ${before} → ${after}.`;
      case 'in_progress':
        return `${name}: ${before} → ${after}, 아직 진행 중입니다.`;
      case 'not_seen':
        return `${name}: 요청했지만 변화가 아직 보이지 않습니다 (${after}).`;
    }
  },
  costs,
  databases,
  functions,
  awsHealth,
  services,
  tags,
  gap: (what, why, place) => `확인하지 못함: ${what}${place ? ` (${place})` : ''}, ${why}.`,
  gapReason: (why) => {
    switch (why) {
      case 'denied':
        return '접근 거부됨';
      case 'expired':
        return '자격 증명 만료';
      case 'throttled':
        return 'AWS 요청 제한';
      case 'partial':
        return '일부 데이터만 있음';
      case 'no_data':
        return '데이터 없음';
      case 'wrong_region':
        return '다른 리전';
      case 'unreachable':
        return '연결할 수 없음';
      case 'not_simulated':
        return '시뮬레이션되지 않음';
      case 'not_configured':
        return '설정되지 않음';
      case 'truncated':
        return '한도에서 잘림';
    }
  },
};
