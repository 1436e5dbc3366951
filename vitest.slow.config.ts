import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/slow/**/*.test.{ts,tsx}'],
    globalSetup: ['tests/build-once.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
