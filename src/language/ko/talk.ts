import type { TalkWords } from '../talk-words.ts';
import { answers } from './answers.ts';
import { values } from './values.ts';

const KINDS: Readonly<Record<string, string>> = {
  instance: '인스턴스',
  database: '데이터베이스',
  function: '함수',
  service: '서비스',
  cluster: '클러스터',
  deployment: '디플로이먼트',
  auto_scaling_group: 'Auto Scaling 그룹',
  load_balancer: '로드 밸런서',
  api: 'API',
  bucket: '버킷',
  alarm: '경보',
  log_group: '로그 그룹',
  managed_cluster: '클러스터',
};

const kind = (of: string) => KINDS[of] ?? of;

const LOOKS = {
  state: '상태',
  targets: '대상 상태',
  metric: '지표',
  logs: '로그',
  alarms: '울리는 경보',
  dependencies: '의존 관계',
  changes: '최근 변경 사항',
} as const;

export const talk: TalkWords = {
  kind,
  none: (reason) => {
    switch (reason) {
      case 'thanks':
        return '별말씀을요.';
      case 'greeting':
        return '안녕하세요. "인스턴스 목록 보여줘", "울리는 경보 있어?", "web-1 지난 3시간 CPU"처럼 말해 보세요.';
      case 'withdrawn':
        return '알겠습니다. 아무것도 하지 않았습니다.';
      case 'negated':
        return '알겠습니다. 하지 않겠습니다.';
      case 'hypothetical':
        return '가정하는 말로 읽혀서 아무것도 하지 않았습니다. 실행하려면 분명하게 말해 주세요.';
      case 'reported_speech':
        return '다른 사람의 말로 읽혀서 아무것도 하지 않았습니다. 실행하려면 직접 말해 주세요.';
      case 'off_topic':
        return '제가 할 수 있는 일로 이해하지 못했습니다. AWS 리소스(인스턴스, 데이터베이스, 함수, 서비스, 로드 밸런서)와 그 경보, 지표, 로그, 변경 이력, 비용을 다룹니다.';
      case 'help':
        return '보고 싶거나 하고 싶은 것을 말해 주세요: "인스턴스 목록 보여줘", "울리는 경보 있어?", "web-1 지난 3시간 CPU", "/aws/lambda/checkout 에러 로그", "지난 한 시간 동안 뭐가 바뀌었어?", "이번 달 비용 얼마야?", "batch-1 시작해줘". 변경은 먼저 보여 드립니다.';
      case 'empty':
        return '읽을 내용이 없습니다.';
    }
  },
  noneAbout: (call) => `(실행했다면 ${call})`,
  refusal: (reason, action, most) => {
    switch (reason) {
      case 'sweep':
        return `거부: 전체를 한꺼번에 ${action} 하는 일은 여기서 하지 않습니다. 리소스를 하나씩 지정하세요.`;
      case 'too_many':
        return `거부: 한 번에 ${most}개가 넘는 리소스에 ${action} 할 수 없습니다. 더 적게 지정하세요. 한도는 설정의 max_targets입니다.`;
      case 'forbidden_action':
        return `거부: ${action}은(는) 승인이 있어도 여기서 하지 않습니다. 그런 도구는 없습니다.`;
    }
  },
  question: (of) => {
    switch (of.code) {
      case 'ambiguous':
        return `"${of.mention}"은(는) 어느 ${kind(of.kind)}인가요?`;
      case 'unknown_resource':
        return [
          of.seen
            ? `"${of.mention}"을(를) 찾지 못했습니다.`
            : `확인할 수 있었던 범위에는 "${of.mention}"이(가) 없습니다.`,
          of.choices > 0 ? '이 중에 있나요?' : '정확한 이름이나 id를 알려 주세요.',
        ].join(' ');
      case 'close_match':
        return `"${of.mention}"과(와) 정확히 같은 이름은 없습니다. 이것인가요?`;
      case 'missing_target':
        return `어느 ${kind(of.kind)}인가요? (${of.tool})`;
      case 'missing_value':
        return `${values[of.argument] ?? `${of.argument} 값은 무엇인가요?`} (${of.tool})`;
      case 'wrong_kind':
        return `"${of.mention}"은(는) ${kind(of.kind)}이(가) 아닙니다. 무엇을 뜻하나요?`;
      case 'conditional':
        return of.tool === ''
          ? '조건이 붙은 말입니다. 지금 할 일을 그대로 말해 주세요.'
          : `조건이 붙은 말입니다. 지금 ${of.tool}을(를) 할까요?`;
      case 'cause_later':
        return of.subject === null
          ? '원인을 스스로 찾는 기능은 이후 버전에 들어갑니다. 지금은 무엇을 볼까요?'
          : `원인을 스스로 찾는 기능은 이후 버전에 들어갑니다. 지금은 ${of.subject}의 무엇을 볼까요?`;
      case 'unsure':
        return of.choices > 0
          ? '무슨 뜻인지 확실하지 않습니다. 이 중 하나인가요?'
          : '무슨 뜻인지 확실하지 않습니다. 리소스 이름을 넣어 다른 말로 해 주세요.';
    }
  },
  look: (of) => LOOKS[of],
  moreChoices: (count) => `목록에 없는 것이 ${count}개 더 있습니다. 찾는 것의 이름을 말해 주세요.`,
  unlisted: (places) =>
    `모두 조회하지는 못했습니다: ${places.map(({ what, where, why }) => `${where && `${where}의 `}${what} (${answers.gapReason(why)})`).join(', ')}. 그곳에 있을 수 있습니다.`,
  failure: (code) => {
    switch (code) {
      case 'denied':
        return '접근이 거부되었습니다.';
      case 'no_credentials':
        return 'AWS 자격 증명이 없습니다.';
      case 'expired_credentials':
        return 'AWS 자격 증명이 만료되었습니다.';
      case 'read_only':
        return '거부: 읽기 전용 세션입니다.';
      case 'forbidden':
        return '거부되었습니다.';
      case 'unreachable':
        return '연결할 수 없습니다.';
      case 'outcome_unknown':
        return '결과를 알 수 없습니다.';
      case 'throttled':
        return 'AWS가 요청을 제한했습니다.';
      case 'invalid_state':
        return '지금 상태에서는 할 수 없습니다.';
      case 'invalid_arguments':
        return '인수가 맞지 않습니다.';
      case 'not_found':
        return '찾을 수 없습니다.';
      default:
        return null;
    }
  },
  nothingChanged: () => '아무것도 바뀌지 않았습니다.',
  notServed: (call) => `이해한 내용: ${call}. 이 버전에는 아직 그 도구가 없습니다.`,
  stepByStep: () => '하나의 계획으로 승인할 수 없어 단계마다 묻습니다.',
  stepsLeft: (count) => `이후 ${count}단계는 실행하지 않았습니다.`,
  approvalNeeded: (proposal, flags) =>
    `실행하지 않았습니다: 승인이 필요합니다 (제안 ${proposal}). 터미널에서 실행하거나 바로 이 대상에 대한 이 도구를 승인하세요: ${flags}`,
  declined: () => '거절됨: 아무것도 바뀌지 않았습니다.',
  editing: () => '아무것도 바뀌지 않았습니다. 문장을 다시 고칠 수 있습니다.',
  lookingFirst: () => '먼저 영향받을 대상을 살펴봅니다.',
  ranWithoutDialog: (call) =>
    `${call}: 용량을 되살리는 일이고 이름을 정확히 말했으므로 묻지 않고 실행했습니다.`,
  stateMoved: () => '제안한 뒤로 상태가 바뀌었습니다. 다시 확인하세요.',
  proposalExpired: () => '제안이 만료되어 다시 제안합니다.',
  expiredUnanswered: () => '답하기 전에 만료되어 아무것도 실행하지 않았습니다. 다시 요청하세요.',
  cannotSign: (why) => `서명하지 못했습니다: ${why}`,
  directoryUnseen: (why) => `이름을 찾아볼 수 없었습니다: ${why}`,
  busy: () => '앞의 일이 아직 진행 중입니다.',
  interrupted: () => '중단했습니다.',
  waitingForChange: () => '변경 요청이 이미 전송되어 되돌릴 수 없습니다. 결과를 기다립니다.',
  recovered: (tool, at, finding) => `${at}에 시작한 ${tool}의 결과가 기록되지 않았습니다. ${finding}`,
  flagged: (argument, value) =>
    `${argument} = ${value}: 직접 입력한 말이 아니라 외부 텍스트에만 있는 값입니다`,
  internal: (why) => `내부 오류: ${why}`,
};
