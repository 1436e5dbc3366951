import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { accountReport, RESOURCES } from '../../mcp-server/contract/wire.ts';
import { SHOP } from './accounts.ts';
import { grantFor, makeHome, type Start, startServer } from './running-server.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function started(start: Start, home?: Awaited<ReturnType<typeof makeHome>>) {
  const server = await startServer({ account: SHOP, ...start }, home);
  open.push(() => server.stop());
  return server;
}

describe('--keep where nothing can be kept', () => {
  test('says where, why and what to do', async () => {
    const home = await makeHome({ account: SHOP });
    open.push(home.remove);
    await mkdir(join(home.folder, 'state', 'aiops'), { recursive: true, mode: 0o700 });
    const blocked = join(home.folder, 'state', 'aiops', 'simulated');
    await writeFile(blocked, 'a file where a folder should be');
    const server = await started({ args: ['--keep'] }, home);
    const failed = await server.failing('list_instances');
    expect(failed).toMatchObject({ code: 'store', nothing_changed: true });
    expect(failed.message).toContain(blocked);
    expect(failed.message).toMatch(/kept changes cannot be used.*run without --keep/s);
  });

  test('also when it is found out in the middle of the run', async () => {
    const home = await makeHome({ account: SHOP });
    open.push(home.remove);
    const server = await started({ args: ['--keep'] }, home);
    await server.call('list_instances');
    const { proposal } = await server.failing('stop_instances', { instances: ['web-1'] });
    const { readdir } = await import('node:fs/promises');
    const { DatabaseSync } = await import('node:sqlite');
    const folder = join(home.folder, 'state', 'aiops', 'simulated');
    const [name = ''] = await readdir(folder);
    const journal = new DatabaseSync(join(folder, name));
    journal.exec("INSERT INTO entries (body) VALUES ('{')");
    journal.close();
    const failed = await server.failing(
      'stop_instances',
      { instances: ['web-1'] },
      { 'aiops/grant': grantFor(proposal!, home.key) },
    );
    expect(failed).toMatchObject({ code: 'store', nothing_changed: true });
    expect(failed.message).toContain(name);
  });
});

describe('--region on a simulated account', () => {
  const TWO = SHOP.replace('[ap-northeast-2]', '[ap-northeast-2, us-east-1]').replace(
    'ec2:\n',
    'ec2:\n  - {id: i-0b47c0de000000aa, name: far-1, type: t3.micro, state: running, az: us-east-1a}\n',
  );

  test('narrows what is looked at; a call may still name another region it has', async () => {
    const server = await started({ account: TWO, args: ['--region', 'us-east-1'] });
    const { output } = await server.call('list_instances');
    expect(output.call.regions).toEqual(['us-east-1']);
    expect(output.instances.map(({ name }) => name)).toEqual(['far-1']);
    const report = accountReport.parse(await server.resource(RESOURCES.account));
    expect(report.accounts[0]).toMatchObject({ regions: ['us-east-1'], keeps: false });
    const other = await server.call('list_instances', { region: 'ap-northeast-2' });
    expect(other.output.instances.length).toBeGreaterThan(1);
  });

  test('one it does not have is an error that names those it has', async () => {
    const server = await started({ account: TWO, args: ['--region', 'eu-west-9'] });
    const failed = await server.failing('list_instances');
    expect(failed).toMatchObject({ code: 'invalid_arguments' });
    expect(failed.message).toContain('shop has no region eu-west-9');
    expect(failed.hint).toContain('ap-northeast-2, us-east-1');
  });
});
