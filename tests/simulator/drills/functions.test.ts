import { RebootInstancesCommand } from '@aws-sdk/client-ec2';
import {
  type FunctionConfiguration,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { openDrill } from '../drill.ts';
import { MINUTE, SECOND } from '../opened-account.ts';

const account = (faults: string, more = '') => `account: "111122223333"
regions: [ap-northeast-2]
lambda:
  - {name: checkout, runtime: nodejs22.x, memory: 512, timeout: 10, version: "42"}
  - {name: thumbs, runtime: nodejs22.x, memory: 512, timeout: 10, reserved_concurrency: 20}
ec2:
  - {id: i-00000000000000001, name: api-1, type: m6i.large, az: ap-northeast-2a}
apis:
  - {name: shop-api, stage: prod}
  - {name: orders-http, type: HTTP, id: h0a1b2c3d4}
dependencies:
  - {from: orders-http, to: checkout}
  - {from: shop-api, to: checkout}
  - {from: checkout, to: api-1}
alarms:
  - {name: errors, namespace: AWS/Lambda, metric: Errors, dimensions: {FunctionName: checkout}, threshold: 5, period: 60}
  - {name: throttles, namespace: AWS/Lambda, metric: Throttles, dimensions: {FunctionName: thumbs}, threshold: 5, period: 60}
${more}
faults:
  - ${faults}
`;

const LAMBDA = 'AWS/Lambda';
const LOGS = '/aws/lambda/checkout';

async function open(faults: string) {
  const drill = await openDrill(account(faults));
  const { lambda, advance, lastMinute } = drill;

  async function configure(FunctionName: string, settings: Partial<UpdateFunctionConfigurationCommandInput>) {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...settings }));
    advance(10 * SECOND);
  }
  /** What a change of the configuration takes to reach what the alias serves. */
  async function carried(settings: Partial<UpdateFunctionConfigurationCommandInput>) {
    await configure('checkout', settings);
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: 'checkout' }));
    await serve(Version ?? '');
  }
  async function serve(FunctionVersion: string) {
    const which = { FunctionName: 'checkout', Name: 'live', FunctionVersion };
    await lambda.send(new UpdateAliasCommand(which));
  }
  return {
    ...drill,
    configure,
    carried,
    serve,
    errors: (name = 'checkout') => lastMinute(LAMBDA, 'Errors', { FunctionName: name }),
  };
}

describe('lambda_errors: warm environments hold something stale', () => {
  it('is mended by new environments, not by more memory', async () => {
    const { advance, errors, alarm, logLines, carried, lastMinute } = await open(
      '{at: +2m, kind: lambda_errors, on: checkout}',
    );
    advance(90 * SECOND);
    expect(await alarm('errors')).not.toBe('ALARM');
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);
    expect(await alarm('errors')).toBe('ALARM');
    expect((await logLines(LOGS)).join('\n')).toContain('is stale');
    // Each type of API says it under its own name.
    expect(await lastMinute('AWS/ApiGateway', '5XXError', { ApiName: 'shop-api' })).toBeGreaterThan(0);
    expect(await lastMinute('AWS/ApiGateway', '5xx', { ApiId: 'h0a1b2c3d4' })).toBeGreaterThan(0);

    await carried({ MemorySize: 1024 });
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);

    await carried({ Description: 'restarted' });
    advance(5 * MINUTE);
    expect(await errors()).toBe(0);
    expect(await alarm('errors')).toBe('OK');
  });
});

describe('lambda_timeout: what the function waits for takes longer than it may', () => {
  it('is mended by a longer timeout that is served, not by new environments', async () => {
    const { advance, errors, logLines, carried, configure, lastMinute } = await open(
      '{at: +1m, kind: lambda_timeout, on: checkout}',
    );
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);
    expect(await lastMinute(LAMBDA, 'Duration', { FunctionName: 'checkout' })).toBeGreaterThan(8_000);
    expect((await logLines(LOGS)).join('\n')).toMatch(/Task timed out after 10\.0\d seconds/);

    await carried({ Description: 'restarted' });
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);

    // The unpublished version alone serves nobody.
    await configure('checkout', { Timeout: 30 });
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);

    await carried({ Description: 'with the new timeout' });
    advance(5 * MINUTE);
    expect(await errors()).toBe(0);
  });

  it('is over when what it waits for has recovered', async () => {
    const { advance, errors, ec2 } = await open(
      '{at: +1m, kind: instance_impaired, on: api-1}\n  - {at: +2m, kind: lambda_timeout, on: checkout}',
    );
    advance(6 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);
    await ec2.send(new RebootInstancesCommand({ InstanceIds: ['i-00000000000000001'] }));
    advance(5 * MINUTE);
    expect(await errors()).toBe(0);
  });

  it('a timeout that is only a little longer is not enough', async () => {
    const { advance, errors, carried } = await open('{at: +1m, kind: lambda_timeout, on: checkout}');
    advance(2 * MINUTE);
    await carried({ Timeout: 12 });
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);
  });
});

describe('lambda_throttled: more requests at a time than may be served', () => {
  it('is mended by more reserved concurrency, not by new environments', async () => {
    const { advance, alarm, configure, lambda, lastMinute } = await open(
      '{at: +1m, kind: lambda_throttled, on: thumbs}',
    );
    const throttles = () => lastMinute(LAMBDA, 'Throttles', { FunctionName: 'thumbs' });
    const reserve = (ReservedConcurrentExecutions: number) =>
      lambda.send(
        new PutFunctionConcurrencyCommand({ FunctionName: 'thumbs', ReservedConcurrentExecutions }),
      );
    advance(5 * MINUTE);
    expect(await throttles()).toBeGreaterThan(5);
    expect(await lastMinute(LAMBDA, 'ConcurrentExecutions', { FunctionName: 'thumbs' })).toBe(20);
    // What is turned away is no error of the function: its callers have the errors.
    expect((await lastMinute(LAMBDA, 'Errors', { FunctionName: 'thumbs' })) ?? 0).toBe(0);
    expect(await alarm('throttles')).toBe('ALARM');

    await configure('thumbs', { Description: 'restarted' });
    advance(5 * MINUTE);
    expect(await throttles()).toBeGreaterThan(5);

    await reserve(21);
    advance(5 * MINUTE);
    expect(await throttles()).toBeGreaterThan(5);

    await reserve(40);
    advance(5 * MINUTE);
    expect(await throttles()).toBe(0);
    expect(await alarm('throttles')).toBe('OK');
  });
});

describe('bad_deploy on a function', () => {
  it('publishes a version; the alias back on the one before mends it, a copy of the same does not', async () => {
    const { advance, errors, logLines, changes, carried, serve, lambda } = await open(
      '{at: +2m, kind: bad_deploy, on: checkout}',
    );
    const versions = async () => {
      const { Versions = [] } = await lambda.send(
        new ListVersionsByFunctionCommand({ FunctionName: 'checkout' }),
      );
      return Versions.filter((one) => one.Version !== '$LATEST');
    };
    const codeOf = (all: FunctionConfiguration[], version: string) =>
      all.find((one) => one.Version === version)?.CodeSha256;
    advance(MINUTE);
    expect((await versions()).at(-1)?.Version).toBe('42');
    advance(5 * MINUTE);
    const deployed = await versions();
    expect(deployed.at(-1)?.Version).toBe('43');
    expect(codeOf(deployed, '43')).not.toBe(codeOf(deployed, '42'));
    expect(await changes('checkout')).toEqual([
      'UpdateAlias20150331 by deploy-bot on checkout',
      'PublishVersion20150331 by deploy-bot on checkout',
      'UpdateFunctionCode20150331v2 by deploy-bot on checkout',
    ]);
    expect(await errors()).toBeGreaterThan(5);
    expect((await logLines(LOGS)).join('\n')).toContain('TypeError');

    await carried({ Description: 'restarted' });
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);

    await serve('42');
    advance(5 * MINUTE);
    expect(await errors()).toBe(0);

    await serve('43');
    advance(5 * MINUTE);
    expect(await errors()).toBeGreaterThan(5);
  });

  it('one from before the run is the version the file names', async () => {
    const { errors, serve, advance, changes } = await open('{at: -20m, kind: bad_deploy, on: checkout}');
    advance(MINUTE);
    expect(await errors()).toBeGreaterThan(5);
    expect((await changes('checkout'))[0]).toBe('UpdateAlias20150331 by deploy-bot on checkout');
    await serve('41');
    advance(3 * MINUTE);
    expect(await errors()).toBe(0);
  });
});
