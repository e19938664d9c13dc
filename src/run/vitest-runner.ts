import { basename } from 'node:path';
import type { ProvidedContext } from 'vitest';
import type { CliOptions, TestCase, TestModule } from 'vitest/node';
import type { CheckOutcome } from './record.js';
import { packRequest, type RunRequest } from './run-request.js';

/** One finished check; `outcome` is null when the worker could not report one. */
export type Finished = { id: string; outcome: CheckOutcome | null; detail: string };

/**
 * `problems` are failures of the harness outside of any check: an import that fails, a worker that dies. `files` are
 * the names of the spec files that fall to the shard, whether vitest came to them or not; empty without a shard.
 */
export type RunnerResult = { finished: Finished[]; problems: string[]; files: string[] };

/** Which part of the spec files to run: `index` of `count`, from 1. */
export type Shard = { index: number; count: number };

/**
 * Runs the spec files that make one test per check, in vitest's own workers. They find `request` by
 * `inject('syncproof')` and leave each check's outcome in `task.meta.syncproof`.
 */
export async function runInVitest(
  folder: string,
  pattern: string,
  request: RunRequest,
  onFinished: (finished: Finished) => void,
  shard: Shard | null = null,
): Promise<RunnerResult> {
  const finished: Finished[] = [];
  const { problems, files } = await runSpecs({
    folder,
    pattern,
    shard,
    workers: request.head === undefined ? 2 : 1,
    provide: { syncproof: packRequest(request) },
    onTest: (test) => {
      const one = toFinished(test);
      finished.push(one);
      onFinished(one);
    },
  });
  return { finished, problems, files };
}

type SpecRun = {
  folder: string;
  pattern: string;
  shard?: Shard | null;
  workers?: number;
  provide: Partial<ProvidedContext>;
  onTest: (test: TestCase) => void;
};

export const loadVitest = () => import('vitest/node');

/** Runs spec files in vitest's workers; gives the failures outside of any test, and the files of the shard. */
export async function runSpecs({
  folder,
  pattern,
  shard = null,
  workers = 2,
  provide,
  onTest,
}: SpecRun): Promise<{ problems: string[]; files: string[] }> {
  const { BaseSequencer, createVitest } = await loadVitest();
  const problems: string[] = [];
  const previousExitCode = process.exitCode;
  const options: CliOptions = {
    watch: false,
    config: false,
    root: folder,
    dir: folder,
    include: [pattern],
    exclude: [],
    pool: 'threads',
    isolate: false,
    maxWorkers: workers,
    cache: false,
    passWithNoTests: true,
    testTimeout: 30_000,
    provide: provide as ProvidedContext,
    ...(shard === null ? {} : { shard: `${shard.index}/${shard.count}` }),
    server: { deps: { external: [/\/(dist|node_modules)\//] } },
    reporters: [
      {
        onTestCaseResult: onTest,
        onTestRunEnd(modules: readonly TestModule[], errors) {
          for (const module of modules) problems.push(...module.errors().map((error) => error.message));
          problems.push(...errors.map((error) => error.message));
        },
      },
    ],
  };
  // Told so, vite looks for no workspace and no style settings in the folders around.
  const told = { server: { fs: { allow: [folder] } }, css: { postcss: {} } };
  const vitest = await createVitest('test', options, told);
  const files: string[] = [];
  try {
    if (shard !== null) {
      const own = await new BaseSequencer(vitest).shard(await vitest.globTestSpecifications());
      files.push(...own.map((one) => basename(one.moduleId)));
    }
    await vitest.start();
  } finally {
    await vitest.close();
    process.exitCode = previousExitCode;
  }
  return { problems, files };
}

function toFinished(test: TestCase): Finished {
  const result = test.result();
  const detail = (result.errors ?? []).map((error) => error.message).join('; ');
  return { id: test.name, outcome: test.meta().syncproof ?? null, detail };
}
