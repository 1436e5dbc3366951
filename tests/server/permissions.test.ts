import { expect, test } from 'vitest';
import { countRequestsInto, type RequestCount } from '../../mcp-server/cloud/request-count.ts';
import { CATALOGUE } from '../../mcp-server/contract/catalogue.ts';
import { actionsOf } from '../../mcp-server/contract/permissions.ts';
import { gravestRisk } from '../../mcp-server/contract/risk.ts';
import type { AnyTool } from '../../mcp-server/tools/tool.ts';
import { composedServer } from './in-process.ts';

/** An account with something for every tool. */
const EVERYTHING = `
account: "111122223333"
alias: shop
regions: [ap-northeast-2]
clock: 2026-11-20T09:00:00Z
ec2:
  - {id: i-0b47c0de00000001, name: web-1, type: t3.medium, state: running, az: ap-northeast-2a,
     volumes: [{id: vol-0123456789abcdef0, size_gb: 100, device: /dev/xvda}]}
  - {id: i-0b47c0de00000002, name: web-2, type: t3.medium, state: running, az: ap-northeast-2b, tags: {env: prod}}
  - {id: i-0b47c0de00000003, name: web-3, type: t3.medium, state: running, az: ap-northeast-2b, tags: {env: prod}}
  - {id: i-0b47c0de00000004, name: batch-1, type: c6i.xlarge, state: stopped, az: ap-northeast-2b}
rds:
  - {id: orders-db, engine: postgres, class: db.r6g.large, status: available, parameters: {max_connections: "200"},
     events: [{at: 2026-11-20T08:30:00Z, source: orders-db, message: Backup finished, categories: [backup]}]}
lambda:
  - {name: checkout, runtime: nodejs22.x, memory: 512, timeout: 30, version: 7}
ecs:
  - {cluster: shop, services: [{name: cart, desired: 3, running: 3, task_definition: "cart:12"}]}
asg:
  - {name: web-asg, min: 1, max: 4, desired: 2, instances: [web-1, web-2]}
elb:
  - {name: shop-alb, type: application, targets: [{id: web-1, health: healthy}]}
apis:
  - {name: shop-api, stage: prod}
dependencies:
  - {from: web-1, to: orders-db}
alarms:
  - {name: web-cpu-high, state: OK, namespace: AWS/EC2, metric: CPUUtilization,
     dimensions: {InstanceId: web-1}, comparison: ">", threshold: 80, period: 60, periods: 3}
metrics:
  - {namespace: AWS/EC2, name: CPUUtilization, dimensions: {InstanceId: web-1}, shape: {base: 40, noise: 0.1}}
logs:
  - {group: /aws/lambda/checkout, file: checkout.log}
costs: {file: costs.csv}
`;
const FILES = {
  'checkout.log': '2026-11-20T08:59:00Z ERROR timed out\n',
  'costs.csv': [
    'date,account,service,region,usage_type,amount',
    ...Array.from({ length: 62 }, (_, day) => {
      const date = new Date(Date.UTC(2026, 8, 20 + day)).toISOString().slice(0, 10);
      return `${date},111122223333,AmazonEC2,ap-northeast-2,BoxUsage,12.5`;
    }),
  ].join('\n'),
};

/** Calls of each tool that reach as far into it as can be: several where arguments lead to other requests. */
const CALLS: Readonly<Record<string, object[]>> = {
  list_instances: [{}],
  describe_instance: [{ instance: 'web-1' }],
  get_console_output: [{ instance: 'web-1' }],
  start_instances: [{ instances: ['batch-1'] }],
  stop_instances: [{ instances: ['web-1'] }],
  reboot_instances: [{ instances: ['web-1'] }],
  terminate_instances: [{ instances: ['web-3'] }],
  resize_instance: [{ instance: 'web-3', instance_type: 't3.large' }],
  grow_volume: [{ instance: 'web-1', size_gb: 200 }],
  list_alarms: [{}],
  get_alarm_history: [{ alarm: 'web-cpu-high' }],
  get_metric: [
    { resource: 'web-1', metric: 'CPUUtilization' },
    { resource: 'orders-db', metric: 'CPUUtilization' },
    { resource: 'shop-alb', metric: 'RequestCount' },
    { resource: 'cart', metric: 'CPUUtilization' },
    { resource: 'checkout', metric: 'Errors' },
    { resource: 'shop-api', metric: 'Latency' },
    { resource: 'web-1', metric: 'mem_used_percent' },
  ],
  get_metrics: [{ queries: [{ resource: 'web-1', metric: 'CPUUtilization' }] }],
  list_log_groups: [{}],
  query_logs: [{ log_group: '/aws/lambda/checkout', filter: 'error' }, { log_group: 'checkout' }],
  list_changes: [{}, { resource: 'web-1' }],
  get_dependencies: [{ resource: 'web-1' }, { resource: 'shop-alb' }, { resource: 'checkout' }],
  get_cost: [{ start: '2026-11-01', end: '2026-11-19', group_by: 'SERVICE' }],
  forecast_cost: [{ end: '2026-12-01' }],
  list_functions: [{}],
  restart_function: [{ function: 'checkout' }],
  update_function_configuration: [
    { function: 'checkout', memory_mb: 1024 },
    { function: 'checkout', reserved_concurrency: 10 },
  ],
  rollback_function: [{ function: 'checkout' }],
  list_apis: [{}],
  list_databases: [{}],
  list_database_events: [{ database: 'orders-db', last: '3h' }],
  get_database_load: [{ database: 'orders-db' }],
  reboot_database: [{ database: 'orders-db' }],
  modify_database: [{ database: 'orders-db', class: 'db.r6g.xlarge', storage_gb: 500 }],
  modify_database_parameter: [{ database: 'orders-db', parameter: 'max_connections', value: '300' }],
  list_auto_scaling_groups: [{}],
  set_desired_capacity: [
    { group: 'web-asg', desired: 3 },
    { group: 'web-asg', desired: 1 },
  ],
  list_services: [{}],
  restart_service: [{ service: 'cart' }],
  scale_service: [{ service: 'cart', desired: 5 }],
  rollback_service: [{ service: 'cart' }],
  list_load_balancers: [{}],
  get_target_health: [{ load_balancer: 'shop-alb' }],
  list_health_events: [{}],
  put_event: [{ detail_type: 'incident', severity: 'medium', detail: { what: 'a test' } }],
  find_untagged_resources: [{ required_tags: ['project'] }],
  tag_resources: [{ resources: ['web-1'], tags: { project: 'shop' } }],
};

/** How IAM writes the services whose API is called otherwise. */
const PREFIXES: Readonly<Record<string, string>> = {
  'Auto Scaling': 'autoscaling',
  'CloudWatch Logs': 'logs',
  'Elastic Load Balancing v2': 'elasticloadbalancing',
  'API Gateway': 'apigateway',
  ApiGatewayV2: 'apigateway',
  'Cost Explorer': 'ce',
  EventBridge: 'events',
  'Resource Groups Tagging API': 'tag',
};

function permissionFor(request: string): string {
  const [, service = '', action = ''] = /^(.+) (\S+)$/.exec(request) ?? [];
  const prefix = PREFIXES[service] ?? service.toLowerCase().replaceAll(' ', '');
  // API Gateway is allowed by HTTP method.
  return prefix === 'apigateway' ? `${prefix}:GET` : `${prefix}:${action}`;
}

test.each(Object.keys(CATALOGUE))(
  '%s asks AWS for nothing that its permissions do not name',
  async (name) => {
    const asked = new Set<string>();
    const recorded = async <T>(work: () => Promise<T>): Promise<T> => {
      const count: RequestCount = { requests: 0, retries: 0, actions: asked };
      return await countRequestsInto(count, work);
    };
    const tool = (of: AnyTool): AnyTool =>
      of.kind === 'read'
        ? { ...of, run: (...given) => recorded(() => of.run(...given)) }
        : {
            ...of,
            observe: (...given) => recorded(() => of.observe(...given)),
            attempt: (...given) => recorded(() => of.attempt(...given)),
            verify: (...given) => recorded(() => of.verify(...given)),
          };
    let minutes = 0;
    // Nothing that an earlier call looked up is remembered: each call asks for all it needs.
    const stopwatch = () => {
      minutes += 2;
      return minutes * 60_000;
    };
    const start = { account: EVERYTHING, files: FILES, args: ['--speed', '1000'] };
    const server = await composedServer(start, undefined, { tool }, stopwatch);
    const calls = CALLS[name] ?? [];
    expect(calls.length).toBeGreaterThan(0);
    for (const args of calls) {
      if (gravestRisk(name) === 'read') await server.call(name as 'list_instances', args);
      else await server.approved(name as 'stop_instances', args);
    }
    const used = [...asked].filter((request) => !request.startsWith('STS ')).map(permissionFor);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !actionsOf([name]).includes(action))).toEqual([]);
  },
);
