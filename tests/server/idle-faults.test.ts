import { expect, test } from 'vitest';
import { accountReport, RESOURCES } from '../../mcp-server/contract/wire.ts';
import { composedServer } from './in-process.ts';

const account = (faults: string) => `account: "111122223333"
regions: [ap-northeast-2]
ec2: [{id: i-00000000000000001, name: web-1, type: t3.medium}]
elb: [{name: front, targets: [{id: web-1}]}]
faults: [${faults}]
`;

async function reportOn(faults: string) {
  const { client } = await composedServer({ account: account(faults) });
  const { contents } = await client.readResource({ uri: RESOURCES.account });
  const [content] = contents;
  return accountReport.parse(JSON.parse(content && 'text' in content ? String(content.text) : 'null'));
}

test('faults that nothing acts on are told, and those that act are not', async () => {
  const report = await reportOn(
    '{at: +1m, kind: process_crash, on: web-1}, {at: +1m, kind: pod_crashloop, on: payment}, {at: +1m, kind: disk_full, on: front}',
  );
  expect(report.accounts[0]?.notes).toEqual([
    'Not simulated yet, so they change nothing: these faults of the account file: pod_crashloop on payment, disk_full on front.',
  ]);
});

test('an account whose faults all act has nothing to tell', async () => {
  const report = await reportOn('{at: +1m, kind: process_crash, on: web-1}');
  expect(report.accounts[0]).not.toHaveProperty('notes');
});
