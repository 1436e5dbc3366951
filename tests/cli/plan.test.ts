import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeHome } from '../tools-client/small-shop.ts';
import { runAiops } from './run-aiops.ts';

test('plan prints what would be called, and calls nothing', async () => {
  const home = await makeHome();
  const { code, stdout } = await runAiops(['plan', 'terminate bastion'], { home });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^destructive +terminate_instances\(instances: \[bastion\]\)$/m);
  const { stdout: audit } = await runAiops(['audit', 'export'], { home });
  expect(audit).toBe('');
});

test('a question is 3, a refusal 5', async () => {
  expect((await runAiops(['plan', 'start batch'])).code).toBe(3);
  expect((await runAiops(['plan', 'terminate everything'])).code).toBe(5);
});

test('--batch reads texts and objects, prints one JSON object a line, in order', async () => {
  const home = await makeHome();
  const file = join(home.folder, 'batch.jsonl');
  const lines = [
    'list all instances',
    JSON.stringify({ id: 'b', text: 'stop web-1' }),
    JSON.stringify({ id: 'c', text: 'and reboot it', context: ['describe api-1'] }),
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const { code, stdout } = await runAiops(['plan', '--batch', file], { home });
  expect(code).toBe(0);
  const read = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(read.length).toBe(3);
  expect(read[0]).toMatchObject({ outcome: 'calls', calls: [{ tool: 'list_instances', risk: 'read' }] });
  expect(read[1]).toMatchObject({
    id: 'b',
    calls: [{ tool: 'stop_instances', arguments: { instances: ['web-1'] } }],
  });
  expect(read[2]).toMatchObject({ id: 'c', calls: [{ tool: 'reboot_instances' }] });
  expect(JSON.stringify(read[2].calls)).toMatch(/api-1|i-0a00000000000005/);
  expect(typeof read[0].ms).toBe('number');
});

test('a line that is not JSON names its place', async () => {
  const home = await makeHome();
  const file = join(home.folder, 'batch.jsonl');
  await writeFile(file, 'list all instances\n{"text": \n');
  const { code, stderr } = await runAiops(['plan', '--batch', file], { home });
  expect(code).toBe(2);
  expect(stderr).toContain('batch.jsonl:2');
});
