import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AIOPS, AIOPS_MCP, type Newcomer, newcomer, ROOT } from '../e2e/program.ts';

const run = promisify(execFile);

/** Real older Nodes, as their npm packages have them. */
const VERSIONS = ['18.20.8', '20.19.5', '22.12.0'];

let person: Newcomer;
let folder: string;
const nodes = new Map<string, string>();

beforeAll(async () => {
  person = await newcomer();
  folder = await mkdtemp(join(tmpdir(), 'aiops-nodes-'));
  for (const version of VERSIONS) {
    const name = `node-${process.platform}-${process.arch}`;
    const { stdout } = await run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: folder });
    await run('tar', ['xzf', stdout.trim(), `--one-top-level=${version}`], { cwd: folder });
    nodes.set(version, join(folder, version, 'package', 'bin', 'node'));
  }
}, 300_000);

afterAll(async () => {
  await person.leave();
  await rm(folder, { recursive: true, force: true });
});

function started(node: string, words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(node, words, { env: person.env, cwd: person.home }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    }).stdin?.end();
  });
}

describe.each(VERSIONS)('under Node %s', (version) => {
  test('it is the Node it says it is', async () => {
    expect((await started(nodes.get(version) ?? '', ['--version'])).stdout.trim()).toBe(`v${version}`);
  });

  test('aiops works, on the Node that came with it', async () => {
    const { code, stdout } = await started(nodes.get(version) ?? '', [
      AIOPS,
      'ask',
      '--account',
      'demo',
      'list all instances',
    ]);
    expect(stdout).toContain('9 instances: 7 running, 2 stopped');
    expect(code).toBe(0);
  });

  test('aiops-mcp says how it is used, on the Node that came with it', async () => {
    const { stdout, stderr } = await started(nodes.get(version) ?? '', [AIOPS_MCP, '--help']);
    expect(stdout + stderr).toContain('--account');
  });

  test('without one it says exactly what to install', async () => {
    const bare = join(folder, `bare-${version}`);
    await cp(join(ROOT, 'bin'), join(bare, 'bin'), { recursive: true });
    await cp(join(ROOT, 'package.json'), join(bare, 'package.json'));
    const { code, stderr } = await started(nodes.get(version) ?? '', [
      join(bare, 'bin', 'aiops.js'),
      'ask',
      'hello',
    ]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(new RegExp(`This is Node ${version}; aiops needs Node 22\\.13 or newer`));
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
