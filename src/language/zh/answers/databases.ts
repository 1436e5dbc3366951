import type { DatabaseWords } from '../../answer-words/databases.ts';

export const databases: DatabaseWords = {
  databases: (total, states) => `共 ${total} 个数据库：${states}。`,
  noDatabases: (filter) => (filter ? `没有符合条件的数据库（${filter}）。` : '没有数据库。'),
  notable: (name, status, notes) => `${name}：${status}${notes ? `（${notes}）` : ''}。`,
  parametersWait: () => '已修改的参数需重启后生效',
  pending: (what) => `等待维护时段生效：${what}`,
  events: (count, database, from, until) => `${from} 至 ${until}，${database} 有 ${count} 条事件。`,
  noEvents: (database, from, until) => `${from} 至 ${until}，${database} 没有事件。`,
  event: (when, source, message) => `${when}${source ? ` ${source}` : ''}：${message}`,
  load: ({ database, average, vcpus, max, maxAt, last }) =>
    `${database} 负载：平均活跃会话 ${average}${vcpus === null ? '' : `（${vcpus} 个 vCPU）`}，最高 ${max}（${maxAt}），当前 ${last}。`,
  noLoad: (database) => `未能读取 ${database} 的负载。`,
  insightsOff: (command) => `它未启用 Performance Insights，可在不重启的情况下启用：${command}`,
  waits: (parts) => `主要等待事件：${parts}。`,
  statement: ({ statement, load, share, waits }) =>
    `负载最高的 SQL（${load}${share ? `，占总负载 ${share}` : ''}${waits ? `；${waits}` : ''}）：${statement}`,
  from: (users, hosts) => `来源：${[users, hosts].filter(Boolean).join('；')}。`,
};
