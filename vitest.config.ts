import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,integration,stack,browser,proof}/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    // As long as a computer takes that is slow and has other things to do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
