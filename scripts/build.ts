import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUNDLING } from './bundling.ts';

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(PACKAGE, 'dist');

const { outputFiles } = await build({
  ...BUNDLING,
  entryPoints: { aiops: 'src/main.ts', 'aiops-mcp': 'mcp-server/main.ts' },
  outdir: DIST,
  write: false,
  // Whatever is imported lazily stays a file of its own, loaded when it is first needed.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
});

// Each file appears whole, chunks before the entries that name them: a program that runs meanwhile, or a
// second build, finds either the old bundle or the new one.
const files = outputFiles.toSorted((a, b) => Number(isEntry(a.path)) - Number(isEntry(b.path)));
await mkdir(join(DIST, 'chunks'), { recursive: true });
for (const { path, contents } of files) {
  const partial = `${path}.${process.pid}`;
  await writeFile(partial, contents);
  await rename(partial, path);
}
const wanted = new Set(files.map(({ path }) => relative(DIST, path)));
for (const file of await readdir(DIST, { recursive: true, withFileTypes: true })) {
  const path = join(file.parentPath, file.name);
  if (file.isFile() && !wanted.has(relative(DIST, path))) await rm(path, { force: true });
}

function isEntry(path: string): boolean {
  return dirname(path) === DIST;
}
