/** The tests that judge the mutants of each folder; see docs/mutation.md. */
const CORRECT = 'specs/mutation/correct-sync.spec.js';
const TESTS = {
  document: ['src/document/**/!(read-robust).test.js', 'specs/mutation/golden-documents.spec.js'],
  checklist: ['src/checklist/**/*.test.js', 'specs/mutation/golden-checklists.spec.js'],
  checks: [
    'src/checks/**/*.test.js',
    CORRECT,
    'specs/mutation/{correct-forms,policies,red-checks,own-faults,kept-judgements}.spec.js',
  ],
  run: ['src/run/**/*.test.js'],
  sync: [
    'src/sync/**/*.test.js',
    CORRECT,
    'specs/mutation/policies.spec.js',
    'specs/mutation/{kept,played}-histories.spec.js',
    'specs/mutation/{correct-forms,red-checks}.spec.js',
    'specs/sync/{found-by-simulation-*,workers-tenants,crash,scope-exit,unseen-changes,lacking-provider,shared-properties}.spec.js',
  ],
};
const folder = process.env.MUTATE ?? 'document';
process.env.MUTATION_TESTS = TESTS[folder].join(' ');
/** The tests of the other folders take a second or two in all. */
const SAMPLES = { checks: '100', sync: '700' };
process.env.MUTATION_SAMPLE ??= SAMPLES[folder] ?? '0';

export default {
  mutate: [
    `src/${folder}/**/*.ts`,
    '!src/**/*.test.ts',
    '!src/**/testing/**',
    '!src/run/vitest-runner.ts',
    'specs/mutation/in-mocha/control.mjs',
  ],
  plugins: [
    '@stryker-mutator/mocha-runner',
    './specs/mutation/ignore-prose.mjs',
    './specs/mutation/keep-survivors.mjs',
  ],
  ignorers: ['prose'],
  ignorePatterns: ['/dist', '/reports', '/docs', '/.stryker-tmp'],
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  buildCommand: 'tsc -p tsconfig.mutation.json',
  testRunner: 'mocha',
  testRunnerNodeArgs: ['--import', './specs/mutation/in-mocha/register.mjs'],
  mochaOptions: { spec: ['specs/mutation/in-mocha/load.mjs'], 'no-config': true, 'no-package': true },
  coverageAnalysis: 'perTest',
  ignoreStatic: process.env.STATIC !== '1',
  incremental: true,
  incrementalFile: `reports/mutation/${folder}.incremental.json`,
  reporters: ['clear-text', 'progress-append-only', 'json', 'html', 'so-far'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: false, allowColor: false },
  jsonReporter: { fileName: `reports/mutation/${folder}.json` },
  htmlReporter: { fileName: `reports/mutation/${folder}.html` },
  concurrency: Number(process.env.CONCURRENCY ?? 1),
  /** Loops end at the hit limit; a process that waits for its turn on a loaded machine must not count as killed. */
  timeoutMS: 120000,
  timeoutFactor: 0.5,
  thresholds: { high: 90, low: 85, break: 85 },
};
