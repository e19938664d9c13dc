import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** `ALLURE=1` writes Allure results of our own tests too. */
const reporters = process.env['ALLURE'] === '1' ? ['default', 'allure-vitest/reporter'] : ['default'];

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'mocks/**/*.test.ts',
      'fixtures/**/*.test.ts',
      'examples/**/*.test.ts',
      'specs/**/*.test.ts',
      'specs/**/*.spec.ts',
    ],
    /** `npm run prove` runs these: every fault of the catalogue, for minutes. */
    /** `npm run test:remote` runs what serves processes of its own for longer than half a minute. */
    /** `npm run regen` writes the kept judgements anew, and CI asks git for a difference; Stryker needs them as tests. */
    /** `specs/proof/histories.spec.ts` plays the kept histories; Stryker needs them on the sources. */
    exclude: [
      'specs/mutation/kept-histories.spec.ts',
      'specs/mutation/kept-judgements.spec.ts',
      'specs/proof-*.spec.ts',
      'specs/remote/same-verdicts.spec.ts',
      'specs/remote/json-server-all.spec.ts',
      'specs/remote/served-faults.spec.ts',
      '**/node_modules/**',
    ],
    pool: 'forks',
    isolate: false,
    /** One more than there are cores: many specs wait for processes of their own and for real time. */
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    reporters,
    setupFiles: process.env['ALLURE'] === '1' ? ['allure-vitest/setup'] : [],
  },
});
