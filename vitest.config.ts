import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'mocks/**/*.test.ts',
      'fixtures/**/*.test.ts',
      'specs/**/*.test.ts',
      'specs/**/*.spec.ts',
    ],
    pool: 'forks',
    isolate: false,
    testTimeout: 30_000,
  },
});
