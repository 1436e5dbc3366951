import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/slow/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/build-once.ts'],
    maxWorkers: 4,
    isolate: false,
    testTimeout: 120_000,
    // On a machine that is busy with other things a child process may come too late once; the report says so.
    retry: 1,
    hookTimeout: 60_000,
  },
});
