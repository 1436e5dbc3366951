import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['tests/slow/**'],
    globalSetup: ['tests/build-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
