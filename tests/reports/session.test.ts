import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { KeptEntry, KeptLine, SessionSummary } from '../../src/domain/kept-session.ts';
import { maskSecrets } from '../../src/domain/secrets.ts';
import { exportSession, sessionExport } from '../../src/reports/session/session-export.ts';
import { formatOf, sessionText, writeSessionFile } from '../../src/reports/session/session-file.ts';
import { rebootProposal } from '../terminal/samples.ts';

const AT = Date.parse('2026-11-20T00:30:00Z');

const SUMMARY: SessionSummary = {
  id: 'k3v9x2ab',
  startedAt: AT,
  lastAt: AT,
  asked: '--account shop',
  folder: '/home/jane',
  place: { name: 'shop', account: '111122223333', backend: 'aws' },
  title: 'list all instances',
  turns: 2,
  continues: null,
  holder: null,
};

const listing = { tool: 'list_instances', arguments: {}, risk: 'read' as const, namedInFull: false };
const reboot = {
  tool: 'reboot_instances',
  arguments: { instances: ['web-1'] },
  risk: 'destructive' as const,
  namedInFull: true,
};
const proposal = rebootProposal();
const CLI = "aws ec2 describe-instances --region 'ap-northeast-2'";
const KEY = 'AKIA' + 'ABCDEFGHIJKLMNOP';

const DATA = {
  instances: [
    {
      id: 'i-1',
      name: 'web|1',
      state: 'running',
      tags: { env: 'prod' },
      launched_at: '2026-11-01T00:00:00Z',
    },
    { id: 'i-2', name: 'evil\u202e<b>`x`', state: 'stopped', tags: {} },
  ],
  counts: { running: 1, stopped: 1 },
  coverage: {
    looked_at: ['EC2 DescribeInstances ap-northeast-2'],
    gaps: [{ what: 'instances', why: 'denied', detail: 'us-west-2 may not be read', region: 'us-west-2' }],
  },
  call: {
    cli: [CLI],
    console: null,
    account: 'shop',
    regions: ['ap-northeast-2'],
    aws_calls: 1,
    retries: 0,
    elapsed_ms: 4,
  },
};

function lines(...entries: KeptEntry[]): KeptLine[] {
  return entries.map((entry, index) => ({ at: AT + index * 1_000, entry }));
}

const LINES = lines(
  { type: 'opened', version: '1.2.3', server: 'server-1' },
  { type: 'place', place: SUMMARY.place, region: 'ap-northeast-2' },
  { type: 'turn_started', turn: 't1', text: 'list all instances', provenance: 'typed' },
  {
    type: 'call',
    turn: 't1',
    view: { id: 't1.1', call: listing, state: { status: 'running', startedAt: AT } },
  },
  {
    type: 'call',
    turn: 't1',
    view: { id: 't1.1', call: listing, state: { status: 'done', elapsedMs: 42, text: 'x', data: DATA } },
  },
  { type: 'say', turn: 't1', tone: 'answer', text: `2 instances; a log line says ${KEY}.` },
  { type: 'turn_ended', turn: 't1', outcome: 'answered' },
  // A second run of the program: its turns are numbered from t1 again.
  { type: 'opened', version: '1.2.4', server: 'server-2' },
  { type: 'turn_started', turn: 't1', text: '*web-1* 재부팅해줘\n빨리', provenance: 'typed' },
  {
    type: 'call',
    turn: 't1',
    view: { id: 't1.1', call: reboot, state: { status: 'awaiting_approval', proposal } },
  },
  { type: 'approval_asked', turn: 't1', call: 't1.1', proposal, flagged: ['only in a log line: "web-1"'] },
  { type: 'approval_settled', turn: 't1', call: 't1.1', decision: 'approve' },
);

test('the JSON export fits its published schema, and holds what was recorded and nothing else', () => {
  const exported = exportSession(SUMMARY, LINES, 3);
  expect(sessionExport.parse(JSON.parse(JSON.stringify(exported)))).toEqual(exported);
  expect(exported).toMatchObject({
    format: 'aiops.session',
    version: 1,
    id: 'k3v9x2ab',
    started_at: '2026-11-20T00:30:00.000Z',
    account: { name: 'shop', account: '111122223333' },
    runs: [{ session: 'server-1' }, { session: 'server-2', version: '1.2.4' }],
    places: [{ account: 'shop', region: 'ap-northeast-2' }],
    unread: 3,
    masked: 1,
  });
  const [first, second] = exported.turns;
  expect(first).toMatchObject({ number: 1, outcome: 'answered', text: 'list all instances' });
  // A call is there once, as it ended.
  expect(first?.calls).toMatchObject([
    { tool: 'list_instances', status: 'done', elapsed_ms: 42, cli: [CLI] },
  ]);
  expect(first?.calls[0]?.result).toMatchObject({ counts: { running: 1 } });
  expect(first?.said[0]?.text).toBe('2 instances; a log line says [masked: access key id].');
  expect(second).toMatchObject({
    number: 2,
    outcome: 'unfinished',
    ended_at: null,
    calls: [{ tool: 'reboot_instances', status: 'unfinished' }],
    approvals: [
      {
        proposal: proposal.id,
        decision: 'approve',
        changes: [{ tool: 'reboot_instances', targets: [{ name: 'api-1' }] }],
        flagged: ['only in a log line: "web-1"'],
      },
    ],
  });
});

test('the Markdown has tables, CLI lines, gaps, approvals and local times, and no markup from outside', () => {
  const setting = { language: 'en', timeZone: 'Asia/Seoul' } as const;
  const text = sessionText({ summary: SUMMARY, lines: LINES, unread: 0 }, 'md', setting);
  expect(text).toContain('# Session k3v9x2ab: list all instances');
  expect(text).toContain('| Account | shop · 111122223333 |');
  expect(text).toContain('Times are in Asia/Seoul.');
  expect(text).toContain('2026-11-20 09:30:02 +09:00 · Outcome: answered');
  expect(text).toContain('| id | name | state | launched\\_at | tags |');
  expect(text).toContain('| i-1 | web\\|1 | running | 2026-11-01T00:00:00Z | env=prod |');
  // Nothing hidden, no HTML, no code span of somebody else's.
  expect(text).toContain('evil\\\\u\\{202e\\}\\<b\\>\\`x\\`');
  expect(text).not.toContain('\u202e');
  expect(text).toContain(`\`\`\`sh\n${CLI}\n\`\`\``);
  expect(text).toContain('Not seen: instances: us-west-2 may not be read');
  expect(text).toContain('## 2. \\*web-1\\* 재부팅해줘');
  expect(text).toMatch(/> \*\*Approval\*\* \(proposal [^)]+\): `reboot_instances` api-1 \(i-0api1\)/);
  expect(text).toContain('> **approved** · 2026-11-20 09:30:11 +09:00');
  expect(text).toContain('unfinished: the record ends here');
  const korean = sessionText({ summary: SUMMARY, lines: LINES, unread: 2 }, 'md', {
    ...setting,
    language: 'ko',
  });
  expect(korean).toContain('| 계정 | shop · 111122223333 |');
  expect(korean).toContain('2줄은 읽을 수 없어');
});

test('masks what looks like a secret and leaves what does not', () => {
  const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTYifQ', 'c2lnbmF0dXJlLWhlcmU'].join('.');
  const { value, count } = maskSecrets({
    log: `password=hunter22 user=jane, Authorization: Bearer abcdefghijklmnop1234, ${jwt}`,
    key: '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
    env: 'AWS_SECRET_ACCESS_KEY=abcdEFGHijklMNOPqrstUVWXyz0123456789/+AB',
    plain: 'the password was changed; i-0a00000000000001 is fine',
    count: 7,
  });
  expect(count).toBe(5);
  expect(value).toMatchObject({
    log: 'password=[masked: secret] user=jane, Authorization: Bearer [masked: token], [masked: token]',
    key: '[masked: private key]',
    env: 'AWS_SECRET_ACCESS_KEY=[masked: secret]',
    plain: 'the password was changed; i-0a00000000000001 is fine',
    count: 7,
  });
});

test('a file is written for its owner alone, into a folder under its usual name, and never over another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aiops-export-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'aiops-k3v9x2ab.md');
  expect(await writeSessionFile('one\n', 'k3v9x2ab', 'md', folder)).toEqual({ kind: 'written', file });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await writeSessionFile('two\n', 'k3v9x2ab', 'md', file)).toEqual({ kind: 'exists', file });
  expect(await readFile(file, 'utf8')).toBe('one\n');
  expect(await writeSessionFile('x', 'k3v9x2ab', 'md', join(file, 'deeper.md'))).toMatchObject({
    kind: 'failed',
  });
  expect([formatOf('a.JSON'), formatOf('b.markdown'), formatOf('c')]).toEqual(['json', 'md', null]);
});
