import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallView } from '../../../src/domain/events.ts';
import { LANGUAGES, type Language } from '../../../src/domain/reading.ts';
import { viewContext } from '../../../src/terminal/frame.ts';
import { lineCells } from '../../../src/terminal/text/cells.ts';
import { lineText } from '../../../src/terminal/text/lines.ts';
import { callLines } from '../../../src/terminal/transcript/call-card.ts';
import { callView, cpu, DENIED, done, FACTS, instance, instances, NOW, SEEN } from '../samples.ts';

const context = (columns: number, language: Language = 'en') =>
  viewContext({
    language,
    size: { columns, rows: 24 },
    account: null,
    accountClock: null,
    timeZone: 'Asia/Seoul',
    now: NOW,
  });
const card = (view: CallView, columns = 120, language: Language = 'en') =>
  callLines(view, NOW, context(columns, language)).map(lineText).join('\n');
const at = new Date(NOW).toISOString();
const place = { region: 'ap-northeast-2', account: '111122223333' };
const rest = { coverage: SEEN, call: FACTS };

const LOGS = {
  log_group: '/aws/lambda/checkout',
  matched: 'close',
  query: 'fields @message',
  since: new Date(NOW - 3_600_000).toISOString(),
  until: at,
  events: [],
  columns: [],
  rows: [],
  patterns: [],
  first: null,
  last: null,
  statistics: { matched: 3, scanned: 1_200, scanned_bytes: 50_000, estimated_bytes: null },
};

const COST = {
  account: 'shop',
  region: null,
  currency: 'USD',
  start: '2026-11-01',
  end: '2026-11-21',
  granularity: 'DAILY',
  group_by: null,
  total: 1_000,
  estimated: true,
  before: { start: '2026-10-01', end: '2026-10-20', amount: 900, compared: 950 },
  groups: [],
  rest: null,
  periods: [1, 2, 3, 4].map((n) => ({
    start: `2026-11-0${n}`,
    end: `2026-11-0${n + 1}`,
    amount: n,
    estimated: true,
  })),
  requests: 1,
  price_usd: 0.01,
  as_of: at,
};

/** One result of each shape. */
const RESULTS: Record<string, CallView> = {
  instances: callView(
    'list_instances',
    {},
    done(instances([instance('web-1'), instance('결제-서버')], DENIED)),
  ),
  instance: callView(
    'describe_instance',
    { instance: 'web1' },
    done({
      instance: {
        ...instance('web-1'),
        arn: 'arn:aws:ec2:ap-northeast-2:111122223333:instance/i-1',
        security_groups: ['sg-1'],
        checks: { system: 'ok', instance: 'impaired' },
        volumes: [{ id: 'vol-1', device: '/dev/xvda', size_gb: 30 }],
        scheduled_events: [{ code: 'instance-reboot', description: 'reboot', not_before: at }],
      },
      matched: 'close',
      ...rest,
    }),
  ),
  console: callView(
    'get_console_output',
    { instance: 'web-1' },
    done({ instance: 'i-1', name: 'web-1', at, output: 'boot\nOut of memory\u001b[31m\n', ...rest }),
  ),
  logGroups: callView(
    'list_log_groups',
    {},
    done({
      groups: [
        { name: '/aws/lambda/checkout', stored_bytes: 1_520, retention_days: 14, ...place },
        { name: '/app/웹', retention_days: null, ...place, region: 'us-east-1' },
      ],
      ...rest,
    }),
  ),
  logs: callView(
    'query_logs',
    { log_group: 'checkout' },
    done({
      ...LOGS,
      events: [3, 2, 1].map((n) => ({
        at,
        message: `ERROR order ${n}\n\tat\u001b[2Jpay`,
        stream: `s${n}`,
        ...place,
      })),
      patterns: [{ count: 3, message: 'ERROR order 3' }],
      ...rest,
    }),
  ),
  logRows: callView(
    'query_logs',
    { log_group: 'checkout', query: 'stats count(*) by host' },
    done({
      ...LOGS,
      columns: ['host', 'count(*)'],
      rows: [{ host: 'a', 'count(*)': '7' }, { 'count(*)': '2' }],
      ...rest,
    }),
  ),
  costs: callView(
    'get_cost',
    {},
    done({
      ...COST,
      group_by: 'TAG:team',
      groups: [
        { key: 'AmazonEC2 결제', amount: 800, share: 0.8, before: 700 },
        { key: '', amount: 150, share: 0.15, before: 0 },
      ],
      rest: { count: 7, amount: 50 },
      ...rest,
    }),
  ),
  rememberedCosts: callView('get_cost', {}, done({ ...COST, requests: 0, price_usd: 0, ...rest })),
  forecast: callView(
    'forecast_cost',
    {},
    done({
      account: 'shop',
      currency: 'USD',
      start: '2026-11-20',
      end: '2027-01-01',
      spent: { start: '2026-11-01', end: '2026-11-20', amount: 100 },
      forecast: 60,
      total: 160,
      level: 80,
      low: null,
      high: null,
      periods: [
        { start: '2026-11-20', end: '2026-12-01', mean: 20, low: 18, high: 22 },
        { start: '2026-12-01', end: '2027-01-01', mean: 40, low: 35, high: 45 },
      ],
      requests: 2,
      price_usd: 0.02,
      as_of: at,
      ...rest,
    }),
  ),
  health: callView(
    'list_health_events',
    {},
    done({
      events: [
        {
          arn: 'a',
          service: 'EC2',
          code: 'AWS_EC2_OPERATIONAL_ISSUE',
          category: 'issue',
          status: 'open',
          region: 'us-east-1',
          az: 'us-east-1a',
          started: at,
          description: 'Increased error rates\nsince noon \u001b[2J',
          affected: [{ id: 'i-1' }],
          account: 'shop',
        },
      ],
      counts: { open: 1 },
      since: at,
      until: at,
      ...rest,
    }),
  ),
  untagged: callView(
    'find_untagged_resources',
    { required_tags: ['owner'] },
    done({
      required_tags: ['owner'],
      resources: [
        {
          kind: 'auto_scaling_group',
          id: 'web',
          name: 'web',
          tags: { a: 'b' },
          missing: ['owner'],
          ...place,
        },
      ],
      checked: 3,
      counts: { auto_scaling_group: 1 },
      ...rest,
    }),
  ),
  noLogs: callView('query_logs', { log_group: 'checkout' }, done({ ...LOGS, ...rest })),
  alarms: callView(
    'list_alarms',
    {},
    done({
      alarms: [
        {
          name: 'web-cpu-high',
          state: 'ALARM',
          since: at,
          reason: 'Threshold crossed',
          dimensions: {},
          metric: 'CPUUtilization',
          comparison: '>',
          threshold: 80,
          period: 300,
          periods: 2,
          ...place,
        },
      ],
      counts: { ALARM: 1 },
      ...rest,
    }),
  ),
  history: callView(
    'get_alarm_history',
    { alarm: 'web-cpu-high' },
    done({
      alarm: 'web-cpu-high',
      matched: 'exact',
      events: [{ at, kind: 'StateUpdate', from: 'OK', to: 'ALARM', summary: 'crossed' }],
      ...rest,
    }),
  ),
  metric: callView(
    'get_metric',
    { resource: 'web-1', metric: 'CPUUtilization', last: '3h' },
    done({ series: [cpu('web-1', [10, 20, null, 93, 40])], ...rest }),
  ),
  metrics: callView(
    'get_metrics',
    {},
    done({ series: Array.from({ length: 6 }, (_, index) => cpu(`web-${index}`, [index, 50])), ...rest }),
  ),
  changes: callView(
    'list_changes',
    {},
    done({
      changes: [
        {
          at,
          who: 'arn:aws:iam::111122223333:user/minsu',
          event: 'StopInstances',
          resources: ['i-1'],
          error: 'AccessDenied',
          ...place,
        },
      ],
      since: new Date(NOW - 3_600_000).toISOString(),
      until: at,
      ...rest,
    }),
  ),
  dependencies: callView(
    'get_dependencies',
    { resource: 'api-1' },
    done({
      resource: { id: 'i-1', name: 'api-1', kind: 'instance' },
      matched: 'exact',
      called_by: [{ id: 'i-2', name: 'web-1', kind: 'instance', via: 'traces' }],
      calls: [],
      member_of: [{ id: 'tg', name: 'api', kind: 'target group', via: 'targets' }],
      ...rest,
    }),
  ),
  groups: callView(
    'list_auto_scaling_groups',
    {},
    done({
      groups: [
        {
          name: 'web-asg',
          min: 1,
          max: 4,
          desired: 2,
          instances: [{ id: 'i-1', state: 'InService', health: 'Healthy' }],
          ...place,
        },
      ],
      ...rest,
    }),
  ),
  changed: callView(
    'stop_instances',
    { instances: ['web-2'] },
    done({
      changes: [
        {
          id: 'i-2',
          name: 'web-2',
          before: { state: 'running' },
          after: { state: 'stopping' },
          result: 'in_progress',
        },
      ],
      grant: 'K7M2QX4T',
      audit: { intent: 4, outcome: 5 },
      ...rest,
    }),
  ),
};

describe('a call card', () => {
  it('shows tool, arguments, time taken, rows, CLI line and AWS calls', () => {
    const text = card(callView('list_instances', { state: 'running' }, done(instances([instance('web-1')]))));
    expect(text).toMatch(/✓ list_instances state=running 0\.21 s/);
    expect(text).toMatch(/web-1 +running +t3\.large +ap-northeast-2a/);
    expect(text).toContain('$ aws ec2 describe-instances --region ap-northeast-2');
    expect(text).toContain('2 AWS calls');
  });

  it('says what could not be seen and why, in each language', () => {
    for (const [language, said] of [
      ['en', 'Not seen: instances (us-east-1): access denied.'],
      ['ko', '확인하지 못함: instances (us-east-1): 권한 없음.'],
      ['zh', '未能查看: instances (us-east-1): 无权限.'],
    ] as const) {
      const text = card(RESULTS.instances!, 200, language);
      expect(text).toContain(said);
      expect(text).toContain('Add it to the role.');
    }
  });

  it('counts the CLI lines that would push off the screen what was found; the first is always there', () => {
    const command = `aws pi describe-dimension-keys ${'--group-by db.user '.repeat(8)}`;
    const cli = Array.from({ length: 5 }, (_, index) => `${command}--start ${index}`);
    const of = (columns: number) =>
      card(
        callView('list_instances', {}, done({ ...instances([instance('a')]), call: { ...FACTS, cli } })),
        columns,
      );
    expect(of(80)).toContain('--start 1');
    expect(of(80)).not.toContain('--start 2');
    expect(of(80)).toContain('+3 more');
    expect(of(20)).toContain('+4 more');
    expect(of(400)).toContain('--start 4');
  });

  it('tells retries and the console page when there are any', () => {
    const call = { ...FACTS, retries: 3, console: 'https://console.aws.amazon.com/ec2' };
    const text = card(callView('list_instances', {}, done({ ...instances([instance('a')]), call })));
    expect(text).toContain('3 retries');
    expect(text).toContain('console: https://console.aws.amazon.com/ec2');
  });

  it.each([
    ['alarms', /web-cpu-high +ALARM +14:30 +CPUUtilization > 80 \(2 × 5 min\)/],
    ['history', /14:30 +OK → ALARM/],
    ['metric', /100 % ┤ +▄+/],
    ['metric', /└─+╌+─+\n +14:05 .* 14:30/],
    ['metric', /min 10 % +avg 41 % +max 93 % \(14:20\) +last 40 %/],
    ['metric', /14:05 – 14:30 UTC\+9 · every 5 min/],
    ['metrics', /web-5 .*50 %/],
    ['changes', /14:30 +StopInstances +i-1 +user\/minsu +AccessDenied/],
    ['dependencies', /← called by +web-1 +instance +traces/],
    ['groups', /web-asg +2 +1\/1 +1–4/],
    ['changed', /web-2 +running → stopping +in progress/],
    ['instance', /system ok · instance impaired/],
    ['instance', /Closest match/],
    ['logGroups', /\/aws\/lambda\/checkout +1\.52 kB +14 days/],
    ['logGroups', /\/app\/웹 +for good +us-east-1/],
    ['logs', /13:30 – 14:30 UTC\+9 · 1,200 events scanned, 50 kB/],
    ['logs', / 3 +ERROR order 3/],
    ['logs', /14:30:\d\d +ERROR order 1 at\\u\{1b\}\[2Jpay +s1/],
    ['logRows', /host +count\(\*\)\n *a +7/],
    ['costs', /total +\$1,000\.00 · 2026-11-01 – 2026-11-20 · estimated/],
    ['costs', /price of asking +\$0\.01/],
    ['costs', /AmazonEC2 결제 +\$800\.00 .*80 % +\$700\.00/],
    ['costs', /\(no tag\) +\$150\.00/],
    ['costs', /7 others +\$50\.00/],
    ['rememberedCosts', /price of asking +\$0\.00 \(remembered, 14:30\)/],
    ['forecast', /spent so far +\$100\.00 · 2026-11-01 – 2026-11-19/],
    ['forecast', /2026-12-01 – 2026-12-31 +\$40\.00 +\$35\.00 – \$45\.00/],
    ['health', /EC2 +open +us-east-1a .*Increased error rates since noon \\u\{1b\}\[2J/],
    ['untagged', /web +auto scaling group +owner +a=b/],
    ['noLogs', /Nothing found/],
    ['console', /Out of memory\\u\{1b\}\[31m/],
  ])('draws %s', (name, expected) => {
    expect(card(RESULTS[name]!)).toMatch(expected);
  });

  it('falls back to the text of a result whose shape it does not know', () => {
    expect(card(callView('search_sops', {}, done({ hits: 3 }, 'three runbooks')))).toContain(
      'three runbooks',
    );
    expect(card(callView('list_instances', {}, done({ odd: true }, 'said plainly')))).toContain(
      'said plainly',
    );
  });

  it('warns when a failed change may have changed something, and only then', () => {
    const failed = (nothing_changed: boolean): CallView => {
      const view = callView(
        'stop_instances',
        { instances: ['web-1'] },
        {
          status: 'failed',
          elapsedMs: 5,
          failure: { code: 'outcome_unknown', message: 'no answer', nothing_changed },
        },
      );
      return { ...view, call: { ...view.call, risk: 'destructive' } };
    };
    expect(card(failed(false))).toContain('Something may have changed.');
    expect(card(failed(true))).not.toContain('not certain');
  });

  it('neutralises names that would turn or steer the text', () => {
    const text = card(callView('list_instances', {}, done(instances([instance('web\u202e1-bew\u001b[2J')]))));
    expect(text).toContain(String.raw`web\u{202e}1-bew\u{1b}[2J`);
    expect(text).not.toMatch(/[\u202e\u001b]/);
  });

  it.each(Object.keys(RESULTS))('fits %s into every width, in every language', (name) => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 160 }), fc.constantFrom(...LANGUAGES), (columns, language) => {
        for (const line of callLines(RESULTS[name]!, NOW, context(columns, language))) {
          expect(lineCells(line)).toBeLessThanOrEqual(columns);
        }
      }),
      { numRuns: 40 },
    );
  });
});
