import { expect, test } from 'vitest';
import { hostileRun } from './testing/hostile-run.js';
import { largeRun, mixedRun, runRecord } from './testing/run-fixture.js';
import { renderSummary } from './terminal.js';
import { widthOf } from './terminal/text.js';

const plain = { color: false, width: 80 };
const linesOf = (text: string) => text.split('\n').filter((line) => !line.trim().startsWith('npx syncproof'));

test.each([
  ['each verdict', mixedRun()],
  ['a hostile document', hostileRun()],
  ['a large run', largeRun(5000)],
])('%s keeps to 80 columns, and to no colour', (_, run) => {
  const text = renderSummary(run, plain);
  expect(linesOf(text).filter((line) => widthOf(line) > 80)).toEqual([]);
  expect(text).not.toContain('\u001B');
});

test('colour changes nothing but colour', () => {
  const colored = renderSummary(mixedRun(), { color: true, width: 100 });
  expect(colored).toContain('\u001B[31m');
  // oxlint-disable-next-line no-control-regex
  expect(colored.replace(/\u001B\[\d+m/g, '')).toBe(renderSummary(mixedRun(), { color: false, width: 100 }));
});

test('what failed comes first and last', () => {
  const lines = renderSummary(mixedRun(), plain).trimEnd().split('\n');
  expect(lines[0]).toBe('✗ customer/keep-in-sync/webshop-to-crm/phone/plain');
  expect(lines.slice(-2).join(' ')).toContain('Gate not passed (exit code 4)');
});

test('a failure shows what, expected, found and its replay line whole', () => {
  const run = mixedRun();
  const text = renderSummary(run, plain);
  const failed = run.checks.find((one) => one.verdict === 'failed');
  expect(text).toContain(failed?.replay);
  expect(text).toContain('expected "ada@example.org", found "old@example.org"');
});

test('every row of the final table adds up, and the last one to the summary', () => {
  const run = mixedRun();
  const lines = renderSummary(run, plain).split('\n');
  const from = lines.findIndex((line) => line.startsWith('checks per pair'));
  const rows = lines.slice(from + 1, from + 5).filter((line) => !line.startsWith('─'));
  for (const row of rows) {
    const numbers = (/(?:\s+\d+){6}$/.exec(row)?.[0] ?? '').trim().split(/\s+/).map(Number);
    expect(numbers.slice(0, 5).reduce((sum, one) => sum + one, 0)).toBe(numbers[5]);
  }
  expect(rows.at(-1)).toMatch(new RegExp(`${run.summary.verified}\\s+${run.summary.total}$`));
});

test('verified checks take no line each', () => {
  expect(renderSummary(runRecord({ perSentence: 400 }), plain).split('\n').length).toBeLessThan(42);
});

test('a part of the checks never reads as the whole', () => {
  const passed = { ...runRecord(), gate: { results: [], passed: true, exitCode: 0 } };
  const part = renderSummary({ ...passed, selection: { of: 683 } }, plain);

  expect(part).toContain(`Gate passed for a part, ${passed.summary.total} of 683 checks`);
  expect(renderSummary(passed, plain)).toContain('✓ Gate passed in');
});

test('the profile that is used is named', () => {
  const profile = { path: 'shop.yaml', sha256: 'x' };

  expect(renderSummary({ ...mixedRun(), profile }, plain)).toContain('profile shop.yaml');
  expect(renderSummary({ ...mixedRun(), profile: null }, plain)).toContain('no profile');
});

test('a finding in a file far away still says its line', () => {
  const run = mixedRun();
  run.document.path = `/srv/${'documents/'.repeat(12)}webshop.rst`;
  const [finding] = run.diagnostics;
  const line = linesOf(renderSummary(run, plain)).find((one) => one.includes(finding?.code ?? 'none'));

  expect(line).toMatch(/^warning empty-property-table ….*webshop\.rst:\d+$/);
});
