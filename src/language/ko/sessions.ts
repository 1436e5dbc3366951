import type { SessionWords } from '../session-words.ts';

export const sessions: SessionWords = {
  place: {
    region: (region) =>
      `이제 리전을 지정하지 않은 호출은 ${region}만 봅니다. /region all 은 모든 리전을 봅니다.`,
    everywhere: '이제 리전을 지정하지 않은 호출은 계정의 모든 리전을 봅니다.',
    noRegion: (asked, known) =>
      `"${asked}"은(는) 이 계정의 리전이 아닙니다.${known ? ` 이 계정의 리전: ${known}.` : ' 리전은 ap-northeast-2 와 같은 형식입니다.'}`,
    account: (name) => `현재 계정이 ${name}(으)로 바뀌었습니다.`,
    noAccount: (asked, known) =>
      `이 세션에는 "${asked}" 계정이 없습니다.${known ? ` 있는 계정: ${known}.` : ''} 다른 계정: aiops --account <이름 또는 파일>`,
  },
  model: {
    isBuiltIn:
      '내장 플래너가 문장을 읽으며 모델이 필요 없습니다. 언어 모델(Ollama, OpenAI 호환 엔드포인트)은 이후 버전에서 제공됩니다.',
    noOther: (name) =>
      `"${name}" 모델은 없습니다. 이 버전에는 내장 플래너만 있으며 언어 모델은 이후 버전에서 제공됩니다.`,
  },
  copy: {
    sent: (characters) =>
      `${characters}자를 터미널 클립보드로 보냈습니다(OSC 52). 이를 지원하지 않는 터미널은 아무 반응이 없으니 그때는 /export 를 쓰세요.`,
    inTmux: 'tmux 에서는 다음 설정이 필요합니다: set -g set-clipboard on',
    tooLong: (most) =>
      `터미널 클립보드에 넣기에는 너무 깁니다(최대 ${most}바이트). /export 로 파일에 저장하세요.`,
  },
  export: {
    written: (file) => `${file} 에 저장했습니다`,
    exists: (file) =>
      `${file} 이(가) 이미 있어 덮어쓰지 않았습니다. 다른 파일을 지정하세요: /export md <파일>`,
    failed: (file, why) => `${file} 에 저장하지 못했습니다: ${why}`,
    nothing: '아직 대화가 없어 내보낼 것이 없습니다.',
  },
  audit: {
    none: '감사 로그에 아직 기록이 없습니다.',
    failed: (why) => `감사 로그를 읽을 수 없습니다: ${why}`,
  },
  editor: {
    none: '편집기를 찾지 못했습니다. VISUAL 또는 EDITOR 를 설정하세요.',
    failed: (command, why) => `편집기(${command}) 실행에 실패했습니다: ${why} 입력 내용은 그대로입니다.`,
  },
  problem: ({ code, file, detail }) => {
    switch (code) {
      case 'newer':
        return `${file} 은(는) 더 새로운 버전의 aiops 가 쓴 파일입니다(${detail}). 그 버전을 쓰거나 XDG_STATE_HOME 으로 다른 폴더를 지정하세요.`;
      case 'damaged':
        return `${file} 이(가) 손상되었습니다(${detail}). 파일은 그대로 두었습니다. 다른 곳으로 옮기거나 백업을 되돌리세요.`;
      case 'unwritable':
        return `${file} 에 쓸 수 없습니다(${detail}). 파일과 폴더에 쓰기 권한을 주거나 XDG_STATE_HOME 을 지정하세요.`;
      case 'full':
        return `${file} 에 더 쓸 수 없습니다. 디스크가 가득 찼습니다(${detail}). 공간을 확보하세요.`;
      case 'busy':
        return `${file} 을(를) 다른 프로세스가 쓰고 있습니다(${detail}).`;
      case 'exposed':
        return `${file} 의 폴더에 다른 사용자가 쓸 수 있습니다(${detail}). 그 폴더에 chmod 700 을 실행하세요.`;
      case 'foreign':
        return `${file} 의 폴더가 다른 사용자의 것입니다(${detail}). XDG_STATE_HOME 을 본인의 폴더로 지정하세요.`;
      case 'unusable':
        return `${file} 을(를) 쓸 수 없습니다(${detail}). 디스크를 확인하세요.`;
    }
  },
  notKept: '이 세션은 저장되지 않고 있습니다.',
  keptAgain: '이 세션을 다시 저장합니다. 빠진 내용은 없습니다.',
  inputsForgotten: '입력한 내용이 다음 세션을 위해 저장되지 않습니다.',
  list: {
    none: '저장된 세션이 아직 없습니다.',
    how: '/resume <번호 또는 id> 로 이어서 · aiops sessions export <id>',
    here: '현재 세션',
    open: '열려 있음',
    newer: '더 새로운 버전',
    turns: (count) => `${count}턴`,
  },
  resume: {
    resumed: (title, when) => `"${title}" 세션을 이어서 합니다(${when}).`,
    earlier: (count, command) => `이전 ${count}턴은 표시하지 않았습니다: ${command}`,
    unread: (count) => `기록 중 ${count}줄은 읽을 수 없어 제외했습니다.`,
    none: (account) =>
      `이어서 할 ${account} 계정의 이전 세션이 없습니다(다른 터미널에서 열려 있는 것은 제외: /sessions). 새 세션입니다.`,
    notFound: (id) => `"${id}" 세션이 없습니다. /sessions 로 목록을 볼 수 있습니다.`,
    several: (ids) => `그렇게 시작하는 세션이 여럿입니다: ${ids}.`,
    otherAccount: (account, command) =>
      `다른 계정(${account})의 세션이라 이어서 하지 않았습니다. 그 계정에서 이어서 하려면: ${command}`,
    movedAccount: (then, now) =>
      `그 세션은 ${then} 계정의 것이고 지금은 ${now} 계정입니다. 내용은 보여 주지만 이후 대화는 그것에 기대지 않습니다.`,
    newer: (id) => `${id} 세션은 더 새로운 버전의 aiops 가 저장했습니다. 그 버전에서 이어서 하세요.`,
    whileRunning: '다른 세션으로 넘어가기 전에 답변을 기다리거나 Esc 로 중단하세요.',
    already: '지금 이 세션입니다.',
    openElsewhere: (process) =>
      `다른 터미널(프로세스 ${process})에서 아직 열려 있습니다. 여기서 하는 대화는 별도의 세션으로 저장됩니다.`,
    interrupted: '이 답변 도중에 세션이 끝났습니다.',
    proposalOver: '이미 끝난 세션에 제안된 것이라 더는 승인할 수 없습니다. 다시 요청하면 새로 제안합니다.',
  },
};
