import { defineConfig } from 'vitest/config';

/** Every check over HTTP: between three served processes that are killed on the way, and between two json-servers. */
export default defineConfig({
  test: {
    include: ['specs/remote/same-verdicts.spec.ts', 'specs/remote/json-server-all.spec.ts'],
    fileParallelism: false,
    pool: 'forks',
    testTimeout: 60_000,
  },
});
