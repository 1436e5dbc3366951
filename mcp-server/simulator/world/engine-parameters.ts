/** A parameter as an engine has it. `value`: the engine's own, where it has one. */
export type ParameterKind = {
  name: string;
  value?: string;
  apply: 'static' | 'dynamic';
  type: 'integer' | 'float' | 'boolean' | 'string' | 'list';
  allowed?: string;
  fixed?: true;
};

export const parameter = (
  name: string,
  apply: ParameterKind['apply'],
  type: ParameterKind['type'],
  allowed?: string,
  value?: string,
): ParameterKind => ({
  name,
  apply,
  type,
  ...(allowed && { allowed }),
  ...(value !== undefined && { value }),
});

/** Some of the parameters of each engine, with the values RDS allows. Source: DescribeEngineDefaultParameters. */
const POSTGRES: readonly ParameterKind[] = [
  parameter('autovacuum', 'dynamic', 'boolean', '0,1', '1'),
  parameter('checkpoint_timeout', 'dynamic', 'integer', '30-3600', '300'),
  parameter('deadlock_timeout', 'dynamic', 'integer', '1-2147483647', '1000'),
  parameter('effective_cache_size', 'dynamic', 'integer', '1-2147483647', '{DBInstanceClassMemory/16384}'),
  parameter('idle_in_transaction_session_timeout', 'dynamic', 'integer', '0-2147483647', '86400000'),
  parameter('lock_timeout', 'dynamic', 'integer', '0-2147483647'),
  parameter('log_min_duration_statement', 'dynamic', 'integer', '-1-2147483647'),
  parameter('log_statement', 'dynamic', 'string', 'none,ddl,mod,all'),
  parameter('maintenance_work_mem', 'dynamic', 'integer', '1024-2147483647'),
  parameter(
    'max_connections',
    'static',
    'integer',
    '6-8388607',
    'LEAST({DBInstanceClassMemory/9531392},5000)',
  ),
  parameter('max_wal_size', 'dynamic', 'integer', '128-201326592'),
  parameter('random_page_cost', 'dynamic', 'float', '0-1.79769e+308'),
  parameter('rds.force_ssl', 'dynamic', 'boolean', '0,1', '1'),
  { ...parameter('server_version', 'static', 'string'), fixed: true },
  parameter('shared_buffers', 'static', 'integer', '16-1073741823', '{DBInstanceClassMemory/32768}'),
  parameter(
    'shared_preload_libraries',
    'static',
    'list',
    'auto_explain,pg_cron,pg_hint_plan,pg_stat_statements,pgaudit',
    'pg_stat_statements',
  ),
  parameter('statement_timeout', 'dynamic', 'integer', '0-2147483647'),
  parameter('work_mem', 'dynamic', 'integer', '64-2147483647'),
];
const MYSQL: readonly ParameterKind[] = [
  parameter('binlog_format', 'dynamic', 'string', 'ROW,STATEMENT,MIXED', 'MIXED'),
  parameter('event_scheduler', 'dynamic', 'string', 'ON,OFF'),
  parameter(
    'innodb_buffer_pool_size',
    'static',
    'integer',
    '5242880-9223372036854775807',
    '{DBInstanceClassMemory*3/4}',
  ),
  parameter('innodb_lock_wait_timeout', 'dynamic', 'integer', '1-1073741824'),
  parameter('long_query_time', 'dynamic', 'float', '0-31536000'),
  parameter('max_allowed_packet', 'dynamic', 'integer', '1024-1073741824'),
  parameter('max_connections', 'dynamic', 'integer', '1-100000', '{DBInstanceClassMemory/12582880}'),
  parameter('performance_schema', 'static', 'boolean', '0,1'),
  parameter('slow_query_log', 'dynamic', 'boolean', '0,1'),
  { ...parameter('version', 'static', 'string'), fixed: true },
  parameter('wait_timeout', 'dynamic', 'integer', '1-31536000'),
];

/** The parameters of a family, as `postgres16` or `mysql8.0`. */
export function parametersOfFamily(family: string): readonly ParameterKind[] {
  return /postgres/.test(family) ? POSTGRES : MYSQL;
}
