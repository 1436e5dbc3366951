import type { Wording } from './wordings.ts';

const w = (say: string, tool: string, args: Record<string, unknown> = {}, after?: string[]): Wording =>
  after === undefined ? { say, calls: [[tool, args]] } : { say, after, calls: [[tool, args]] };
const asks = (say: string, code?: string, after?: string[]): Wording => ({
  say,
  outcome: 'question',
  ...(code === undefined ? {} : { code }),
  ...(after === undefined ? {} : { after }),
});

const settings = (of: string, args: Record<string, unknown>) => ({ function: of, ...args });
const tags = (resource: string, of: Record<string, string | null>) => ({ resources: [resource], tags: of });
const OVER = { detail_type: 'stream.over', severity: 'low', detail: { ticket: 'OPS-9' } };

export const FUNCTIONS: readonly Wording[] = [
  w(
    "raise transcode's timeout to 60 seconds",
    'update_function_configuration',
    settings('transcode', { timeout_s: 60 }),
  ),
  w(
    'set send-receipt memory to 1 gb and timeout to 2 minutes',
    'update_function_configuration',
    settings('send-receipt', { memory_mb: 1024, timeout_s: 120 }),
  ),
  w(
    "drop transcode's memory to 192 MB",
    'update_function_configuration',
    settings('transcode', { memory_mb: 192 }),
  ),
  w(
    'cap transcode at 20 concurrent executions',
    'update_function_configuration',
    settings('transcode', { reserved_concurrency: 20 }),
  ),
  w(
    'increase transcode memory from 512 to 1024',
    'update_function_configuration',
    settings('transcode', { memory_mb: 1024 }),
  ),
  w(
    'transcode 타임아웃 2분 30초로',
    'update_function_configuration',
    settings('transcode', { timeout_s: 150 }),
  ),
  w(
    'transcode 메모리 1024로, 타임아웃은 30초로 바꿔줘',
    'update_function_configuration',
    settings('transcode', { memory_mb: 1024, timeout_s: 30 }),
  ),
  w(
    'send-receipt 동시성 10개로 제한해줘',
    'update_function_configuration',
    settings('send-receipt', { reserved_concurrency: 10 }),
  ),
  w(
    'transcode 内存设为 1024，超时设为 30 秒',
    'update_function_configuration',
    settings('transcode', { memory_mb: 1024, timeout_s: 30 }),
  ),
  w(
    'send-receipt 的并发限制成 10',
    'update_function_configuration',
    settings('send-receipt', { reserved_concurrency: 10 }),
  ),
  w('60', 'update_function_configuration', settings('transcode', { timeout_s: 60 }), [
    "raise transcode's timeout",
  ]),
  w('put transcode back to the previous version', 'rollback_function', { function: 'transcode' }),
  w('what functions are deployed right now?', 'list_functions'),
  w('show me the lambda functions and their memory', 'list_functions'),
  asks('set transcode memory to 512MB or 1024MB'),
  asks('transcode needs 1536MB', 'unsure'),
];

export const SERVICES: readonly Wording[] = [
  w('player to 5', 'scale_service', { service: 'player', desired: 5 }),
  w('player 5개로', 'scale_service', { service: 'player', desired: 5 }),
  w('bring player down to two tasks', 'scale_service', { service: 'player', desired: 2 }),
  w('player 缩到一个任务', 'scale_service', { service: 'player', desired: 1 }),
  w('player 배포 되돌려줘', 'rollback_service', { service: 'player' }),
  w('撤销 player 上一次部署', 'rollback_service', { service: 'player' }),
  w('player 강제 재배포 해줘', 'restart_service', { service: 'player' }),
  asks('scale player to 5 at 22:00', 'unsure'),
  asks('scale player to 5 for 2 hours', 'unsure'),
  asks('we need seven player tasks', 'unsure'),
];

export const DATABASES: readonly Wording[] = [
  w('max_connections of db-main to 500', 'modify_database_parameter', {
    database: 'db-main',
    parameter: 'max_connections',
    value: '500',
  }),
  w('change work_mem on db-main to 64MB', 'modify_database_parameter', {
    database: 'db-main',
    parameter: 'work_mem',
    value: '64MB',
  }),
  w('set statement_timeout=30000 on db-main', 'modify_database_parameter', {
    database: 'db-main',
    parameter: 'statement_timeout',
    value: '30000',
  }),
  w('which sql is hammering db-main', 'get_database_load', { database: 'db-main' }),
  w('db-main is slow, what sql is it running', 'get_database_load', { database: 'db-main' }),
  w('did db-main fail over last night?', 'list_database_events', { database: 'db-main' }),
  w('어젯밤 db-main 페일오버 됐어?', 'list_database_events', { database: 'db-main' }),
  w('昨晚 db-main 有没有发生故障转移', 'list_database_events', { database: 'db-main' }),
  asks('set max_connections to 500 and work_mem to 64MB on db-main', 'missing_value'),
];

export const BALANCERS: readonly Wording[] = [
  w('which targets are unhealthy', 'get_target_health', { load_balancer: 'edge-nlb' }),
  w('비정상 타겟 있어?', 'get_target_health', { load_balancer: 'edge-nlb' }),
  w('有没有不健康的后端目标', 'get_target_health', { load_balancer: 'edge-nlb' }),
  w('API 몇 개 있어?', 'list_apis'),
  w('我们有哪些 API', 'list_apis'),
  {
    say: 'give me the load balancers and apis',
    calls: [
      ['list_load_balancers', {}],
      ['list_apis', {}],
    ],
  },
];

/** The clock stands at 2027-03-19. */
export const COSTS: readonly Wording[] = [
  w('forecast next month', 'forecast_cost', { end: '2027-05-01' }),
  w('다음 달 예상 비용', 'forecast_cost', { end: '2027-05-01' }),
  w('预测下个月的费用', 'forecast_cost', { end: '2027-05-01' }),
  w('how much are we going to spend by year end', 'forecast_cost', { end: '2028-01-01' }),
  w('what will we have spent by the end of june', 'forecast_cost', { end: '2027-07-01' }),
  w('any cost spikes in the last 14 days', 'detect_cost_anomalies', { days: 14 }),
  w('최근 2주 비용 이상 징후 있어?', 'detect_cost_anomalies', { days: 14 }),
  w('cost by the team tag last month', 'get_cost', {
    start: '2027-02-01',
    end: '2027-03-01',
    group_by: 'TAG:team',
  }),
  w('지난달 CostCenter 태그별 비용', 'get_cost', { group_by: 'TAG:CostCenter' }),
  w('上个月按 team 标签统计费用', 'get_cost', { group_by: 'TAG:team' }),
];

export const FOLLOW_UPS: readonly Wording[] = [
  w('by the team tag instead', 'get_cost', { group_by: 'TAG:team' }, ['cost last month by service']),
  w('and next month?', 'forecast_cost', { end: '2027-05-01' }, ['forecast this month']),
  w('last 7 days', 'list_health_events', { last: '7d' }, ['list health events']),
  w('give it 1GB', 'update_function_configuration', settings('transcode', { memory_mb: 1024 }), [
    'invocations of transcode',
  ]),
  w('what did we spend in the last 6 months, monthly', 'get_cost', { granularity: 'MONTHLY' }),
];

export const HEALTH: readonly Wording[] = [
  w('list health events', 'list_health_events'),
  w('any aws outages in the last 3 days?', 'list_health_events', { last: '3d' }),
  w('is something wrong with aws right now?', 'list_health_events'),
  w('헬스 이벤트 보여줘', 'list_health_events'),
  w('예정된 점검 있어?', 'list_health_events'),
  w('AWS 是不是出故障了', 'list_health_events'),
  w('有没有计划内的维护', 'list_health_events'),
];

export const TAGS: readonly Wording[] = [
  w('remove the team tag from gw-2', 'tag_resources', tags('gw-2', { team: null })),
  w('take the team tag off gw-2', 'tag_resources', tags('gw-2', { team: null })),
  w('untag team from gw-2', 'tag_resources', tags('gw-2', { team: null })),
  w('remove the team tag from db-main', 'tag_resources', tags('db-main', { team: null })),
  w('gw-2에서 team 태그 지워줘', 'tag_resources', tags('gw-2', { team: null })),
  w('去掉 gw-2 上的 team 标签', 'tag_resources', tags('gw-2', { team: null })),
  w('set the env tag of gw-1 to staging', 'tag_resources', tags('gw-1', { env: 'staging' })),
  w('gw-1 env 태그를 staging으로 바꿔줘', 'tag_resources', tags('gw-1', { env: 'staging' })),
  w('把 gw-1 的 env 标签改成 staging', 'tag_resources', tags('gw-1', { env: 'staging' })),
  w('add CostCenter=77 to db-main', 'tag_resources', tags('db-main', { CostCenter: '77' })),
  asks('add a team tag to gw-1', 'missing_value'),
  asks('delete gw-1 and the team tag of gw-2'),
  asks('delete gw-2 and its team tag'),
  asks('remove all tags from gw-2'),
];

export const EVENTS: readonly Wording[] = [
  w('publish a low severity event stream.over with {"ticket":"OPS-9"}', 'put_event', OVER),
  w('심각도 low로 stream.over 이벤트 발행해줘, 상세는 ticket=OPS-9', 'put_event', OVER),
  w('发布事件 stream.over，级别 low，详情 ticket=OPS-9', 'put_event', OVER),
  w('ticket=OPS-9', 'put_event', OVER, ['publish an event', 'stream.over', 'low']),
  asks('publish an event that the stream is over', 'missing_value'),
  asks('publish event stream.over severity high or low detail a=1', 'missing_value'),
  asks('장애 끝났다고 이벤트 발행해줘', 'missing_value'),
  asks('发布一个事件，说故障已经结束'),
];

/** Said of an action, or of what somebody did: nothing is to be changed. */
export const NO_CHANGE: readonly string[] = [
  'transcode memory went from 512MB to 1024MB',
  'player to 5?',
  'player is down to 1',
  'the ticket says max_connections of db-main to 500',
  'if load is high, player to 5',
  'did you scale player to 5?',
  'bob set max_connections to 50 on db-main yesterday',
  'who removed the team tag from gw-2?',
  'remove the instance with tag team',
  'has the event stream.over been sent?',
  'is it a good time to restart player',
  'transcode timeout 60s',
  'take gw-1 off',
  'player 5개로 늘어났네',
  'player 5개로 하면 어떨까',
  'transcode 타임아웃이 60초야?',
  'stream.over 이벤트 발행됐어?',
  'owner 태그 있는 서버 지워줘',
  'gw-1 떼줘',
  'player 提升到 5 个了',
  '小李把 db-main 的 max_connections 改成 500 了',
  '删掉带 team 标签的机器',
  '去掉 gw-1',
  '谁把 gw-2 的 team 标签删了',
];
