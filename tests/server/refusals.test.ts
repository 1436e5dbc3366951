import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHOP } from './accounts.ts';
import { type RunningServer, startServer } from './running-server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ account: SHOP });
});
afterAll(() => server.stop());

describe('what makes no sense is not even proposed', () => {
  test.each([
    ['stop_instances', { instances: ['batch-1'] }, 'batch-1 (i-0b47c0de00000004) is stopped already.'],
    ['start_instances', { instances: ['web-1'] }, 'is running already'],
    ['reboot_instances', { instances: ['batch-1'] }, 'start it instead'],
    ['resize_instance', { instance: 'api-1', instance_type: 'm6i.large' }, 'is a m6i.large already'],
    ['grow_volume', { instance: 'api-1', size_gb: 50 }, 'can only grow'],
    ['set_desired_capacity', { group: 'web-asg', desired: 9 }, 'at most 4'],
    ['set_desired_capacity', { group: 'web-asg', desired: 1 }, 'at least 2'],
    ['set_desired_capacity', { group: 'web-asg', desired: 2 }, 'nothing to change'],
  ])('%s %j', async (name, args, words) => {
    const failed = await server.failing(name, args);
    expect(failed).toMatchObject({ code: 'invalid_state', nothing_changed: true });
    expect(failed.message).toContain(words);
    expect(failed.proposal).toBeUndefined();
  });

  test('a type AWS does not have is found out before anything stops', async () => {
    const args = { instance: 'api-1', instance_type: 'm6i.enormous' };
    const failed = await server.failing('resize_instance', args);
    expect(failed).toMatchObject({ code: 'invalid_arguments', nothing_changed: true });
    expect(failed.message).toContain('m6i.enormous');
    expect(failed.proposal).toBeUndefined();
  });

  test('a change takes no close match', async () => {
    const failed = await server.failing('reboot_instances', { instances: ['bastin'] });
    expect(failed).toMatchObject({
      code: 'close_match',
      mention: 'bastin',
      candidates: [{ name: 'bastion' }],
    });
  });

  test('two instances of one name are asked about', async () => {
    const failed = await server.failing('reboot_instances', { instances: ['twin'] });
    expect(failed.code).toBe('ambiguous');
    expect(failed.candidates?.map((one) => one.id).sort()).toEqual([
      'i-0b47c0de00000006',
      'i-0b47c0de00000007',
    ]);
  });

  test('what the account protects is refused', async () => {
    expect(await server.failing('stop_instances', { instances: ['vault'] })).toMatchObject({
      code: 'forbidden',
    });
  });
});
