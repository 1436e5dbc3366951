import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  DescribeInstanceStatusCommand,
  ModifyInstanceAttributeCommand,
  RebootInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { LATER } from '../../mcp-server/contract/catalogue/later.ts';
import { CATALOGUE } from '../../mcp-server/contract/catalogue.ts';
import { FAULT_KINDS, readAccountFile } from '../../mcp-server/simulator/account-file.ts';
import { accountDocument } from '../../mcp-server/simulator/format/account.ts';
import { rulesFor } from '../../mcp-server/simulator/world/faults/registry.ts';
import { ACCOUNT_FILE_PAGE, accountFilePage, EXAMPLE } from '../../scripts/account-file-page.ts';
import { openDrill } from './drill.ts';
import { MINUTE, writeAccount } from './opened-account.ts';

const page = readFileSync(ACCOUNT_FILE_PAGE, 'utf8');
const faults = page.slice(page.indexOf('\n## Faults'));
const [example = '', trouble = ''] = [...page.matchAll(/```yaml\n([^`]+)```/g)].map(([, yaml]) => yaml);

describe('docs/account-file.md', () => {
  it('says what schema, rules and words say: run node scripts/account-file-page.ts', () => {
    expect(page).toBe(accountFilePage());
  });

  it('has every part of the file', () => {
    for (const part of Object.keys(accountDocument.shape)) {
      if (part === 'trouble' || part === 'faults') expect(page).toMatch(new RegExp(`^## ${part}$`, 'im'));
      else expect(page).toMatch(new RegExp(`^(### .*|\\| )\`${part}[\`.]`, 'm'));
    }
  });

  it('tells each kind of fault that acts, and says of the others that they do not', () => {
    const headed = [...faults.matchAll(/^### `(\w+)`$/gm)].map(([, kind]) => kind);
    const acting = FAULT_KINDS.filter((kind) => rulesFor(kind).length > 0);
    expect(headed).toEqual(acting);
    const idle = /change nothing yet: (.+)\.$/m.exec(faults)?.[1] ?? '';
    expect(idle.split(', ').filter(Boolean)).toEqual(
      FAULT_KINDS.filter((kind) => !acting.includes(kind)).map((kind) => `\`${kind}\``),
    );
  });

  it('names no tool that there is not', () => {
    const known = [...Object.keys(CATALOGUE), ...LATER.map(({ contract }) => contract.name)];
    const mending = page.split('\n').filter((line) => /^- \*\*(Mends it|Tempting, and wrong)\*\*/.test(line));
    expect(mending).toHaveLength(2 * FAULT_KINDS.filter((kind) => rulesFor(kind).length > 0).length);
    const named = mending.flatMap((line) =>
      [...line.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, name]) => name),
    );
    const arguments_ = new Set(
      Object.values(CATALOGUE).flatMap(({ input }) => Object.keys((input as { shape: object }).shape)),
    );
    expect(named.filter((name = '') => !known.includes(name) && !arguments_.has(name))).toEqual([]);
  });

  it('has trouble that the reader takes', async () => {
    const path = await writeAccount(`account: "111122223333"\nregions: [us-east-1]\n${trouble}`);
    expect((await readAccountFile(path)).trouble).toHaveLength(3);
  });
});

describe('its example', () => {
  it('is the file beside it, and is read with the files it names', async () => {
    expect(readFileSync(EXAMPLE, 'utf8')).toBe(example);
    const read = await readAccountFile(fileURLToPath(EXAMPLE));
    expect(read.faults.map(({ kind, on }) => `${kind} on ${on}`)).toEqual(['process_crash on web-1']);
  });

  it('is a drill: seen, left by the tempting recovery, mended by the right one', async () => {
    const beside = Object.fromEntries(
      ['metrics/web-1-cpu.csv', 'logs/web.log'].map((file) => [
        file,
        readFileSync(new URL(file, EXAMPLE), 'utf8'),
      ]),
    );
    const { ec2, advance, alarm, lastMinute, logLines } = await openDrill(example, {
      beside,
      region: 'eu-west-1',
    });
    const ids = { InstanceIds: ['i-0aa00000000000001'] };
    const unhealthy = () => lastMinute('AWS/ApplicationELB', 'UnHealthyHostCount', { LoadBalancer: 'front' });
    const cpu = () => lastMinute('AWS/EC2', 'CPUUtilization', { InstanceId: 'i-0aa00000000000001' });
    const crashed = () => logLines('/shop/web', 5, '@message like /Connection refused|no live upstreams/');

    advance(MINUTE);
    expect(await unhealthy()).toBe(0);
    expect(await cpu()).toBeGreaterThan(40);
    expect(await logLines('/shop/web', 60)).toContain('GET /bread/rye 404 in 9 ms');
    expect(await crashed()).toEqual([]);

    advance(5 * MINUTE);
    expect(await alarm('front-unhealthy')).toBe('ALARM');
    expect(await cpu()).toBeLessThan(10);
    expect((await crashed()).length).toBeGreaterThan(10);
    const { InstanceStatuses = [] } = await ec2.send(new DescribeInstanceStatusCommand(ids));
    expect(InstanceStatuses[0]?.InstanceStatus?.Status).toBe('ok');

    await ec2.send(new StopInstancesCommand(ids));
    advance(MINUTE);
    await ec2.send(
      new ModifyInstanceAttributeCommand({
        InstanceId: ids.InstanceIds[0],
        InstanceType: { Value: 't3.large' },
      }),
    );
    await ec2.send(new StartInstancesCommand(ids));
    advance(4 * MINUTE);
    expect(await unhealthy()).toBe(1);

    await ec2.send(new RebootInstancesCommand(ids));
    advance(5 * MINUTE);
    expect(await alarm('front-unhealthy')).toBe('OK');
    expect(await cpu()).toBeGreaterThan(40);
  });
});
