import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Proposal } from '../../mcp-server/contract/proposal.ts';
import { META, METHODS } from '../../mcp-server/contract/wire.ts';
import { SHOP } from './accounts.ts';
import { approved, grantFor, makeHome, type RunningServer, startServer } from './running-server.ts';

let server: RunningServer;
beforeEach(async () => {
  server = await startServer({ account: SHOP, args: ['--speed', '200'] });
});
afterEach(() => server.stop());

const stateOf = async (instance: string) =>
  (await server.call('describe_instance', { instance })).output.instance.state;

describe('a change is proposed, approved, carried out and verified', () => {
  test('start_instances', async () => {
    const { proposal, output } = await approved(server, 'start_instances', { instances: ['batch1'] });
    expect(proposal).toMatchObject({
      tool: 'start_instances',
      risk: 'change',
      arguments: { instances: ['i-0b47c0de00000004'] },
      targets: [{ name: 'batch-1', was: { state: 'stopped' }, becomes: { state: 'running' } }],
      undo: { possible: true, tool: 'stop_instances' },
      account: '111122223333',
    });
    expect(output.changes).toMatchObject([{ id: 'i-0b47c0de00000004', before: { state: 'stopped' } }]);
    expect(['done', 'in_progress']).toContain(output.changes[0]?.result);
  });

  test('stop_instances says who feels it', async () => {
    const { proposal, output } = await approved(server, 'stop_instances', { instances: ['web-1'] });
    expect(proposal).toMatchObject({ risk: 'destructive', irreversible: false });
    const affected = proposal.kind === 'call' ? proposal.blast_radius.affected : [];
    expect(affected.map((one) => one.name).sort()).toEqual(['shop-alb', 'web-asg']);
    expect(output.changes[0]).toMatchObject({ before: { state: 'running' } });
    expect(output.audit.outcome).toBeGreaterThan(output.audit.intent);
  });

  test('reboot_instances', async () => {
    const { proposal, output } = await approved(server, 'reboot_instances', { instances: ['api-1'] });
    expect(proposal).toMatchObject({ risk: 'destructive', undo: { possible: false } });
    expect(output.changes).toMatchObject([{ name: 'api-1', result: 'done' }]);
  });

  test('terminate_instances has no undo', async () => {
    const { proposal } = await approved(server, 'terminate_instances', { instances: ['bastion'] });
    expect(proposal).toMatchObject({ irreversible: true, undo: { possible: false } });
    expect(['shutting-down', 'terminated']).toContain(await stateOf('i-0b47c0de00000005'));
  });

  test('resize_instance stops, changes and starts again', async () => {
    const { proposal, output } = await approved(server, 'resize_instance', {
      instance: 'api-1',
      instance_type: 'm6i.xlarge',
    });
    expect(proposal).toMatchObject({
      targets: [{ was: { state: 'running', type: 'm6i.large' }, becomes: { type: 'm6i.xlarge' } }],
      undo: { possible: true, arguments: { instance_type: 'm6i.large' } },
    });
    expect(output.changes[0]?.after).toMatchObject({ type: 'm6i.xlarge' });
    expect(['running', 'pending']).toContain(await stateOf('api-1'));
  });

  test('grow_volume', async () => {
    const { proposal, output } = await approved(server, 'grow_volume', { instance: 'api-1', size_gb: 200 });
    expect(proposal).toMatchObject({
      irreversible: true,
      targets: [{ id: 'i-0b47c0de00000003', was: { volume: 'vol-0123456789abcdef0', size_gb: 100 } }],
      cli: ['aws ec2 modify-volume --volume-id vol-0123456789abcdef0 --size 200 --region ap-northeast-2'],
    });
    expect(output.changes[0]?.result).not.toBe('not_seen');
  });

  test('set_desired_capacity up within the maximum is a change', async () => {
    const { proposal, output } = await approved(server, 'set_desired_capacity', {
      group: 'web-asg',
      desired: 3,
    });
    expect(proposal).toMatchObject({ risk: 'change', targets: [{ was: { desired: 2, min: 2, max: 4 } }] });
    expect(output.changes[0]?.after).toMatchObject({ desired: 3 });
  });
});

test('a grant is used once', async () => {
  await approved(server, 'reboot_instances', { instances: ['api-1'] });
  expect(await server.failing('reboot_instances', { instances: ['api-1'] })).toMatchObject({
    code: 'approval_required',
  });
});

test('a plan of two steps is proposed as one', async () => {
  const steps = [
    { tool: 'stop_instances', arguments: { instances: ['api-1'] } },
    { tool: 'start_instances', arguments: { instances: ['api-1'] } },
  ];
  const { proposal } = await server.method(METHODS.proposePlan, { steps });
  expect(proposal).toMatchObject({
    kind: 'plan',
    steps: [{ targets: [{ was: { state: 'running' } }] }, { targets: [{ was: { state: 'stopped' } }] }],
  });
});

test('the audit log has the whole story and verifies', async () => {
  await approved(server, 'reboot_instances', { instances: ['api-1'] });
  const { entries } = (await server.method(METHODS.auditShow)) as { entries: { event: string }[] };
  expect(entries.map((entry) => entry.event)).toEqual(
    expect.arrayContaining(['proposed', 'intent', 'outcome']),
  );
  expect(await server.method(METHODS.auditVerify)).toMatchObject({
    verdict: { intact: true, open_intents: [] },
  });
});

describe('a resize that breaks in the middle', () => {
  const broken = (action: string) =>
    startServer({
      account: `${SHOP}trouble:\n  - {service: ec2, action: ${action}, error: InvalidInstanceAttributeValue}\n`,
      args: ['--speed', '200'],
    });

  test('a type AWS refuses: the instance is started again as it was', async () => {
    const other = await broken('ModifyInstanceAttribute');
    try {
      const args = { instance: 'api-1', instance_type: 'm6i.xlarge' };
      const { proposal } = await other.failing('resize_instance', args);
      const failed = await other.failing('resize_instance', args, {
        [META.grant]: grantFor(proposal!, other.home.key),
      });
      expect(failed).toMatchObject({ code: 'rejected', nothing_changed: false });
      expect(failed.message).toContain('api-1 is starting again as m6i.large');
      const { output } = await other.call('describe_instance', { instance: 'api-1' });
      expect(['pending', 'running']).toContain(output.instance.state);
      expect(output.instance.type).toBe('m6i.large');
    } finally {
      await other.stop();
    }
  });

  test('a start that fails says that it is stopped, of which type, and the call that starts it', async () => {
    const trouble = `trouble:\n  - {service: ec2, action: StartInstances, error: InsufficientInstanceCapacity}\n`;
    const home = await makeHome({ account: SHOP + trouble });
    const keeping = { account: SHOP, args: ['--keep', '--speed', '200'] };
    const other = await startServer(keeping, home);
    try {
      const args = { instance: 'api-1', instance_type: 'm6i.xlarge' };
      const { proposal } = await other.failing('resize_instance', args);
      const failed = await other.failing('resize_instance', args, {
        [META.grant]: grantFor(proposal!, other.home.key),
      });
      expect(failed).toMatchObject({ code: 'rejected', nothing_changed: false });
      expect(failed.message).toContain('api-1 is a m6i.xlarge now, but stopped');
      expect(failed.message).toMatch(/A look afterwards shows api-1 .*: state stopped, type m6i\.xlarge/);
      expect(failed.hint).toContain('aws ec2 start-instances --instance-ids i-0b47c0de00000003');
      await other.stop();

      // Capacity is there again, and the call is the one that was named.
      await writeFile(join(home.folder, 'account.yaml'), SHOP);
      const [, named = ''] = /start_instances (\{.*\}) \(/.exec(failed.hint ?? '') ?? [];
      const next = await startServer(keeping, home);
      await approved(next, 'start_instances', JSON.parse(named));
      const { output } = await next.call('describe_instance', { instance: 'api-1' });
      expect(['pending', 'running']).toContain(output.instance.state);
      expect(output.instance.type).toBe('m6i.xlarge');
      await next.stop();
    } finally {
      await other.stop();
      await home.remove();
    }
  });
});

test('state that moved after the approval: nothing runs', async () => {
  const args = { instances: ['api-1'] };
  const { proposal } = await server.failing('stop_instances', args);
  await approved(server, 'stop_instances', args);
  const failed = await server.failing('stop_instances', args, {
    [META.grant]: grantFor(proposal!, server.home.key),
  });
  expect(failed).toMatchObject({ code: 'state_moved', nothing_changed: true });
});

test('a plan runs step by step under one grant', async () => {
  const steps = [
    { tool: 'stop_instances', arguments: { instances: ['api-1'] } },
    { tool: 'start_instances', arguments: { instances: ['api-1'] } },
  ];
  const { proposal } = (await server.method(METHODS.proposePlan, { steps })) as { proposal: Proposal };
  const grant = grantFor(proposal, server.home.key);
  const meta = (step: number) => ({ [META.grant]: grant, [META.step]: step });
  await server.call('stop_instances', { instances: ['api-1'] }, meta(0));
  await expect.poll(() => stateOf('api-1'), { timeout: 20_000 }).toBe('stopped');
  const { output } = await server.call('start_instances', { instances: ['api-1'] }, meta(1));
  expect(output.changes[0]?.before).toEqual({ state: 'stopped' });
});
