import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DescribeAutoScalingGroupsCommand, SetDesiredCapacityCommand } from '@aws-sdk/client-auto-scaling';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import {
  DescribeInstancesCommand,
  type EC2Client,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openKeptJournal } from '../../mcp-server/simulator/world/kept-journal.ts';
import {
  BATCH_1,
  MINUTE,
  newFolder,
  openAccount,
  SECOND,
  START,
  shop,
  WEB_1,
  WEB_2,
  writeAccount,
} from './opened-account.ts';

async function stateOf(ec2: EC2Client, id: string) {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0]?.State?.Name;
}

async function keptPath() {
  return join(await newFolder(), 'state', 'shop.sqlite');
}

describe('a kept account', () => {
  it('goes on where it was left, time included', async () => {
    const keep = { path: await keptPath() };
    const first = await openAccount(shop(), { keep });
    await first.ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    first.account.close();
    const soon = await openAccount(shop(), { keep, realTime: new Date(START.getTime() + 10 * SECOND) });
    expect(await stateOf(soon.ec2, WEB_1)).toBe('stopping');
    expect(soon.account.startedAt).toEqual(START);
    const later = await openAccount(shop(), { keep, realTime: new Date(START.getTime() + MINUTE) });
    expect(await stateOf(later.ec2, WEB_1)).toBe('stopped');
  });

  it('with a clock of its own goes on from there, not from the beginning', async () => {
    const keep = { path: await keptPath() };
    const yaml = shop('clock: 2026-01-01T00:00:00Z\n');
    const first = await openAccount(yaml, { keep });
    expect(first.account.now()).toEqual(new Date('2026-01-01T00:00:00Z'));
    first.account.close();
    const later = await openAccount(yaml, { keep, realTime: new Date(START.getTime() + 60 * MINUTE) });
    expect(later.account.now()).toEqual(new Date('2026-01-01T01:00:00Z'));
    const moved = await openAccount(yaml, { keep, startAt: new Date('2026-02-01T00:00:00Z') });
    expect(moved.account.now()).toEqual(new Date('2026-02-01T00:00:00Z'));
  });

  it('never runs back behind a change', async () => {
    const keep = { path: await keptPath() };
    const first = await openAccount(shop(), { keep });
    first.advance(60 * MINUTE);
    await first.ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    const back = await openAccount(shop(), { keep, realTime: new Date(START.getTime() + MINUTE) });
    expect(back.account.now()).toEqual(new Date(START.getTime() + 60 * MINUTE));
  });

  it('is seen by another that keeps the same, at once', async () => {
    const keep = { path: await keptPath() };
    const one = await openAccount(shop(), { keep });
    const two = await openAccount(shop(), { keep });
    expect(await stateOf(two.ec2, WEB_1)).toBe('running');
    await one.ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    expect(await stateOf(two.ec2, WEB_1)).toBe('stopping');
    await expect(two.ec2.send(new StartInstancesCommand({ InstanceIds: [WEB_1] }))).rejects.toMatchObject({
      name: 'IncorrectInstanceState',
    });
    await two.ec2.send(new StartInstancesCommand({ InstanceIds: [BATCH_1] }));
    expect(await stateOf(one.ec2, BATCH_1)).toBe('pending');
    await one.autoscaling.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: 'web-asg', DesiredCapacity: 3 }),
    );
    const { AutoScalingGroups } = await two.autoscaling.send(new DescribeAutoScalingGroupsCommand({}));
    expect(AutoScalingGroups?.[0]?.DesiredCapacity).toBe(3);
  });

  it('keeps nothing of a call that failed', async () => {
    const keep = { path: await keptPath() };
    const first = await openAccount(shop(), { keep });
    const wrong = new StopInstancesCommand({ InstanceIds: [WEB_1, 'i-0ffffffffffffffff'] });
    await expect(first.ec2.send(wrong)).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
    await first.ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_2] }));
    const second = await openAccount(shop(), { keep });
    expect(await stateOf(second.ec2, WEB_1)).toBe('running');
    expect(await stateOf(second.ec2, WEB_2)).toBe('stopping');
  });

  it('is on the disk before the call returns, and survives writers in several processes', async () => {
    const path = await keptPath();
    const accountPath = await writeAccount(shop());
    const writer = fileURLToPath(new URL('./keep-writer.ts', import.meta.url));
    const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
    // Each turns the same instance on and off and kills itself after its last call.
    const runs = Array.from({ length: 3 }, () =>
      promisify(execFile)(node, [writer, accountPath, path, '8']).catch(
        (error: { signal?: string }) => error.signal,
      ),
    );
    expect(await Promise.all(runs)).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
    const { cloudtrail } = await openAccount(shop(), {
      keep: { path },
      realTime: new Date(Date.now() + 60 * MINUTE),
    });
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({}));
    expect(Events).toHaveLength(24);
    expect(new Set(Events.map((one) => one.EventId)).size).toBe(24);
  });

  it('decides nothing while another is writing', async () => {
    const path = await keptPath();
    const run = { account: '111122223333', startMs: START.getTime(), anchorMs: START.getTime() };
    const { journal } = openKeptJournal(path, run, 20);
    const other = new DatabaseSync(path);
    onTestFinished(() => {
      journal.close();
      other.close();
    });
    other.exec('BEGIN IMMEDIATE');
    const decide = vi.fn();
    expect(() => journal.append(decide)).toThrow(/another process is holding them\. Close the other program/);
    expect(decide).not.toHaveBeenCalled();
    other.exec('COMMIT');
  });

  it('says what to delete when it cannot go on', async () => {
    const path = await keptPath();
    (await openAccount(shop(), { keep: { path } })).account.close();
    const other = shop().replace('111122223333', '999900001111');
    await expect(openAccount(other, { keep: { path } })).rejects.toThrow(
      `it keeps the changes of account 111122223333, not of 999900001111. Delete ${path} to start`,
    );
    const text = join(await newFolder(), 'notes.txt');
    await writeFile(text, 'Dear diary, today the servers were fine. '.repeat(40));
    await expect(openAccount(shop(), { keep: { path: text } })).rejects.toMatchObject({
      name: 'DocumentError',
      file: text,
      message: expect.stringContaining(`Delete ${text}`),
    });
    expect(await readFile(text, 'utf8')).toMatch(/^Dear diary/);
  });

  it('says the same when the file is damaged', async () => {
    const path = await keptPath();
    const first = await openAccount(shop(), { keep: { path } });
    await first.ec2.send(new StopInstancesCommand({ InstanceIds: [WEB_1] }));
    first.account.close();
    const bytes = await readFile(path);
    bytes.fill(0x7f, 4096, bytes.length);
    await writeFile(path, bytes);
    await expect(openAccount(shop(), { keep: { path } })).rejects.toMatchObject({ name: 'DocumentError' });
  });
});
