/** Words that several intents are told by. */
export const ASKED = ['read:list', 'read:show', 'read:search', 'mark:which'] as const;
export const MEASURED = [
  'measure:cpu',
  'measure:memory',
  'measure:network_in',
  'measure:network_out',
  'measure:network',
  'measure:disk_read',
  'measure:disk_write',
  'measure:disk_used',
  'measure:status_check',
  'measure:connections',
  'measure:latency',
  'measure:errors',
  'measure:errors_5xx',
  'measure:errors_4xx',
  'measure:requests',
  'measure:invocations',
  'measure:duration',
  'measure:throttles',
  'measure:concurrency',
  'measure:free_storage',
  'measure:iops',
  'measure:replica_lag',
  'measure:cpu_credits',
  'measure:healthy_hosts',
  'measure:unhealthy_hosts',
] as const;
export const METERED = [
  'instance',
  'database',
  'function',
  'service',
  'cluster',
  'load_balancer',
  'api',
  'auto_scaling_group',
] as const;
export const CONFIGURED = ['managed_cluster', 'bucket'] as const;
export const FAULT = ['topic:symptom', 'topic:problem'] as const;
/** A time that something happened in, not what is there now. */
export const WHEN = [
  'mark:when',
  'mark:who',
  'mark:why',
  'time:last_span',
  'time:since',
  'time:today',
  'time:yesterday',
  'time:this_week',
  'time:last_week',
  'time:this_month',
  'time:last_month',
] as const;
/** What a function is given, as its list shows it. */
export const SETTINGS = ['measure:memory', 'topic:timeout', 'measure:concurrency'] as const;
export const DO_SOMETHING = ['topic:todo', 'mark:howto'] as const;
