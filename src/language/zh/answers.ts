import type { AnswerWords } from '../answer-words.ts';
import { awsHealth } from './answers/aws-health.ts';
import { costs } from './answers/costs.ts';
import { databases } from './answers/databases.ts';
import { functions } from './answers/functions.ts';
import { services } from './answers/services.ts';
import { tags } from './answers/tags.ts';

const STATES: Readonly<Record<string, string>> = {
  pending: '启动中',
  running: '运行中',
  'shutting-down': '正在终止',
  terminated: '已终止',
  stopping: '正在停止',
  stopped: '已停止',
};

export const answers: AnswerWords = {
  list: (items) => items.join('、'),
  more: (count) => `另有 ${count} 个`,
  state: (state) => STATES[state] ?? state,
  countedState: (count, state) => `${count} 个${/^[\x20-\x7e]/.test(state) ? ' ' : ''}${state}`,
  since: (when) => `自 ${when}`,
  yesterday: (time) => `昨天 ${time}`,
  zone: (timeZone) => `（时间：${timeZone}）`,
  instances: (total, states) => `共 ${total} 个实例：${states}。`,
  instancesFiltered: (total, filter, names) => `共 ${total} 个实例（${filter}）：${names}。`,
  noInstances: (filter) => (filter ? `没有符合条件的实例（${filter}）。` : '没有实例。'),
  notNarrowed: (words) => `无法按 ${words} 筛选：以下是完整列表。`,
  instance: ({ name, id, state, type, az }) => `${name}（${id}）${state}，${type}，${az}。`,
  checks: (system, instance) => `状态检查：系统 ${system}，实例 ${instance}。`,
  scheduled: (description, when) => `AWS 计划事件：${description}${when ? `（${when}）` : ''}。`,
  takenFor: (said, name) => `把“${said}”理解为 ${name}。`,
  console: (name, lines, last, when) =>
    `${name} 的控制台输出${when ? `（${when}）` : ''}：${lines} 行，最后一行：${last}`,
  noConsole: (name) => `${name} 还没有控制台输出。`,
  firing: (count, names) => `${count} 个告警正在触发：${names}。`,
  noneFiring: (total) => `没有正在触发的告警（共 ${total} 个）。`,
  alarmCounts: (counts) => `其余：${counts}。`,
  noAlarms: () => '没有告警。',
  alarmsIn: (state, count, names) => `处于 ${state} 的告警 ${count} 个${names ? `：${names}` : ''}。`,
  history: (alarm, count, last, when) => `${alarm}：${count} 条记录，最近 ${when}：${last}`,
  noHistory: (alarm) => `${alarm} 在该时段没有变化。`,
  metric: ({ resource, metric, statistic, average, max, maxAt, last, lastAt }) =>
    `${resource ? `${resource} ` : ''}${metric}${statistic === 'Average' ? '' : `（${statistic}）`}：平均 ${average}，最高 ${max}（${maxAt}），${lastAt ? `最后 ${last}（${lastAt}）` : `当前 ${last}`}。`,
  metricTotal: ({ resource, metric, total, max, maxAt }) =>
    `${resource ? `${resource} ` : ''}${metric}：合计 ${total}，单个周期最高 ${max}（${maxAt}）。`,
  noPoints: (resource, metric) => `该时段没有${resource ? ` ${resource} 的` : ''} ${metric} 数据。`,
  manySeries: (count, metric, highest, lowest) =>
    `${count} 个资源的 ${metric}：平均最高 ${highest}，最低 ${lowest}。`,
  changes: (count, from, until) => `${from} 至 ${until} 共有 ${count} 项变更。`,
  noChanges: (from, until) => `${from} 至 ${until} 没有变更。`,
  change: ({ who, event, resources, when, error }) =>
    `${when} ${who}：${event}${resources ? ` → ${resources}` : ''}${error ? `（失败：${error}）` : ''}。`,
  calledBy: (name, callers) => `调用 ${name} 的：${callers}。`,
  calls: (name, callees) => `${name} 调用：${callees}。`,
  memberOf: (name, groups) => `${name} 属于 ${groups}。`,
  noDependencies: (name) => `没有发现与 ${name} 相关的依赖。`,
  groups: (count) => `共 ${count} 个 Auto Scaling 组。`,
  group: ({ name, desired, running, min, max }) =>
    `${name}：期望 ${desired}，当前 ${running}（最小 ${min}，最大 ${max}）。`,
  noGroups: (filter) => (filter ? `没有符合条件的 Auto Scaling 组（${filter}）。` : '没有 Auto Scaling 组。'),
  logGroups: (count, stored, names) => `共 ${count} 个日志组（存储 ${stored}）：${names}。`,
  noLogGroups: (prefix) => (prefix ? `没有以 ${prefix} 开头的日志组。` : '没有日志组。'),
  logEvents: (count, wanted, { group, from, until }) =>
    `${group} 在 ${from} 至 ${until} 有 ${count} 条${wanted ? `包含“${wanted}”的` : ''}日志。`,
  noLogEvents: (wanted, { group, from, until }) =>
    `${group} 在 ${from} 至 ${until} 没有${wanted ? `包含“${wanted}”的` : ''}日志。`,
  logRows: (count, { group, from, until }) => `${group} 在 ${from} 至 ${until} 的查询结果共 ${count} 行。`,
  logSpan: (returned, first, last) =>
    `${returned === null ? '' : `最新 ${returned} 条中：`}最早 ${first}，最晚 ${last}。`,
  logPattern: (count, message) => `${count} 次：${message}`,
  did: (tool, name, after) => `${tool} ${name}：完成${after ? `，现在${after}` : ''}。`,
  changed: ({ name, before, after, result }) => {
    switch (result) {
      case 'done':
        return `${name}：${before} → ${after}。`;
      case 'in_progress':
        return `${name}：${before} → ${after}，仍在进行。`;
      case 'not_seen':
        return `${name}：已请求，但尚未看到变化（${after}）。`;
    }
  },
  costs,
  databases,
  functions,
  awsHealth,
  services,
  tags,
  gap: (what, why, place) => `未能看到 ${what}${place ? `（${place}）` : ''}：${why}。`,
  gapReason: (why) => {
    switch (why) {
      case 'denied':
        return '访问被拒绝';
      case 'expired':
        return '凭证已过期';
      case 'throttled':
        return '被 AWS 限流';
      case 'partial':
        return '数据不完整';
      case 'no_data':
        return '没有数据';
      case 'wrong_region':
        return '区域不对';
      case 'unreachable':
        return '无法连接';
      case 'not_simulated':
        return '未被模拟';
      case 'not_configured':
        return '未配置';
      case 'truncated':
        return '超出上限被截断';
    }
  },
};
