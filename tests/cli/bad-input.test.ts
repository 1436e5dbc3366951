import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeHome, SMALL_SHOP } from '../tools-client/small-shop.ts';
import { PACKAGE, type Ran, runAiops } from './run-aiops.ts';

/** One clear message, and nothing that only a programmer could read. */
function expectPlain({ stderr, stdout }: Ran): void {
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect(stderr).not.toMatch(/node:internal|\[object Object\]|undefined/);
  expect(stdout).toBe('');
  expect(stderr.trim()).not.toBe('');
}

describe('the command line', () => {
  test.each([
    [['ask', '--verbose', 'x'], /unknown option '--verbose'/],
    [['ask', 'x', '--lang', 'fr'], /--lang takes en, ko, zh, not "fr"/],
    [['ask', 'x', '--now', 'yesterday'], /--now takes an ISO 8601 time/],
    [['ask', 'x', '--speed', '0'], /--speed takes a number above 0/],
    [['ask', 'x', '--approve', 'reboot'], /--approve takes tool:resource/],
    [['ask', 'x', '--approve', 'reboot_instances:*'], /--approve takes tool:resource/],
    [['ask'], /the text is empty/],
    [['restart', 'web-1'], /there is no command "restart".*aiops ask "restart web-1"/],
    [['plan', 'x', '--batch', 'no-such-file'], /either a text or --batch/],
    [['plan', '--batch', 'no-such-file'], /no-such-file cannot be read/],
    [['audit', 'show', '--last', 'many'], /--last takes a number/],
    [
      ['ask', 'x', '--account', 'prod'],
      /--account is given twice, "prod" and ".*": it takes one\. Give one, and name the other in the sentence/,
    ],
    [['ask', 'x', '--lang', 'ko', '--lang', 'zh'], /--lang is given twice/],
    [['approve', 'NOSUCHID'], /there is no proposal "NOSUCHID"/],
    [
      [
        'approvals',
        'standing',
        'start_instances',
        'batch-1',
        '--rate',
        'often',
        '--expires',
        '7d',
        '--reason',
        'x',
      ],
      /--rate takes/,
    ],
  ])('%j is wrong usage', async (args, message) => {
    const ran = await runAiops(args);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(message);
    expectPlain(ran);
  });

  test('every exit code is in --help', async () => {
    const { code, stdout } = await runAiops(['--help']);
    expect(code).toBe(0);
    for (const line of [
      '0    done',
      '2    wrong usage',
      '3    a question',
      '4    an approval',
      '130  interrupted',
    ])
      expect(stdout).toContain(line);
  });
});

const DENIED = SMALL_SHOP.replace('[ap-northeast-2]', '[ap-northeast-2, us-west-2]').concat(
  'trouble:\n  - {service: ec2, action: DescribeInstances, region: us-west-2, error: UnauthorizedOperation}\n',
);

describe('what it is pointed at', () => {
  test('a broken account file: file, line and fix', async () => {
    const home = await makeHome(SMALL_SHOP.replace('state: stopped', 'state: asleep'));
    const ran = await runAiops(['ask', 'list all instances'], { home });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/account\.yaml:\d+: ec2\[2\]\.state/);
    expectPlain(ran);
  });

  test.each(['stop web-1', 'list all instances'])(
    'several problems in an account file end "%s" as wrong configuration, a line each',
    async (text) => {
      const home = await makeHome(SMALL_SHOP.replaceAll('state: stopped', 'state: asleep'));
      const ran = await runAiops(['ask', text], { home });
      expect(ran.code).toBe(2);
      expect(ran.stderr.match(/^\S*account\.yaml:\d+: /gm)).toHaveLength(2);
      expect(ran.stderr).not.toContain(String.raw`\n`);
      expect(ran.stderr).not.toMatch(/There is no|could not be looked up/);
      expectPlain(ran);
    },
  );

  test.each([
    ['stop east-1', 'denied', /"east-1" is not among .*\nNot everything .*us-west-2 \(access denied\)/],
    ['CPU of east-1', 'denied', /"east-1" is not among .*\nNot everything .*us-west-2 \(access denied\)/],
    ['east-1 중지해줘', '거부', /us-west-2의 instances \(접근 거부됨\)/],
    ['停止 east-1', '拒绝', /us-west-2 的 instances（访问被拒绝）/],
  ])('one region denied, "%s": what could not be listed stands in the question', async (text, _, said) => {
    const home = await makeHome(DENIED);
    const ran = await runAiops(['ask', text], { home });
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(said);
    expect(ran.stderr).not.toContain('There is no');
  });

  test('one region denied: a full id goes to the server, which says where it could not look', async () => {
    const home = await makeHome(DENIED);
    const ran = await runAiops(['ask', 'stop i-0a00000000000099'], { home });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/Not everything could be listed.*us-west-2/);
  });

  test('an account file that is not there', async () => {
    const home = await makeHome();
    const ran = await runAiops(['ask', 'list all instances'], {
      home,
      account: join(home.folder, 'none.yaml'),
    });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('none.yaml');
    expectPlain(ran);
  });

  test('a broken configuration: file, line and fix', async () => {
    const home = await makeHome();
    const folder = join(home.folder, 'config', 'aiops');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(join(folder, 'config.yaml'), 'lang: en\nmax_target: 3\n');
    const ran = await runAiops(['ask', 'list all instances'], { home });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/config\.yaml:2: .*max_target/);
    expectPlain(ran);
  });

  test('a configuration that was asked for must be there', async () => {
    const ran = await runAiops(['ask', 'list all instances', '--config', '/nowhere/config.yaml']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('/nowhere/config.yaml');
    expectPlain(ran);
  });

  test('real AWS without credentials', async () => {
    const ran = await runAiops(['ask', 'list all instances', '--region', 'us-east-1'], {
      account: 'aws',
      environment: { AWS_EC2_METADATA_DISABLED: 'true' },
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/credentials/i);
    expectPlain(ran);
  });

  test('a folder for state that cannot be written: reading goes on, a change is refused in words', async () => {
    const home = await makeHome();
    const blocked = join(home.folder, 'blocked');
    await writeFile(blocked, 'a file where a folder would have to be');
    const environment = { XDG_STATE_HOME: join(blocked, 'state'), XDG_CONFIG_HOME: join(blocked, 'config') };
    const read = await runAiops(['ask', 'list all instances'], { home, environment });
    expect(read.code).toBe(0);
    const change = await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], {
      home,
      environment,
    });
    expect(change.code).not.toBe(0);
    expectPlain(change);
  });

  test('a key that others can read is not used', async () => {
    const home = await makeHome();
    await runAiops(['ask', 'reboot api-1', '--approve', 'reboot_instances:api-1'], { home });
    await chmod(join(home.folder, 'config', 'aiops', 'approver.key'), 0o644);
    const ran = await runAiops(['ask', 'reboot web-1', '--approve', 'reboot_instances:web-1'], { home });
    expect(ran.code).toBe(4);
    expect(ran.stderr).toContain('chmod 600');
  });
});

describe('the launcher', () => {
  test.each(['aiops.js', 'aiops-mcp.js', 'node-version.js', 'compile-cache.js'])(
    '%s is syntax that Node 18 can parse',
    async (name) => {
      const { transform } = await import('esbuild');
      const text = await readFile(join(PACKAGE, 'bin', name), 'utf8');
      const { code } = await transform(text, { target: 'node18', minify: false });
      const same = await transform(text, { target: 'esnext', minify: false });
      expect(code).toBe(same.code);
    },
  );
});
