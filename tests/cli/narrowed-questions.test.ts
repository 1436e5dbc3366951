import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callFacts } from '../../mcp-server/contract/call.ts';
import { createTurnPrinter } from '../../src/cli/print-turn.ts';
import { makeHome, SMALL_SHOP } from '../tools-client/small-shop.ts';
import { runAiops } from './run-aiops.ts';

const TWO_REGIONS = `${SMALL_SHOP.replace('[ap-northeast-2]', '[ap-northeast-2, us-west-2]').replace(
  'type: t3.medium, state: running, az: ap-northeast-2a}\ndependencies',
  'type: t3.small, state: running, az: us-west-2a}\ndependencies',
)}`;

describe('what a question narrows', () => {
  test('a region and an instance type', async () => {
    const home = await makeHome(TWO_REGIONS);
    const [west, small, city] = await Promise.all([
      runAiops(['ask', 'list instances in us-west-2'], { home }),
      runAiops(['ask', 'list t3.small instances'], { home }),
      runAiops(['ask', '오리건 리전 인스턴스 목록'], { home }),
    ]);
    for (const { stdout, code } of [west, small, city]) {
      expect(code).toBe(0);
      expect(stdout).toMatch(/^bastion +i-0a00000000000007/m);
      expect(stdout).not.toContain('web-1');
    }
    expect(small.stdout.split('\n')[0]).toBe('1 instance (t3.small): bastion.');
  });

  test('what nothing can narrow by is said', async () => {
    const { stdout } = await runAiops(['ask', 'list instances in foo']);
    expect(stdout).toContain('Not narrowed by "foo"');
  });

  test('one configured account, or all of them', async () => {
    const home = await makeHome();
    const other = join(home.folder, 'other.yaml');
    await writeFile(other, SMALL_SHOP.replace('222233334444', '222233334455').replaceAll('web-', 'store-'));
    await mkdir(join(home.folder, 'config', 'aiops'), { recursive: true });
    await writeFile(
      join(home.folder, 'config', 'aiops', 'config.yaml'),
      `accounts:\n  - {name: shop, file: ${home.account}}\n  - {name: rec, file: ${other}}\n`,
    );
    const ask = (text: string) => runAiops(['ask', text], { home, account: null });
    const [rec, both] = await Promise.all([
      ask('list instances in account rec'),
      ask('list instances in all accounts'),
    ]);
    expect(rec.stdout).toMatch(/^store-1 /m);
    expect(rec.stdout).not.toMatch(/^web-1 /m);
    expect(both.stdout).toMatch(/^store-1 /m);
    expect(both.stdout).toMatch(/^web-1 /m);
  });
});

describe('what a script learns of an end', () => {
  test('what was not understood is no success', async () => {
    const { code } = await runAiops(['ask', 'make me a sandwich']);
    expect(code).toBe(3);
  });

  test('an approval that nobody gave is told from one that was declined', async () => {
    const { code, stdout } = await runAiops(['ask', '--json', 'reboot api-1']);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'unapproved' });
  });

  test('an approval for a tool that does not exist is wrong usage', async () => {
    const { code, stderr } = await runAiops(['ask', 'reboot api-1', '--approve', 'nonsense:api-1']);
    expect(code).toBe(2);
    expect(stderr).toContain('no tool "nonsense"');
  });

  test('so is a profile that does not exist, and it is called that', async () => {
    const { code, stderr } = await runAiops(['ask', 'list instances', '--profile', 'nosuch'], {
      account: null,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('There is no profile "nosuch"');
  });

  test('names that could not be looked up are not said to be nothing', async () => {
    const environment = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      AWS_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
    };
    const { code, stdout, stderr } = await runAiops(['ask', 'show web-1'], { account: null, environment });
    expect(code).toBe(3);
    expect(stdout + stderr).toContain('unreachable');
    expect(stdout + stderr).not.toMatch(/There is no|did not understand/);
  });
});

describe('the line about a call', () => {
  function printed(facts: Record<string, unknown>): string {
    const notes: string[] = [];
    const output = {
      note: (text: string) => notes.push(text),
      data: () => {},
      progress: () => {},
      dim: String,
    };
    const call = callFacts.parse({
      cli: [],
      console: null,
      account: 'small-shop',
      regions: ['ap-northeast-2'],
      aws_calls: 5,
      retries: 0,
      elapsed_ms: 1,
      ...facts,
    });
    const print = createTurnPrinter(
      output as never,
      'en',
      () => false,
      () => new Date(0),
    );
    const planned = { tool: 'list_alarms', arguments: {}, risk: 'read', namedInFull: false } as const;
    const state = { status: 'done', elapsedMs: 1, text: '', data: { call, alarms: [] } } as const;
    print({ type: 'call', turn: 't1', view: { id: 't1.1', call: planned, state } });
    return notes.join('\n');
  }

  test('tells retries', () => {
    expect(printed({ retries: 3 })).toContain('5 AWS calls, 3 of them retries');
    expect(printed({ retries: 0 })).not.toContain('retr');
  });

  test('says how many AWS CLI lines it leaves out', () => {
    const text = printed({ cli: Array.from({ length: 9 }, (_, at) => `aws ${at}`) });
    expect(text).toContain('$ aws 4');
    expect(text).not.toContain('$ aws 5');
    expect(text).toContain('+4 more');
  });
});
