import type { TalkWords } from '../talk-words.ts';
import { answers } from './answers.ts';
import { values } from './values.ts';

const KINDS: Readonly<Record<string, string>> = {
  instance: '实例',
  database: '数据库',
  function: '函数',
  service: '服务',
  cluster: '集群',
  deployment: '部署',
  auto_scaling_group: 'Auto Scaling 组',
  load_balancer: '负载均衡器',
  api: 'API',
  bucket: '存储桶',
  alarm: '告警',
  log_group: '日志组',
  managed_cluster: '集群',
};

const kind = (of: string) => KINDS[of] ?? of;

const LOOKS = {
  state: '状态',
  targets: '目标健康状态',
  metric: '指标',
  logs: '日志',
  alarms: '正在触发的告警',
  dependencies: '依赖关系',
  changes: '最近的变更',
} as const;

export const talk: TalkWords = {
  kind,
  none: (reason) => {
    switch (reason) {
      case 'thanks':
        return '不客气。';
      case 'greeting':
        return '你好。可以说“列出所有实例”“有哪些告警”“web-1 最近 3 小时的 CPU”。';
      case 'withdrawn':
        return '好的，什么都没有做。';
      case 'negated':
        return '明白，不会这样做。';
      case 'hypothetical':
        return '这句话像是在假设，所以什么都没有做。要执行请直接说明。';
      case 'reported_speech':
        return '这句话像是在转述别人的话，所以什么都没有做。要执行请用自己的话说。';
      case 'off_topic':
        return '没能理解成我能做的事。我负责 AWS 资源（实例、数据库、函数、服务、负载均衡器），以及它们的告警、指标、日志、变更和费用。';
      case 'help':
        return '说出你想看或想做的事：“列出所有实例”“有哪些告警”“web-1 最近 3 小时的 CPU”“/aws/lambda/checkout 的错误日志”“最近一小时有什么变更”“这个月花了多少钱”“启动 batch-1”。任何变更都会先给你看。';
      case 'empty':
        return '没有可读的内容。';
    }
  },
  noneAbout: (call) => `（若执行则为 ${call}）`,
  refusal: (reason, action, most) => {
    switch (reason) {
      case 'sweep':
        return `已拒绝：这里不会一次性对全部资源执行 ${action}。请指明资源。`;
      case 'too_many':
        return `已拒绝：一次最多只能对 ${most} 个资源执行 ${action}。请减少数量；上限是配置中的 max_targets。`;
      case 'forbidden_action':
        return `已拒绝：无论是否批准，这里都不会执行 ${action}。没有这样的工具。`;
    }
  },
  question: (of) => {
    switch (of.code) {
      case 'ambiguous':
        return `“${of.mention}”指的是哪个${kind(of.kind)}？`;
      case 'unknown_resource':
        return [
          of.seen ? `没有找到“${of.mention}”。` : `在能列出的范围内没有“${of.mention}”。`,
          of.choices > 0 ? '是下面这些之一吗？' : '请给出准确的名称或 id。',
        ].join('');
      case 'close_match':
        return `没有完全叫“${of.mention}”的资源。是这个吗？`;
      case 'missing_target':
        return `哪个${kind(of.kind)}？（${of.tool}）`;
      case 'missing_value':
        return `${values[of.argument] ?? `${of.argument} 的值是多少？`}（${of.tool}）`;
      case 'wrong_kind':
        return `“${of.mention}”不是${kind(of.kind)}。你指的是什么？`;
      case 'conditional':
        return of.tool === ''
          ? '这句话带有条件。请直接说现在要做什么。'
          : `这句话带有条件。现在要执行 ${of.tool} 吗？`;
      case 'cause_later':
        return of.subject === null
          ? '自动查找原因的功能将在后续版本提供。现在想看什么？'
          : `自动查找原因的功能将在后续版本提供。现在想看 ${of.subject} 的什么？`;
      case 'unsure':
        return of.choices > 0
          ? '不确定你的意思。是下面这些之一吗？'
          : '不确定你的意思。请换个说法，并写上资源名称。';
    }
  },
  look: (of) => LOOKS[of],
  moreChoices: (count) => `还有 ${count} 个未列出：请直接说出名称。`,
  unlisted: (places) =>
    `未能列出全部：${places.map(({ what, where, why }) => `${where && `${where} 的 `}${what}（${answers.gapReason(why)}）`).join('、')}。它可能就在其中。`,
  failure: (code) => {
    switch (code) {
      case 'denied':
        return '访问被拒绝。';
      case 'no_credentials':
        return '没有 AWS 凭证。';
      case 'expired_credentials':
        return 'AWS 凭证已过期。';
      case 'read_only':
        return '已拒绝：本会话为只读。';
      case 'forbidden':
        return '已拒绝。';
      case 'unreachable':
        return '无法连接。';
      case 'outcome_unknown':
        return '结果未知。';
      case 'throttled':
        return '被 AWS 限流。';
      case 'invalid_state':
        return '当前状态下无法执行。';
      case 'invalid_arguments':
        return '参数不正确。';
      case 'not_found':
        return '没有找到。';
      default:
        return null;
    }
  },
  nothingChanged: () => '没有任何改动。',
  notServed: (call) => `已理解：${call}。此版本还没有这个工具。`,
  stepByStep: () => '这些步骤不能作为一个计划批准，将逐个询问。',
  stepsLeft: (count) => `其后的 ${count} 个步骤没有执行。`,
  approvalNeeded: (proposal, flags) =>
    `未执行：需要批准（提案 ${proposal}）。请在终端中运行，或用 ${flags} 批准此工具用于这一对象`,
  declined: () => '已拒绝，没有任何改动。',
  editing: () => '没有任何改动。可以重新编辑你的话。',
  lookingFirst: () => '先看看会影响到什么。',
  ranWithoutDialog: (call) => `${call}：因为是恢复容量且你写出了完整名称，所以未经询问直接执行。`,
  stateMoved: () => '提出之后状态已变化，请重新确认。',
  proposalExpired: () => '提案已过期，重新提出。',
  expiredUnanswered: () => '未答复即已过期，未执行任何操作。请重新提出。',
  cannotSign: (why) => `无法签名：${why}`,
  directoryUnseen: (why) => `无法查找名称：${why}`,
  busy: () => '上一件事仍在进行。',
  interrupted: () => '已中断。',
  waitingForChange: () => '变更请求已发出，无法撤回；正在等待结果。',
  recovered: (tool, at, finding) => `${at} 的 ${tool} 没有留下结果。${finding}`,
  flagged: (argument, value) => `${argument} = ${value} 只出现在外部文本中，不是你输入的`,
  internal: (why) => `内部出错：${why}`,
};
