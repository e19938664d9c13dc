import { defineConfig } from 'vitest/config';

/** Every check over HTTP: between three served processes that are killed on the way, and between two json-servers; faults as processes that users start. */
export default defineConfig({
  test: {
    include: [
      'specs/remote/same-verdicts.spec.ts',
      'specs/remote/json-server-all.spec.ts',
      'specs/remote/served-faults.spec.ts',
    ],
    maxWorkers: 3,
    pool: 'forks',
    testTimeout: 60_000,
  },
});
