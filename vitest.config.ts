import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/slow/**'],
    globalSetup: ['tests/build-once.ts'],
    // Most of the time goes to waiting for child processes: more files at a time than there are cores.
    maxWorkers: 4,
    // A worker goes on to the next file: no test mocks a module, and loading them anew costs a third of the time.
    isolate: false,
    testTimeout: 30_000,
    // On a machine that is busy with other things a child process may come too late once; the report says so.
    retry: 1,
    hookTimeout: 30_000,
  },
});
