import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));

/** CommonJS dependencies call `require` for Node's own modules; a module has none unless it makes one. */
const REQUIRE =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** How a program is bundled: the product's own, and those of tests and benches that run its parts. */
export const BUNDLING = {
  absWorkingDir: PACKAGE,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  // The AWS clients' modules shake to what is used; their CommonJS takes three times as long to load.
  mainFields: ['module', 'main'],
  jsx: 'automatic',
  banner: { js: REQUIRE },
  // Ink loads it for its developers only, and it is not installed.
  alias: { 'react-devtools-core': join(PACKAGE, 'scripts', 'no-devtools.ts') },
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'none',
  logLevel: 'warning',
} as const satisfies BuildOptions;
