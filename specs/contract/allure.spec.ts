import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.js';

type Result = { status: string; labels: { name: string; value: string }[] };

test('contract check --out tells its results as a tree: contract, system, operation', async () => {
  const out = mkdtempSync(join(tmpdir(), 'contract-allure-'));

  const { code } = await runCli(['contract', 'check', '--system', 'sync', '--no-html', '--out', out]);

  const folder = join(out, 'allure-results');
  const results = readdirSync(folder)
    .filter((name) => name.endsWith('-result.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Result);
  const valuesOf = (label: string) => [
    ...new Set(
      results.flatMap(({ labels }) => labels.filter((one) => one.name === label)).map((one) => one.value),
    ),
  ];
  const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { checks: { id: string }[] };
  expect(code).toBe(0);
  expect(results.length).toBe(run.checks.length);
  expect(results.every((one) => one.status === 'passed')).toBe(true);
  expect(valuesOf('epic')).toEqual(['Contract']);
  expect(valuesOf('feature')).toEqual(['sync ↔ its contract']);
  expect(valuesOf('story').toSorted()).toEqual(
    ['health', 'links', 'routing', 'runCycle', 'status', 'takeEvent'].map(
      (operation) => `The operation ${operation} keeps its contract.`,
    ),
  );
});
