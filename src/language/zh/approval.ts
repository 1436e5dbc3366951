import type { ApprovalWords, TimeSpan } from '../../domain/approval-words.ts';

const UNITS: Readonly<Record<TimeSpan['unit'], string>> = {
  second: '秒',
  minute: '分钟',
  hour: '小时',
  day: '天',
};

const inUnits = ({ count, unit }: TimeSpan) => `${count} ${UNITS[unit]}`;

export const approvalWords: ApprovalWords = {
  label: {
    call: '变更',
    plan: '计划',
    step: '步骤',
    target: '目标',
    becomes: '变为',
    takesAway: '随之失去',
    affected: '同时受影响',
    notSeen: '未能查看',
    undo: '撤销方法',
    as: '执行身份',
    where: '位置',
    expires: '剩余时间',
    cli: 'AWS CLI',
    flagged: '请核对',
    standing: '长期授权',
    rate: '最多',
    until: '截止',
    open: '可为任意值的参数',
    reason: '原因',
  },
  standing: {
    heading: (id) => `${id} · 批准即为今后签名：此调用以后会不经询问反复执行`,
    rate: (count, per) => `每 ${per} ${count} 次`,
    nothingOpen: '无：所有参数必须与所示完全一致',
    noTerminal: '长期授权只能在显示其条款的终端中签署：--approve 对它不算数。',
  },
  risk: { change: '变更', destructive: '破坏性变更', irreversible: '破坏性变更，无法撤销' },
  steps: (count) => `共 ${count} 步`,
  noneAffected: '未发现其他受影响的资源',
  takesAway: (count, kind, among) => `最多 ${count} 个 ${kind}${among ? `，出自 ${among}` : ''}`,
  feltAs: {
    calls_it: '调用它',
    balancer_sends_to_it: '会把请求转发给它',
    balancer_without_healthy: '会把请求转发给它，而且没有其他健康的目标可以接收请求',
    group_takes_it_back: '是它所在的组，会让它重新提供服务',
    group_replaces_it: '是它所在的组，会判定它不健康并替换它',
    group_may_replace_it: '是它所在的组，停止期间会判定它不健康，可能替换它',
    group_may_find_it_unhealthy: '是它所在的组，期间可能判定它不健康',
    group_starts_another: '是它所在的组，会启动另一台代替它',
    may_be_terminated: '可能是该组要终止的实例之一',
    replica_falls_behind: '是它的只读副本，期间复制会落后',
    shares_its_cluster: '在同一集群中，可能接管或随之重启',
    shares_parameter_group: '使用同一参数组，会随之改变',
    standby_does_not_take_over: '不会接管：这是不带故障转移的重启',
  },
  noUndo: {
    nothing_to_take_back: '没有可撤销的内容；内存中的内容会丢失',
    published: '已发布的事件无法收回',
    values_differ: '无法一次撤销：当前的标签值各不相同（见上），请逐个设置',
    split_not_restored: '无法撤销：没有工具能让别名重新在版本间分流',
    gone_for_good: '无：已终止的实例及随之删除的卷无法恢复',
    deploy_again: '没有工具能再切回去；新版本需要重新部署',
    cannot_shrink: '无：卷不能再缩小；其文件系统仍需在实例内部扩展',
    connections_are_cut: '没有可撤销的内容：数据库会中断约一分钟，所有连接都会断开',
    storage_cannot_shrink: '无：数据库存储不能缩小，且每六小时只能修改一次',
    was_engine_default: '此工具无法撤销：该参数原本没有自定义值，需在参数组中重置',
  },
  undoNote: {
    other_public_address: '不是弹性 IP 的公网地址会改变',
    interrupts_again: '会再停止并启动一次',
    new_instances: '会启动新的实例；已终止的不会恢复',
    restarts_database_again: '会再次重启数据库',
    needs_reboot: '下次重启后才生效',
  },
  gap: {
    denied: '拒绝访问',
    expired: '凭证已过期',
    throttled: '请求被限流',
    partial: '仅部分可见',
    no_data: '没有数据',
    wrong_region: '区域不符',
    unreachable: '无法连接',
    not_simulated: '未模拟',
    not_configured: '未配置',
    truncated: '结果被截断',
  },
  unchanged: '中断后恢复到现在的状态',
  simulated: (file) => `模拟账户 ${file}`,
  endpoint: (url) => `AWS（${url}）`,
  keys: {
    all: 'y 批准 · n 拒绝 · e 修改 · w 原因 · Esc 拒绝',
    without_edit: 'y 批准 · n 拒绝 · w 原因 · Esc 拒绝',
    yes_no: 'y 批准 · n 拒绝 · Esc 拒绝',
  },
  namingKeys: {
    all: 'Enter 确认名称 · 输入 n、e 或 w 再按 Enter：拒绝、修改、原因 · Esc 拒绝',
    without_edit: 'Enter 确认名称 · 输入 n 或 w 再按 Enter：拒绝、原因 · Esc 拒绝',
    yes_no: 'Enter 确认名称 · 输入 n 再按 Enter：拒绝 · Esc 拒绝',
  },
  typeName: (name) => `此操作无法撤销。如要批准，请输入名称：${name}`,
  wrongName: '名称不符，未批准任何操作。',
  passphrase: '批准密钥的口令',
  passphraseKeys: 'Enter 签名 · Esc 拒绝',
  pasteIgnored: '粘贴的文字不算数，请手动输入。',
  enterIgnored: 'Enter 不代表同意：按 y 批准，按 n 拒绝。',
  enterAlone: '请单独按 Enter 确认名称。',
  wait: '按键过早，不算数。请再按一次。',
  unseen: '请先读到最后：按 ↓ 查看更多。',
  checking: '正在核对口令…',
  span: inUnits,
  approved: '已批准。',
  declined: '已拒绝，未批准任何操作。',
  expired: '未答复即已过期，未批准任何操作。请重新提出变更。',
  noTerminal: "没有可以询问的终端。请在终端中运行，或准确写明两者：--approve 'tool:resource'",
  key: (problem) => {
    switch (problem.code) {
      case 'exposed':
        return `其他用户可以访问 ${problem.path}（权限 ${problem.mode}），因此不使用它。请运行：${problem.fix}`;
      case 'foreign':
        return `${problem.path} 属于其他用户，因此不使用它。`;
      case 'not_a_key':
        return `${problem.path} 不是 Ed25519 私钥（PKCS #8，PEM）。将它移走后，下次批准时会生成新密钥。`;
      case 'unusable':
        return `无法使用批准密钥 ${problem.path}：${problem.why}`;
      case 'passphrase_needed':
        return '批准密钥设有口令。';
      case 'passphrase_wrong':
        return '批准密钥的口令不正确。';
    }
  },
  signing: (problem) => {
    switch (problem.code) {
      case 'digest':
        return `提案 ${problem.proposal} 的内容与摘要不符：它在传递途中被改动，未签名。`;
      case 'ended':
        return `提案 ${problem.proposal} 已于 ${problem.at} 失效，请重新提出变更。`;
      case 'standing_destructive':
        return `${problem.tool} 在这里是破坏性变更：每次都需要人工批准，不签发长期授权。`;
      case 'standing_targets':
        return `长期授权只能针对一个资源，而不是 ${problem.count} 个。`;
      case 'standing_free_text':
        return `${problem.argument} 不是长期授权中可以留空的参数。`;
    }
  },
};
