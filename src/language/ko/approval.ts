import type { ApprovalWords, TimeSpan } from '../../domain/approval-words.ts';

const UNITS: Readonly<Record<TimeSpan['unit'], string>> = {
  second: '초',
  minute: '분',
  hour: '시간',
  day: '일',
};

const inUnits = ({ count, unit }: TimeSpan) => `${count}${UNITS[unit]}`;

export const approvalWords: ApprovalWords = {
  label: {
    call: '변경',
    plan: '계획',
    step: '단계',
    target: '대상',
    becomes: '변경 내용',
    takesAway: '함께 사라짐',
    affected: '함께 영향받음',
    notSeen: '확인 못 함',
    undo: '되돌리기',
    as: '실행 주체',
    where: '위치',
    expires: '남은 시간',
    cli: 'AWS CLI',
    flagged: '확인 필요',
    standing: '상시 승인',
    rate: '최대 횟수',
    until: '기한',
    open: '값이 달라도 되는 인수',
    reason: '이유',
  },
  standing: {
    heading: (id) => `${id} · 승인하면 앞으로의 실행까지 서명합니다: 이 호출은 이후 묻지 않고 되풀이됩니다`,
    rate: (count, per) => `${per}마다 ${count}회`,
    nothingOpen: '없음: 모든 인수가 보이는 그대로여야 합니다',
    noTerminal: '상시 승인은 조건이 보이는 터미널에서만 서명합니다. --approve는 여기에 인정되지 않습니다.',
  },
  risk: { change: '변경', destructive: '파괴적 변경', irreversible: '파괴적 변경, 되돌릴 수 없음' },
  steps: (count) => `${count}단계`,
  noneAffected: '확인된 범위에서는 없음',
  takesAway: (count, kind, among) => `${kind} 최대 ${count}개${among ? `, 대상: ${among}` : ''}`,
  feltAs: {
    calls_it: '이 대상을 호출합니다',
    balancer_sends_to_it: '이 대상으로 요청을 보냅니다',
    balancer_without_healthy: '이 대상으로 요청을 보내며, 요청을 대신 받을 정상 대상이 없습니다',
    group_takes_it_back: '속한 그룹이며, 다시 서비스에 투입합니다',
    group_replaces_it: '속한 그룹이며, 비정상으로 보고 교체합니다',
    group_may_replace_it: '속한 그룹이며, 중지된 동안 비정상으로 보고 교체할 수 있습니다',
    group_may_find_it_unhealthy: '속한 그룹이며, 그동안 비정상으로 볼 수 있습니다',
    group_starts_another: '속한 그룹이며, 대신 다른 인스턴스를 시작합니다',
    may_be_terminated: '그룹이 종료하는 인스턴스에 포함될 수 있습니다',
    replica_falls_behind: '읽기 복제본이며, 그동안 복제가 지연됩니다',
    shares_its_cluster: '같은 클러스터에 있으며, 역할을 넘겨받거나 함께 재시작될 수 있습니다',
    shares_parameter_group: '같은 파라미터 그룹을 사용하므로 함께 바뀝니다',
    standby_does_not_take_over: '역할을 넘겨받지 않습니다 (장애 조치 없는 재시작)',
  },
  noUndo: {
    nothing_to_take_back: '되돌릴 것이 없습니다. 메모리에 있던 내용은 사라집니다',
    published: '발행한 이벤트는 되돌릴 수 없습니다',
    values_differ:
      '한 번의 호출로는 되돌릴 수 없음: 현재 태그 값이 서로 다릅니다 (위 참조). 하나씩 설정하십시오',
    split_not_restored: '되돌릴 수 없음: 별칭의 트래픽을 버전끼리 다시 나누는 도구가 없습니다',
    gone_for_good: '없음: 종료된 인스턴스와 함께 삭제된 볼륨은 돌아오지 않습니다',
    deploy_again: '새 버전으로 되돌리는 도구는 없습니다. 새 버전을 다시 배포해야 합니다',
    cannot_shrink: '없음: 볼륨은 다시 줄일 수 없으며, 파일 시스템은 인스턴스 안에서 따로 확장해야 합니다',
    connections_are_cut: '되돌릴 것이 없습니다. 1분가량 중단되고 모든 연결이 끊깁니다',
    storage_cannot_shrink: '없음: 데이터베이스 스토리지는 줄일 수 없고, 6시간에 한 번만 변경할 수 있습니다',
    was_engine_default:
      '이 도구로는 되돌릴 수 없습니다. 원래 지정된 값이 없으므로 파라미터 그룹에서 재설정(reset)해야 합니다',
  },
  undoNote: {
    other_public_address: 'Elastic IP가 아닌 공인 주소는 바뀝니다',
    interrupts_again: '한 번 더 중지했다가 시작합니다',
    new_instances: '새 인스턴스를 시작합니다. 종료된 것은 돌아오지 않습니다',
    restarts_database_again: '데이터베이스가 한 번 더 재시작됩니다',
    needs_reboot: '다음 재부팅 때 적용됩니다',
  },
  gap: {
    denied: '접근 거부',
    expired: '자격 증명 만료',
    throttled: '요청 제한',
    partial: '일부만 확인',
    no_data: '데이터 없음',
    wrong_region: '다른 리전',
    unreachable: '연결 불가',
    not_simulated: '시뮬레이션되지 않음',
    not_configured: '설정 안 됨',
    truncated: '잘림',
  },
  unchanged: '중단되었다가 지금과 같은 상태로 돌아옴',
  simulated: (file) => `시뮬레이션 계정 ${file}`,
  endpoint: (url) => `AWS (${url})`,
  keys: {
    all: 'y 승인 · n 거절 · e 수정 · w 이유 · Esc 거절',
    without_edit: 'y 승인 · n 거절 · w 이유 · Esc 거절',
    yes_no: 'y 승인 · n 거절 · Esc 거절',
  },
  namingKeys: {
    all: 'Enter로 이름 확인 · n, e, w 다음 Enter: 거절, 수정, 이유 · Esc 거절',
    without_edit: 'Enter로 이름 확인 · n, w 다음 Enter: 거절, 이유 · Esc 거절',
    yes_no: 'Enter로 이름 확인 · n 다음 Enter: 거절 · Esc 거절',
  },
  typeName: (name) => `되돌릴 수 없는 작업입니다. 승인하려면 이름을 입력하세요: ${name}`,
  wrongName: '이름이 다릅니다. 아무것도 승인되지 않았습니다.',
  passphrase: '승인 키의 암호',
  passphraseKeys: 'Enter 서명 · Esc 거절',
  pasteIgnored: '붙여 넣은 글은 인정되지 않습니다. 직접 입력하세요.',
  enterIgnored: 'Enter는 승인이 아닙니다. 승인은 y, 거절은 n을 누르세요.',
  enterAlone: '이름을 확인하려면 Enter만 따로 누르세요.',
  wait: '너무 일찍 누른 키라서 인정되지 않았습니다. 다시 누르세요.',
  unseen: '먼저 끝까지 읽으세요. ↓로 더 볼 수 있습니다.',
  checking: '암호 확인 중…',
  span: inUnits,
  approved: '승인했습니다.',
  declined: '거절했습니다. 아무것도 승인되지 않았습니다.',
  expired: '답하기 전에 만료되어 아무것도 승인되지 않았습니다. 변경을 다시 요청하세요.',
  noTerminal:
    "물어볼 터미널이 없습니다. 터미널에서 실행하거나 둘 다 정확히 지정하세요: --approve 'tool:resource'",
  key: (problem) => {
    switch (problem.code) {
      case 'exposed':
        return `다른 사용자가 ${problem.path}에 접근할 수 있어(모드 ${problem.mode}) 사용하지 않습니다. 실행: ${problem.fix}`;
      case 'foreign':
        return `${problem.path}은(는) 다른 사용자의 파일이므로 사용하지 않습니다.`;
      case 'not_a_key':
        return `${problem.path}은(는) Ed25519 개인 키(PKCS #8, PEM)가 아닙니다. 다른 곳으로 옮기면 다음 승인 때 새 키를 만듭니다.`;
      case 'unusable':
        return `승인 키 ${problem.path}을(를) 사용할 수 없습니다: ${problem.why}`;
      case 'passphrase_needed':
        return '승인 키에 암호가 걸려 있습니다.';
      case 'passphrase_wrong':
        return '승인 키의 암호가 아닙니다.';
    }
  },
  signing: (problem) => {
    switch (problem.code) {
      case 'digest':
        return `제안 ${problem.proposal}의 내용이 다이제스트와 다릅니다. 전달 중에 바뀌었으므로 서명하지 않았습니다.`;
      case 'ended':
        return `제안 ${problem.proposal}은(는) ${problem.at}에 만료되었습니다. 변경을 다시 요청하세요.`;
      case 'standing_destructive':
        return `${problem.tool}은(는) 여기서 파괴적 변경이므로 매번 사람의 승인이 필요합니다. 상시 승인을 서명하지 않습니다.`;
      case 'standing_targets':
        return `상시 승인은 자원 하나에만 가능합니다(요청: ${problem.count}개).`;
      case 'standing_free_text':
        return `${problem.argument}은(는) 상시 승인에서 열어 둘 수 있는 인수가 아닙니다.`;
    }
  },
};
