import { join } from 'node:path';
import type { ContractOutcome } from '../contract-checks/run.js';
import { contractRun } from '../run/contract-record.js';
import { runSpecs } from '../run/vitest-runner.js';
import { evaluateGate, NOTHING_ASKED } from '../report/gate.js';
import { EXIT } from './exit-codes.js';
import { packageVersion, shown, specFolder } from './package-root.js';
import { publish } from './publish.js';
import { writeWhole } from '../files/write-file.js';
import { contractRequest, type Asked } from './contract-subjects.js';

type Options = Asked & {
  outDir: string | null;
  html: boolean;
  color: boolean;
  json: boolean;
};

/** Verifies the stand-ins, or a live provider, and tells in the same reports as the checklist. */
export async function contractCheck(options: Options): Promise<number> {
  const started = Date.now();
  const request = await contractRequest(options);
  const outcomes: ContractOutcome[] = [];
  const problemsOfTests: string[] = [];
  const { problems } = await runSpecs({
    folder: specFolder(),
    pattern: 'contract-1.spec.js',
    provide: { contract: request },
    onTest: (test) => {
      const outcome = test.meta().contract;
      if (outcome === undefined) problemsOfTests.push(`${test.name} gave no result`);
      else outcomes.push(outcome);
    },
  });
  const problemsOfAll = [...problems, ...problemsOfTests];
  const ended = Date.now();
  const hosts = request.subjects.flatMap(({ contract, live }) =>
    live === null ? [] : [new URL(contract.api.baseUrl).host],
  );
  const target = hosts.length === 0 ? 'the stand-ins' : hosts.join(' and ');
  const run = contractRun(outcomes, {
    version: packageVersion(),
    target,
    seed: options.seed,
    started,
    ended,
    problems: problemsOfAll,
    replay: (id) =>
      [
        `npx syncproof contract check --system ${id.split('/')[0] ?? ''} --seed ${options.seed}`,
        ...(options.documentPath === null ? [] : [`--document ${shown(options.documentPath)}`]),
        ...(options.profilePath === null ? [] : [`--profile ${shown(options.profilePath)}`]),
        ...(options.baseUrl === null ? [] : [`--base-url ${options.baseUrl}`]),
      ].join(' '),
  });
  const judged = {
    ...run,
    gate: evaluateGate(run, { ...NOTHING_ASKED, rules: { minVerified: 1 } }, new Date(ended)),
  };
  if (options.outDir !== null) {
    for (const { contract, live } of request.subjects)
      if (live !== null)
        await writeWhole(
          join(options.outDir, `capabilities.${contract.key}.json`),
          `${JSON.stringify(live.capabilities, null, 2)}\n`,
        );
    return publish(judged, {
      outDir: options.outDir,
      html: options.html,
      allure: true,
      json: options.json,
      color: options.color,
    });
  }
  if (options.json) process.stdout.write(`${JSON.stringify(outcomes, null, 2)}\n`);
  else process.stdout.write(renderOutcomes(outcomes, target));
  for (const problem of problemsOfAll) process.stderr.write(`error: ${problem}\n`);
  return exitOf(outcomes, problemsOfAll);
}

/** The exit code of a check: nothing verified is never a success. */
export function exitOf(outcomes: Pick<ContractOutcome, 'verdict'>[], problems: string[]): number {
  if (problems.length > 0 || outcomes.some((one) => one.verdict === 'error')) return EXIT.harness;
  if (outcomes.some((one) => one.verdict === 'failed')) return EXIT.failed;
  return outcomes.some((one) => one.verdict === 'verified') ? EXIT.ok : EXIT.notVerified;
}

function renderOutcomes(outcomes: ContractOutcome[], target: string): string {
  const lines: string[] = [];
  for (const system of new Set(outcomes.map((one) => one.system))) {
    const own = outcomes.filter((one) => one.system === system);
    const count = (verdict: ContractOutcome['verdict']) =>
      own.filter((one) => one.verdict === verdict).length;
    lines.push(
      `${system.padEnd(8)} ${count('verified')} verified, ${count('failed')} failed, ${count('error')} error, ${count('not-testable')} not-testable`,
    );
    for (const one of own.filter((outcome) => outcome.verdict !== 'verified'))
      lines.push(`  ${one.verdict}  ${one.id}\n      ${one.reason ?? ''}\n      ${one.remedy ?? ''}`);
  }
  return `Contracts of ${target}\n${lines.join('\n')}\n`;
}
