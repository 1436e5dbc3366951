import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { proposal } from '../../mcp-server/contract/proposal.ts';
import { META, METHODS } from '../../mcp-server/contract/wire.ts';
import { composedServer } from './in-process.ts';
import { grantFor } from './running-server.ts';

const account = (more = '') => `
account: "111122223333"
alias: shop
regions: [ap-northeast-2]
clock: 2026-11-20T09:00:00Z
protected: [billing]
lambda:
  - {name: checkout, runtime: nodejs22.x, memory: 512, timeout: 30, version: "42", description: Takes orders,
     environment: {DB_HOST: orders-db, API_KEY: secret}}
  - {name: resize-image, runtime: python3.13, memory: 1024, timeout: 60}
  - {name: notify, memory: 256, timeout: 10, reserved_concurrency: 20, version: "9", aliases: {prod: "9", beta: "8"}}
  - {name: search, runtime: nodejs22.x, version: "5", aliases: {live: {version: "4", split: {"5": 0.1}}}}
  - {name: first, runtime: nodejs22.x, version: "1"}
  - {name: billing, runtime: nodejs22.x}
apis:
  - {name: shop-api, stage: prod}
  - {name: events, type: WEBSOCKET, stage: live}
  - {name: orders-http, type: HTTP, id: h0a1b2c3d4}
dependencies:
  - {from: shop-api, to: checkout}
  - {from: checkout, to: resize-image}
metrics:
  - {namespace: AWS/Lambda, name: Errors, dimensions: {FunctionName: checkout}, unit: Count, shape: {base: 4}}
  - {namespace: AWS/ApiGateway, name: 5XXError, dimensions: {ApiName: shop-api}, unit: Count, shape: {base: 3}}
  - {namespace: AWS/ApiGateway, name: Latency, dimensions: {ApiName: shop-api}, unit: Milliseconds, shape: {base: 80}}
  - {namespace: AWS/ApiGateway, name: 5xx, dimensions: {ApiId: h0a1b2c3d4}, unit: Count, shape: {base: 2}}
${more}
`;
const shop = (more?: string) => composedServer({ account: account(more), args: ['--speed', '400'] });
type Shop = Awaited<ReturnType<typeof shop>>;

/** What CloudTrail has of what was done to a function, oldest first. */
async function doneTo(server: Shop, name: string): Promise<string[]> {
  const { output } = await server.call('list_changes', { resource: name, last: '1h' });
  return output.changes.map((change) => change.event).reverse();
}

describe('list_functions and list_apis', () => {
  test('functions with their size, state and what is reserved', async () => {
    const server = await shop();
    const { output, text } = await server.call('list_functions');
    expect(output.functions.map((row) => row.name)).toEqual([
      'billing',
      'checkout',
      'first',
      'notify',
      'resize-image',
      'search',
    ]);
    expect(output.functions.find((row) => row.name === 'notify')).toMatchObject({
      package_type: 'Image',
      memory_mb: 256,
      timeout_s: 10,
      state: 'Active',
      last_update: 'Successful',
      reserved_concurrency: 20,
      region: 'ap-northeast-2',
    });
    expect(output.functions[1]).toMatchObject({ runtime: 'nodejs22.x', reserved_concurrency: null });
    expect(JSON.stringify(output)).not.toContain('secret');
    expect(output.coverage.looked_at).toEqual([
      'Lambda ListFunctions ap-northeast-2',
      'Lambda GetFunction ap-northeast-2',
    ]);
    expect(text).toContain('notify  Image, 256 MB, 10 s, 20 reserved');
  });

  test('without leave to look closer the list stands, and says what is missing', async () => {
    const server = await shop('trouble:\n  - {service: lambda, action: GetFunction, error: AccessDenied}\n');
    const { output } = await server.call('list_functions');
    expect(output.functions).toHaveLength(6);
    expect(output.functions[0]).not.toHaveProperty('state');
    expect(output.coverage.gaps).toMatchObject([
      { what: 'state and reserved concurrency of functions', why: 'denied' },
    ]);
    expect(output.call.aws_calls).toBe(2);
  });

  test('every page of a long list', async () => {
    const many = Array.from({ length: 120 }, (_, i) => `  - {name: fn-${i}}`).join('\n');
    const server = await composedServer({
      account: `account: "111122223333"\nregions: [ap-northeast-2]\nlambda:\n${many}\n`,
    });
    const { output } = await server.call('list_functions');
    expect(output.functions).toHaveLength(120);
    expect(output.coverage.gaps).toMatchObject([{ why: 'truncated' }]);
  });

  test('APIs of all three types with their stages; one kind that is denied is a gap', async () => {
    const { output } = await (await shop()).call('list_apis');
    expect(output.apis).toMatchObject([
      { name: 'events', type: 'WEBSOCKET', stages: [{ name: 'live' }] },
      { name: 'orders-http', id: 'h0a1b2c3d4', type: 'HTTP', stages: [{ name: '$default' }] },
      { name: 'shop-api', type: 'REST', endpoint_type: 'REGIONAL', stages: [{ name: 'prod' }] },
    ]);
    const server = await shop('trouble:\n  - {service: apigateway, error: AccessDenied}\n');
    const denied = await server.call('list_apis');
    expect(denied.output.apis).toHaveLength(2);
    expect(denied.output.coverage.gaps).toMatchObject([{ what: 'REST APIs', why: 'denied' }]);
  });

  test('names and metrics: a REST API by its name, an HTTP API by its id and its own spelling', async () => {
    const server = await shop();
    const { entries, complete } = await server.directory();
    expect(complete).toBe(true);
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'function', id: 'checkout', name: 'checkout' }),
        expect.objectContaining({ kind: 'api', name: 'orders-http', id: 'h0a1b2c3d4', parent: 'HTTP' }),
      ]),
    );
    const of = async (resource: string, metric: string) =>
      (await server.call('get_metric', { resource, metric, last: '30m' })).output.series[0];
    expect(await of('checkout', 'Errors')).toMatchObject({ statistic: 'Sum', summary: { last: 4 } });
    expect(await of('shop-api', '5XXError')).toMatchObject({
      dimensions: { ApiName: 'shop-api' },
      unit: 'Count',
      summary: { last: 3 },
    });
    expect(await of('shop-api', 'Latency')).toMatchObject({ unit: 'Milliseconds', summary: { last: 80 } });
    expect(await of('orders-http', '5XXError')).toMatchObject({
      metric: '5xx',
      dimensions: { ApiId: 'h0a1b2c3d4' },
      summary: { last: 2 },
    });
    expect(await of('events', '5XXError')).toMatchObject({ metric: 'IntegrationError', statistic: 'Sum' });
  });
});

test('get_dependencies tells who may invoke a function, also without a trace of it', async () => {
  const server = await shop('trouble:\n  - {service: xray, error: AccessDenied}\n');
  const { output } = await server.call('get_dependencies', { resource: 'checkout' });
  expect(output.called_by).toMatchObject([{ name: 'shop-api', kind: 'api', via: 'Lambda' }]);
  expect(output.coverage.gaps).toMatchObject([{ what: 'calls of checkout', why: 'denied' }]);
  const traced = await (await shop()).call('get_dependencies', { resource: 'checkout' });
  expect(traced.output.called_by).toMatchObject([{ name: 'shop-api', via: 'X-Ray' }]);
  expect(traced.output.calls).toMatchObject([{ name: 'resize-image' }]);
});

describe('restart_function', () => {
  test('a mark in the description, and nothing else of the configuration', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('restart_function', { function: 'resize-image' });
    expect(proposal).toMatchObject({
      risk: 'destructive',
      arguments: { function: 'resize-image' },
      targets: [{ kind: 'function', id: 'resize-image', becomes: {} }],
      undo: { possible: false, why: 'nothing_to_take_back' },
    });
    const [change] = output.changes;
    expect(change).toMatchObject({ result: 'done', before: change?.after });
    const { output: list } = await server.call('list_functions');
    expect(list.functions.find((row) => row.name === 'resize-image')?.description).toMatch(
      /^\[restarted 2026-11-20T09:\d\d:\d\dZ\]$/,
    );
  });

  test('what an alias serves is published again, and the alias moved to it', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('restart_function', { function: 'checkout' });
    expect(proposal.targets[0]).toMatchObject({
      was: { 'alias live': '42' },
      becomes: { 'alias live': '43' },
    });
    // Who feels it: the API by the function's own policy, once.
    expect(proposal.blast_radius).toMatchObject({
      affected: [{ name: 'shop-api', how: 'calls_it' }],
      gaps: [],
    });
    expect(output.changes).toMatchObject([{ result: 'done', after: { 'alias live': '43' } }]);
    await expect
      .poll(() => doneTo(server, 'checkout'))
      .toEqual(['UpdateFunctionConfiguration20150331v2', 'PublishVersion20150331', 'UpdateAlias20150331']);
    const { output: list } = await server.call('list_functions');
    expect(list.functions[1]?.description).toMatch(/^Takes orders \[restarted /);

    // The next one replaces the mark of this.
    await server.approved('restart_function', { function: 'checkout' });
    const { output: again } = await server.call('list_functions');
    expect(again.functions[1]?.description?.match(/restarted/g)).toHaveLength(1);
  });

  test('an alias on other code than what would be published is left alone, and refused when it is the only one', async () => {
    const server = await shop();
    const { proposal } = await server.failing('restart_function', { function: 'notify' });
    expect(proposal).toMatchObject({
      targets: [{ was: { 'alias prod': '9', 'alias beta': '8' }, becomes: { 'alias prod': '10' } }],
    });
    const split = await server.failing('restart_function', { function: 'search' });
    expect(split).toMatchObject({ code: 'invalid_state', nothing_changed: true });
    expect(split.message).toContain('live serves 4, 10% 5: its traffic is split between versions');
  });

  test('what AWS refuses halfway says how far it came', async () => {
    const server = await shop(
      'trouble:\n  - {service: lambda, action: UpdateAlias, error: ResourceConflictException}\n',
    );
    const { proposal } = await server.failing('restart_function', { function: 'checkout' });
    expect(proposal).toBeDefined();
    await expect(server.approved('restart_function', { function: 'checkout' })).rejects.toThrow(
      'The new version 43 of checkout is published, and not yet served by live.',
    );
    expect((await server.failing('restart_function', { function: 'checkout' })).proposal).toMatchObject({
      targets: [{ was: { 'alias live': '42' } }],
    });
  });

  test('a protected function is not touched', async () => {
    const server = await shop();
    expect(await server.failing('restart_function', { function: 'billing' })).toMatchObject({
      code: 'forbidden',
      rule: 'protected',
    });
  });

  test('nor is a protected alias, by any change that reaches it', async () => {
    const arn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:notify:beta';
    const server = await composedServer({
      account: account(),
      configuration: `protected: ["checkout:live", "${arn}"]\n`,
    });
    const kept = { code: 'forbidden', rule: 'protected' };
    expect(await server.failing('restart_function', { function: 'checkout' })).toMatchObject(kept);
    expect(await server.failing('rollback_function', { function: 'checkout' })).toMatchObject(kept);
    expect(await server.failing('rollback_function', { function: 'notify:beta' })).toMatchObject(kept);
    const other = await server.failing('rollback_function', { function: 'notify:prod' });
    expect(other.code).toBe('approval_required');
  });

  test('an alias alone cannot be restarted: a question, not a restart of all', async () => {
    const failed = await (await shop()).failing('restart_function', { function: 'notify:beta' });
    expect(failed).toMatchObject({ code: 'close_match', candidates: [{ id: 'notify', kind: 'function' }] });
  });
});

describe('update_function_configuration', () => {
  test('timeout and memory, carried to the alias; the undo is the call with what it was', async () => {
    const server = await shop();
    const args = { function: 'checkout', timeout_s: 60, memory_mb: 1024 };
    const { proposal, output } = await server.approved('update_function_configuration', args);
    expect(proposal).toMatchObject({
      risk: 'destructive',
      targets: [
        {
          was: { memory_mb: 512, timeout_s: 30, 'alias live': '42' },
          becomes: { memory_mb: 1024, timeout_s: 60, 'alias live': '43' },
        },
      ],
      undo: {
        possible: true,
        tool: 'update_function_configuration',
        arguments: { function: 'checkout', memory_mb: 512, timeout_s: 30 },
      },
    });
    expect(proposal.cli).toEqual([
      'aws lambda update-function-configuration --function-name checkout --memory-size 1024 --timeout 60 --region ap-northeast-2',
      'aws lambda wait function-updated-v2 --function-name checkout --region ap-northeast-2',
      'aws lambda publish-version --function-name checkout --region ap-northeast-2',
      'aws lambda update-alias --function-name checkout --name live --function-version 43 --region ap-northeast-2',
    ]);
    expect(output.changes).toMatchObject([
      { result: 'done', after: { memory_mb: 1024, timeout_s: 60, 'alias live': '43' } },
    ]);
    const same = await server.failing('update_function_configuration', args);
    expect(same.message).toContain('checkout has memory_mb 1024 and timeout_s 60 already');
  });

  test('reserved concurrency needs no new version; none of its own is a value too', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('update_function_configuration', {
      function: 'notify',
      reserved_concurrency: 50,
    });
    expect(proposal.targets[0]?.becomes).toEqual({ reserved_concurrency: 50 });
    expect(proposal.cli).toEqual([
      'aws lambda put-function-concurrency --function-name notify --reserved-concurrent-executions 50 --region ap-northeast-2',
    ]);
    expect(output.changes).toMatchObject([{ result: 'done', after: { reserved_concurrency: 50 } }]);
    const none = await server.approved('update_function_configuration', {
      function: 'notify',
      reserved_concurrency: null,
    });
    expect(none.output.changes).toMatchObject([{ result: 'done', after: { reserved_concurrency: 'none' } }]);
    expect(none.proposal.undo).toMatchObject({ arguments: { reserved_concurrency: 50 } });
  });

  test('what AWS keeps for all other functions cannot be reserved', async () => {
    const server = await shop();
    const most = 1_000 - 20 - 100;
    const failed = await server.failing('update_function_configuration', {
      function: 'checkout',
      reserved_concurrency: most + 1,
    });
    expect(failed).toMatchObject({ code: 'invalid_state', hint: expect.stringContaining(`Ask for ${most}`) });
    const { proposal } = await server.failing('update_function_configuration', {
      function: 'checkout',
      reserved_concurrency: most,
    });
    expect(proposal).toBeDefined();
    const full = await composedServer({
      account: `account: "111122223333"\nregions: [ap-northeast-2]\nlambda:\n  - {name: all, reserved_concurrency: 900}\n  - {name: checkout}\n`,
    });
    const none = await full.failing('update_function_configuration', {
      function: 'checkout',
      reserved_concurrency: 5,
    });
    // Never the advice to reserve 0: that would stop it.
    expect(none.hint).toBe("Have the account's concurrency quota raised.");
  });

  test.each([
    [{ memory_mb: 64 }, 'memory_mb'],
    [{ timeout_s: 901 }, 'timeout_s'],
    [{}, 'say what to change'],
  ])('%j is refused before AWS is asked', async (settings, named) => {
    const server = await shop();
    const failed = await server.failing('update_function_configuration', {
      function: 'checkout',
      ...settings,
    });
    expect(failed.code).toBe('invalid_arguments');
    expect(failed.message).toContain(named);
  });
});

describe('rollback_function', () => {
  test('the alias goes back to the version before, and the undo names where it was', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('rollback_function', { function: 'checkout' });
    expect(proposal).toMatchObject({
      arguments: { function: 'checkout:live', version: '41' },
      targets: [{ was: { 'alias live': '42' }, becomes: { 'alias live': '41' } }],
      undo: { possible: true, arguments: { function: 'checkout:live', version: '42' } },
    });
    expect(output.changes).toMatchObject([{ result: 'done', after: { 'alias live': '41' } }]);
    const { undo } = proposal;
    if (!undo.possible) throw new Error('no undo');
    const back = await server.approved('rollback_function', undo.arguments);
    expect(back.output.changes).toMatchObject([{ after: { 'alias live': '42' } }]);
  });

  test('a copy that a restart published is not the version before', async () => {
    const server = await shop();
    await server.approved('restart_function', { function: 'checkout' });
    const { proposal } = await server.failing('rollback_function', { function: 'checkout' });
    expect(proposal).toMatchObject({
      targets: [{ was: { 'alias live': '43' }, becomes: { 'alias live': '41' } }],
    });
  });

  test('which alias, when there are several: asked, and named with the function', async () => {
    const server = await shop();
    const failed = await server.failing('rollback_function', { function: 'notify' });
    expect(failed).toMatchObject({
      code: 'ambiguous',
      mention: 'notify',
      candidates: [{ id: 'notify:prod' }, { id: 'notify:beta' }],
    });
    const { proposal } = await server.failing('rollback_function', { function: 'notify:beta' });
    expect(proposal).toMatchObject({ targets: [{ becomes: { 'alias beta': '7' } }] });
  });

  test('split traffic goes to the older version whole, and cannot be split again', async () => {
    const server = await shop();
    const { proposal, output } = await server.approved('rollback_function', { function: 'search' });
    expect(proposal).toMatchObject({
      targets: [{ was: { 'alias live': '4, 10% 5' }, becomes: { 'alias live': '4' } }],
      undo: { possible: false, why: 'split_not_restored' },
      cli: [expect.stringContaining("--routing-config 'AdditionalVersionWeights={}'")],
    });
    expect(output.changes).toMatchObject([{ result: 'done', after: { 'alias live': '4' } }]);
  });

  test.each([
    ['resize-image', 'has no alias on a published version'],
    ['first', 'There is no version of first before 1'],
    ['notify:dev', 'has no alias dev'],
  ])('%s: what is missing is said', async (name, said) => {
    const failed = await (await shop()).failing('rollback_function', { function: name });
    expect(failed.message).toContain(said);
    expect(failed).toMatchObject({ nothing_changed: true, hint: expect.any(String) });
  });
});

test('changes of one function follow each other in a plan', async () => {
  const server = await shop();
  const steps = [
    { tool: 'update_function_configuration', arguments: { function: 'checkout', timeout_s: 60 } },
    { tool: 'update_function_configuration', arguments: { function: 'checkout', memory_mb: 1024 } },
  ] as const;
  const answer = await server.client.request(
    { method: METHODS.proposePlan, params: { steps: [...steps] } } as never,
    z.looseObject({ proposal }),
  );
  expect(answer.proposal).toMatchObject({
    steps: [
      { targets: [{ was: { 'alias live': '42' }, becomes: { timeout_s: 60, 'alias live': '43' } }] },
      {
        targets: [
          { was: { timeout_s: 60, 'alias live': '43' }, becomes: { memory_mb: 1024, 'alias live': '44' } },
        ],
      },
    ],
  });
  const grant = grantFor(answer.proposal, server.home.key);
  for (const [step, { tool, arguments: args }] of steps.entries()) {
    await server.call(tool, args, { [META.grant]: grant, [META.step]: step });
  }
  const { output } = await server.call('list_functions');
  expect(output.functions[1]).toMatchObject({ memory_mb: 1024, timeout_s: 60 });
});

test('an alias that somebody moved after the approval: nothing runs', async () => {
  const server = await shop();
  const { proposal } = await server.failing('rollback_function', { function: 'checkout' });
  await server.approved('restart_function', { function: 'checkout' });
  if (!proposal) throw new Error('nothing was proposed');
  expect(
    await server.failing(
      'rollback_function',
      { function: 'checkout' },
      { [META.grant]: grantFor(proposal, server.home.key) },
    ),
  ).toMatchObject({ code: 'state_moved', nothing_changed: true });
});
