import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
const DIST = join(PACKAGE, 'dist');

/** CommonJS dependencies call `require` for Node's own modules; a module has none unless it makes one. */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const { outputFiles } = await build({
  absWorkingDir: PACKAGE,
  entryPoints: { aiops: 'src/main.ts', 'aiops-mcp': 'mcp-server/main.ts' },
  outdir: DIST,
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  // The AWS clients' modules shake to what is used; their CommonJS takes three times as long to load.
  mainFields: ['module', 'main'],
  // Whatever is imported lazily stays a file of its own, loaded when it is first needed.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  jsx: 'automatic',
  banner: { js: REQUIRE },
  // Ink loads it for its developers only, and it is not installed.
  alias: { 'react-devtools-core': join(PACKAGE, 'scripts', 'no-devtools.ts') },
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
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
