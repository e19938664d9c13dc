import { defineConfig } from 'vitest/config';

/** Every check over HTTP between three served processes, each killed and started again on the way. */
export default defineConfig({
  test: { include: ['specs/remote/same-verdicts.spec.ts'], pool: 'forks', testTimeout: 60_000 },
});
