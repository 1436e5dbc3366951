import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountChecks } from '../../src/cli/doctor/account-checks.ts';
import { machineChecks } from '../../src/cli/doctor/machine-checks.ts';
import { type Newcomer, newcomer } from '../e2e/program.ts';

let person: Newcomer;
beforeEach(async () => {
  person = await newcomer();
});
afterEach(() => person.leave());

type Row = { name: string; status: string; found: string; todo?: string };

async function examined(args: string[]) {
  const { stdout, code } = await person.run(['doctor', '--json', ...args]);
  const rows: Row[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { code, row: (name: string) => rows.find((one) => one.name === name) };
}

test('on the account that ships with the product nothing is amiss', async () => {
  const { code, row } = await examined(['--account', 'demo']);
  expect(code).toBe(0);
  // What is simulated is not called good: it says nothing about anybody's AWS.
  expect(row('credentials')).toMatchObject({
    status: 'note',
    found: expect.stringContaining('a simulated account'),
  });
  expect(row('permissions')).toMatchObject({
    status: 'good',
    found: expect.stringMatching(/all \d+ needed/),
  });
  expect(row('configuration')?.status).toBe('good');
});

test('a configuration that does not load, a key others can read and no credentials each say what to do', async () => {
  const folder = join(person.home, 'config', 'aiops');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'config.yaml'), 'max_targets: many\n');
  writeFileSync(join(folder, 'approver.key'), 'x');
  chmodSync(join(folder, 'approver.key'), 0o644);
  const { code, row } = await examined(['--account', 'aws', '--region', 'eu-central-1']);
  expect(code).toBe(1);
  expect(row('configuration')).toMatchObject({
    status: 'failure',
    found: expect.stringContaining('max_targets'),
  });
  expect(row('approval key')).toMatchObject({ status: 'failure', found: expect.stringContaining('chmod') });
  expect(row('credentials')).toMatchObject({
    status: 'failure',
    todo: expect.stringContaining('aws configure'),
  });
});

const MACHINE = {
  nodeVersion: '24.1.0',
  platform: 'linux',
  environment: { LANG: 'ko_KR.UTF-8' },
  terminal: { input: true, output: true, columns: 80, rows: 24 },
} as const;

test.each([
  ['node', { nodeVersion: '20.19.0' }, 'failure'],
  ['node', { nodeVersion: '22.13.0' }, 'good'],
  ['node', { nodeVersion: '22.12.9' }, 'failure'],
  ['terminal', { terminal: { ...MACHINE.terminal, columns: 30 } }, 'warning'],
  ['terminal', { environment: { LANG: 'C.UTF-8', TERM: 'dumb' } }, 'warning'],
  ['terminal', { terminal: { ...MACHINE.terminal, input: false } }, 'note'],
  ['characters', { environment: { LANG: 'C' } }, 'warning'],
  ['characters', { environment: { LANG: 'C', LC_ALL: 'en_US.utf8' } }, 'good'],
])('%s on %j: %s', (name, difference, status) => {
  const found = machineChecks({ ...MACHINE, ...difference }).find((check) => check.name === name);
  expect(found?.status).toBe(status);
});

const ACCOUNT = {
  name: 'prod',
  current: true,
  backend: { kind: 'aws' as const, endpoint: null },
  account: '123456789012',
  identity: 'arn:aws:iam::123456789012:user/jane',
  regions: ['eu-central-1'],
  problem: null,
  clock_ahead_ms: 0,
  permissions: null,
};

test.each([
  [0, 'good'],
  [-45_000, 'warning'],
  [6 * 60_000, 'failure'],
  [null, 'note'],
])('a clock %s ms ahead: %s', (clock_ahead_ms, status) => {
  const checks = accountChecks({ ...ACCOUNT, clock_ahead_ms });
  expect(checks.find(({ name }) => name === 'clock')?.status).toBe(status);
});

test('what is missing is named with the tools it is for, and what is beyond need', () => {
  const checks = accountChecks({
    ...ACCOUNT,
    permissions: {
      how: 'asked_iam',
      principal: ACCOUNT.identity,
      asked: 3,
      missing: [{ action: 'ec2:StopInstances', tools: ['stop_instances'], denied: 'explicit' }],
      beyond: ['iam:CreateUser'],
    },
  });
  const lines = checks.map(({ status, found }) => `${status}: ${found}`);
  expect(lines).toContain('warning: missing: ec2:StopInstances (forbidden) for stop_instances');
  expect(lines).toContain('warning: allowed and needed by nothing here: iam:CreateUser');
});
