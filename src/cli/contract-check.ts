import { join } from 'node:path';
import { crmContract } from '../contract/crm.js';
import { webshopContract } from '../contract/webshop.js';
import type { ContractOutcome } from '../contract-checks/run.js';
import { contractRun } from '../run/contract-record.js';
import type { ContractRequest } from '../run/run-request.js';
import { runSpecs } from '../run/vitest-runner.js';
import { evaluateGate, NOTHING_ASKED } from '../report/gate.js';
import { EXIT } from './exit-codes.js';
import { packageRoot, packageVersion } from './package-root.js';
import { publish } from './publish.js';
import { UsageError } from './usage-error.js';

type Options = {
  system: string | null;
  baseUrl: string | null;
  outDir: string | null;
  seed: number;
  html: boolean;
  color: boolean;
  json: boolean;
};

/** Verifies the stand-ins, or a live provider, and tells in the same reports as the checklist. */
export async function contractCheck(options: Options): Promise<number> {
  const started = Date.now();
  const request: ContractRequest = {
    system: options.system,
    baseUrl: options.baseUrl,
    credentials: liveCredentials(options),
    seed: options.seed,
  };
  const outcomes: ContractOutcome[] = [];
  const problemsOfTests: string[] = [];
  const { problems } = await runSpecs({
    folder: join(packageRoot(), 'dist', 'specs'),
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
  const target = options.baseUrl === null ? 'the stand-ins' : new URL(options.baseUrl).host;
  const run = contractRun(outcomes, {
    version: packageVersion(),
    target,
    seed: options.seed,
    started,
    ended,
    problems: problemsOfAll,
    replay: (id) => `npx syncproof contract check --system ${id.split('/')[0] ?? ''} --seed ${options.seed}`,
  });
  const judged = { ...run, gate: evaluateGate(run, NOTHING_ASKED, new Date(ended)) };
  if (options.outDir !== null)
    return publish(judged, {
      outDir: options.outDir,
      html: options.html,
      allure: true,
      json: options.json,
      color: options.color,
    });
  if (options.json) process.stdout.write(`${JSON.stringify(outcomes, null, 2)}\n`);
  else process.stdout.write(renderOutcomes(outcomes, target));
  for (const problem of problemsOfAll) process.stderr.write(`error: ${problem}\n`);
  if (problemsOfAll.length > 0 || outcomes.some((one) => one.verdict === 'error')) return EXIT.harness;
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

/** Credentials of a live provider come from the environment alone. */
function liveCredentials({ baseUrl, system }: Options): ContractRequest['credentials'] {
  if (baseUrl === null) return null;
  const contract = system === 'webshop' ? webshopContract() : system === 'crm' ? crmContract() : null;
  if (contract === null)
    throw new UsageError(
      '--base-url without a system',
      '--system webshop or --system crm',
      'say which contract the provider keeps',
    );
  if (!URL.canParse(baseUrl))
    throw new UsageError(`--base-url ${baseUrl} is no URL`, 'such as http://127.0.0.1:8080', 'correct it');
  const read = (name: string) => process.env[`SYNCPROOF_${name}`] ?? '';
  const credentials = { key: read('KEY'), clientId: read('CLIENT_ID'), clientSecret: read('CLIENT_SECRET') };
  const { auth } = contract.api;
  const missing =
    auth.kind === 'api-key-header'
      ? credentials.key === ''
      : credentials.clientId === '' || credentials.clientSecret === '';
  if (missing)
    throw new UsageError(
      'the credential of the provider is missing',
      auth.kind === 'api-key-header'
        ? 'SYNCPROOF_KEY in the environment'
        : 'SYNCPROOF_CLIENT_ID and SYNCPROOF_CLIENT_SECRET in the environment',
      'export it before the command; it is never written anywhere',
    );
  return credentials;
}
