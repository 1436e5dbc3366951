import type { SessionWords } from '../session-words.ts';

export const sessions: SessionWords = {
  place: {
    region: (region) => `之后未指明区域的调用只查看 ${region}。/region all 查看所有区域。`,
    everywhere: '之后未指明区域的调用会查看该账户的所有区域。',
    noRegion: (asked, known) =>
      `该账户没有区域“${asked}”。${known ? `它有 ${known}。` : '区域的写法如 ap-northeast-2。'}`,
    account: (name) => `当前账户已切换为 ${name}。`,
    noAccount: (asked, known) =>
      `本会话中没有账户“${asked}”。${known ? `现有：${known}。` : ''}其他账户：aiops --account <名称或文件>`,
  },
  model: {
    isBuiltIn: '由内置规划器理解您的话，不需要模型。语言模型（Ollama、OpenAI 兼容端点）将在后续版本提供。',
    noOther: (name) => `没有模型“${name}”：此版本只有内置规划器，语言模型将在后续版本提供。`,
  },
  copy: {
    sent: (characters) =>
      `已将 ${characters} 个字符送往终端剪贴板（OSC 52）。不支持的终端不会有任何反应，此时请用 /export。`,
    inTmux: '在 tmux 中需要设置：set -g set-clipboard on',
    tooLong: (most) => `内容太长，放不进终端剪贴板（最多 ${most} 字节）。请用 /export 写入文件。`,
  },
  export: {
    written: (file) => `已写入 ${file}`,
    exists: (file) => `${file} 已存在，没有覆盖。请另指定文件：/export md <文件>`,
    failed: (file, why) => `无法写入 ${file}：${why}`,
    nothing: '还没有任何对话，没有可导出的内容。',
  },
  audit: {
    none: '审计日志还没有记录。',
    failed: (why) => `无法读取审计日志：${why}`,
  },
  editor: {
    none: '没有找到编辑器。请设置 VISUAL 或 EDITOR。',
    failed: (command, why) => `编辑器（${command}）运行失败：${why} 输入内容保持不变。`,
  },
  problem: ({ code, file, detail }) => {
    switch (code) {
      case 'newer':
        return `${file} 由更新版本的 aiops 写成（${detail}）。请使用该版本，或用 XDG_STATE_HOME 指定其他目录。`;
      case 'damaged':
        return `${file} 已损坏（${detail}）。文件保持原样：请将其移走，或恢复备份。`;
      case 'unwritable':
        return `${file} 无法写入（${detail}）。请为自己加上该文件和目录的写权限，或设置 XDG_STATE_HOME。`;
      case 'full':
        return `${file} 无法增长：磁盘已满（${detail}）。请释放一些空间。`;
      case 'busy':
        return `${file} 正被另一个进程占用（${detail}）。`;
      case 'exposed':
        return `其他用户可以写入 ${file} 所在目录（${detail}）。请对该目录执行 chmod 700。`;
      case 'foreign':
        return `${file} 所在目录属于其他用户（${detail}）。请将 XDG_STATE_HOME 设为自己的目录。`;
      case 'unusable':
        return `${file} 无法使用（${detail}）。请检查磁盘。`;
    }
  },
  notKept: '本会话没有被保存。',
  keptAgain: '本会话已恢复保存，没有丢失内容。',
  inputsForgotten: '您的输入不会保存到以后的会话。',
  list: {
    none: '还没有保存的会话。',
    how: '/resume <序号或 id> 继续某个会话 · aiops sessions export <id>',
    here: '当前会话',
    open: '已打开',
    newer: '更新版本',
    turns: (count) => `${count} 轮`,
  },
  resume: {
    resumed: (title, when) => `继续会话“${title}”（${when}）。`,
    earlier: (count, command) => `更早的 ${count} 轮没有显示：${command}`,
    unread: (count) => `记录中有 ${count} 行无法读取，已略去。`,
    none: (account) => `${account} 没有可继续的会话（在其他终端中打开的不算：/sessions）。这是新会话。`,
    notFound: (id) => `没有会话“${id}”。/sessions 可列出会话。`,
    several: (ids) => `有多个会话以此开头：${ids}。`,
    otherAccount: (account, command) =>
      `该会话属于另一个账户 ${account}，因此没有继续。请在该账户中继续：${command}`,
    movedAccount: (then, now) =>
      `该会话属于 ${then}，而现在是 ${now}：内容照常显示，但后续对话不会以其为依据。`,
    newer: (id) => `会话 ${id} 由更新版本的 aiops 写成。请用该版本继续。`,
    whileRunning: '请等待回答结束，或按 Esc 停止，再继续其他会话。',
    already: '这就是当前会话。',
    openElsewhere: (process) => `它仍在另一个终端中打开（进程 ${process}）：这里的对话会另存为一个会话。`,
    interrupted: '会话在回答途中结束了。',
    proposalOver: '它是向已结束的会话提出的，不能再批准。重新提出请求即可再次提交。',
  },
};
