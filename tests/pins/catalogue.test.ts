import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LATER } from '../../mcp-server/contract/catalogue/later.ts';
import { CATALOGUE } from '../../mcp-server/contract/catalogue.ts';
import { GRAVEST_RISK, gravestRisk } from '../../mcp-server/contract/risk.ts';

/**
 * Names, argument names and risk are what planners, other MCP clients and people's scripts rely on.
 * A change here breaks them: it must be meant.
 */
const PINNED: Record<string, { risk: string; arguments: string[] }> = {
  list_instances: { risk: 'read', arguments: ['account', 'name', 'region', 'state', 'tags'] },
  describe_instance: { risk: 'read', arguments: ['account', 'instance', 'region'] },
  get_console_output: { risk: 'read', arguments: ['account', 'instance', 'region'] },
  start_instances: { risk: 'change', arguments: ['account', 'instances', 'region'] },
  stop_instances: { risk: 'destructive', arguments: ['account', 'instances', 'region'] },
  reboot_instances: { risk: 'destructive', arguments: ['account', 'instances', 'region'] },
  terminate_instances: { risk: 'destructive', arguments: ['account', 'instances', 'region'] },
  resize_instance: { risk: 'destructive', arguments: ['account', 'instance', 'instance_type', 'region'] },
  grow_volume: { risk: 'destructive', arguments: ['account', 'instance', 'region', 'size_gb', 'volume'] },
  list_alarms: { risk: 'read', arguments: ['account', 'region', 'state'] },
  get_alarm_history: { risk: 'read', arguments: ['account', 'alarm', 'end', 'last', 'region', 'start'] },
  get_metric: {
    risk: 'read',
    arguments: [
      'account',
      'dimensions',
      'end',
      'last',
      'metric',
      'namespace',
      'period',
      'region',
      'resource',
      'start',
      'statistic',
    ],
  },
  get_metrics: { risk: 'read', arguments: ['account', 'end', 'last', 'queries', 'region', 'start'] },
  list_log_groups: { risk: 'read', arguments: ['account', 'prefix', 'region'] },
  query_logs: {
    risk: 'read',
    arguments: ['account', 'end', 'filter', 'last', 'limit', 'log_group', 'query', 'region', 'start'],
  },
  list_changes: { risk: 'read', arguments: ['account', 'end', 'last', 'region', 'resource', 'start'] },
  get_dependencies: { risk: 'read', arguments: ['account', 'region', 'resource'] },
  get_cost: {
    risk: 'read',
    arguments: ['account', 'end', 'granularity', 'group_by', 'region', 'start'],
  },
  forecast_cost: { risk: 'read', arguments: ['account', 'end'] },
  list_health_events: { risk: 'read', arguments: ['account', 'end', 'last', 'region', 'start'] },
  put_event: { risk: 'change', arguments: ['account', 'detail', 'detail_type', 'region', 'severity'] },
  find_untagged_resources: { risk: 'read', arguments: ['account', 'region', 'required_tags'] },
  tag_resources: { risk: 'destructive', arguments: ['account', 'region', 'resources', 'tags'] },
  list_functions: { risk: 'read', arguments: ['account', 'region'] },
  restart_function: { risk: 'destructive', arguments: ['account', 'function', 'region'] },
  update_function_configuration: {
    risk: 'destructive',
    arguments: ['account', 'function', 'memory_mb', 'region', 'reserved_concurrency', 'timeout_s'],
  },
  rollback_function: { risk: 'destructive', arguments: ['account', 'function', 'region', 'version'] },
  list_apis: { risk: 'read', arguments: ['account', 'region'] },
  list_services: { risk: 'read', arguments: ['account', 'cluster', 'region'] },
  restart_service: { risk: 'destructive', arguments: ['account', 'cluster', 'region', 'service'] },
  scale_service: { risk: 'destructive', arguments: ['account', 'cluster', 'desired', 'region', 'service'] },
  rollback_service: { risk: 'destructive', arguments: ['account', 'cluster', 'region', 'service'] },
  list_load_balancers: { risk: 'read', arguments: ['account', 'region'] },
  get_target_health: { risk: 'read', arguments: ['account', 'load_balancer', 'region'] },
  list_databases: { risk: 'read', arguments: ['account', 'region'] },
  list_database_events: {
    risk: 'read',
    arguments: ['account', 'database', 'end', 'last', 'region', 'start'],
  },
  get_database_load: { risk: 'read', arguments: ['account', 'database', 'end', 'last', 'region', 'start'] },
  reboot_database: { risk: 'destructive', arguments: ['account', 'database', 'region'] },
  modify_database: {
    risk: 'destructive',
    arguments: ['account', 'class', 'database', 'region', 'storage_gb'],
  },
  modify_database_parameter: {
    risk: 'destructive',
    arguments: ['account', 'database', 'parameter', 'region', 'value'],
  },
  list_auto_scaling_groups: { risk: 'read', arguments: ['account', 'region'] },
  set_desired_capacity: { risk: 'destructive', arguments: ['account', 'desired', 'group', 'region'] },
};

describe('the tool catalogue', () => {
  test('offers these tools, with these arguments and this risk', () => {
    const offered = Object.fromEntries(
      Object.entries(CATALOGUE).map(([name, contract]) => [
        name,
        { risk: GRAVEST_RISK[name], arguments: Object.keys(contract.input.shape).sort() },
      ]),
    );
    expect(offered).toEqual(PINNED);
  });

  test.each(Object.keys(CATALOGUE))('%s takes no argument it does not know', (name) => {
    const { input } = CATALOGUE[name as keyof typeof CATALOGUE];
    const problems = input.safeParse({ dry_run: 'none' }).error?.issues ?? [];
    expect(problems.some((issue) => issue.code === 'unrecognized_keys')).toBe(true);
  });

  test.each(Object.keys(CATALOGUE))('%s says in JSON schema what it takes and returns', (name) => {
    const { input, output } = CATALOGUE[name as keyof typeof CATALOGUE];
    expect(z.toJSONSchema(input, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
    expect(z.toJSONSchema(output)).toMatchObject({ type: 'object', properties: { coverage: {}, call: {} } });
  });

  test('every tool of the catalogue that the terminal does not carry out itself is listed by the server', () => {
    const local = [
      'search_sops',
      'investigate',
      'list_incidents',
      'show_incident',
      'generate_recovery_script',
    ];
    const offered = [...Object.keys(CATALOGUE), ...LATER.map(({ contract }) => contract.name)];
    const expected = Object.keys(GRAVEST_RISK).filter(
      (name) => ![...local, 'design_infrastructure', 'set_monitoring'].includes(name),
    );
    expect(offered.toSorted()).toEqual(expected.toSorted());
  });

  test('a tool nobody knows is as grave as can be', () => {
    expect(gravestRisk('list_everything_and_delete')).toBe('destructive');
    expect(gravestRisk('constructor')).toBe('destructive');
  });
});
