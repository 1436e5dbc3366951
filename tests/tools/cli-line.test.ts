import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Account } from '../../mcp-server/cloud/account.ts';
import { awsLine, shellWord } from '../../mcp-server/tools/cli-line.ts';

test('a profile and a region are part of the line', () => {
  const place = { account: { profile: 'my work' } as Account, region: 'eu-west-1' };
  expect(awsLine(place, 'ec2', 'stop-instances', '--instance-ids', 'i-1')).toBe(
    "aws ec2 stop-instances --instance-ids i-1 --region eu-west-1 --profile 'my work'",
  );
});

test('a shell reads every word back as it was', () => {
  const words = fc
    .sample(fc.string({ unit: 'binary', maxLength: 12 }), 200)
    .filter((word) => !word.includes('\0'));
  const nasty = [
    "'",
    '"',
    '$(echo no)',
    '`echo no`',
    '$HOME',
    'a b',
    '',
    '\n',
    '*',
    '~',
    '!',
    '한글',
    "it's",
    '\\',
    '-n',
  ];
  const all = [...nasty, ...words].map((word) => word.toWellFormed());
  const read = execFileSync('sh', ['-c', `printf '%s\\0' ${all.map(shellWord).join(' ')}`]).toString();
  expect(read.split('\0').slice(0, -1)).toEqual(all);
});
