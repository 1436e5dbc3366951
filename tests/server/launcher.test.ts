import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));

/** A package of nothing but the launcher and a program that says which Node runs it. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aiops-launcher-'));
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await cp(BIN, join(folder, 'bin'), { recursive: true });
  await writeFile(
    join(folder, 'dist', 'aiops-mcp.js'),
    'export async function main(words) { console.log(JSON.stringify({ words, node: process.execPath })); return 7; }',
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the launcher in a Node that says it is of another version. */
async function launched(version: string, words: string[]) {
  const pretend = join(folder, 'pretend.mjs');
  const lie =
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: process.env.PRETEND } });";
  // Whom it hands over to is the Node it is.
  await writeFile(pretend, `if (process.env.PRETEND) { ${lie} delete process.env.PRETEND; }`);
  const child = spawn(NODE, ['--import', pretend, join(folder, 'bin', 'aiops-mcp.js'), ...words], {
    env: { PATH: process.env.PATH, PRETEND: version },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, out, err };
}

test('a Node that is new enough runs the program itself', async () => {
  const { code, out } = await launched('22.13.0', ['--debug', 'a b']);
  expect(code).toBe(7);
  expect(JSON.parse(out)).toMatchObject({ words: ['--debug', 'a b'] });
});

test.each(['18.20.0', '20.20.2', '22.12.0'])(
  'Node %s hands over to the Node of the package',
  async (version) => {
    await mkdir(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
    await symlink(NODE, join(folder, 'node_modules', 'node', 'bin', 'node'));
    const { code, out } = await launched(version, ['--debug', 'a b']);
    expect(code).toBe(7);
    expect(JSON.parse(out)).toMatchObject({ words: ['--debug', 'a b'] });
  },
);

test('without one it says what to install', async () => {
  const { code, out, err } = await launched('18.20.0', []);
  expect(code).toBe(69);
  expect(out).toBe('');
  expect(err).toContain('This is Node 18.20.0; aiops needs Node 22.13 or newer.');
  expect(err).not.toContain('    at ');
});

test('without a bundle it says how to make one', async () => {
  await rm(join(folder, 'dist', 'aiops-mcp.js'));
  const { code, err } = await launched('24.0.0', []);
  expect(code).toBe(69);
  expect(err).toContain('npm run build');
});

test('the launchers hold no syntax newer than Node 18 reads', async () => {
  for (const name of await readdir(BIN)) {
    const text = await readFile(join(BIN, name), 'utf8');
    expect(text).not.toMatch(
      /\bimport\s.*\bwith\s*\{|\busing\s|\bawait\s+using|import\.meta\.(dirname|filename|main)/,
    );
  }
});
