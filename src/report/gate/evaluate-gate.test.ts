import { describe, expect, test } from 'vitest';
import type { CheckRecord, GateQuestion, RunRecord, Verdict } from '../../run/record.js';
import { mixedRun, runRecord, settle } from '../testing/run-fixture.js';
import { evaluateGate } from './evaluate-gate.js';
import { applyWaivers } from './waivers.js';

type Rules = GateQuestion['rules'];
type Waiver = GateQuestion['waivers'][number];
const ask = (change: Partial<GateQuestion>): GateQuestion => ({
  rules: {},
  waivers: [],
  knownWaived: (change.waivers ?? []).map((one) => one.check),
  proof: null,
  ...change,
});
const NOW = new Date('2026-11-24T12:00:00Z');
const first = (run: RunRecord): CheckRecord => {
  const [check] = run.checks;
  if (check === undefined) throw new Error('the fixture has no checks');
  return check;
};
const all = (verdict: Verdict) => runRecord({ verdictOf: () => verdict });
const failedRules = (run: RunRecord, rules: Rules = {}) =>
  evaluateGate(run, ask({ rules }), NOW)
    .results.filter((one) => !one.passed)
    .map((one) => one.rule);
const exit = (run: RunRecord, rules: Rules = {}) => evaluateGate(run, ask({ rules }), NOW).exitCode;

const half = () => runRecord({ verdictOf: (index) => (index % 2 === 0 ? 'not-testable' : 'verified') });

const oneFailed = () => runRecord({ verdictOf: (index) => (index === 0 ? 'failed' : 'verified') });
const waiverOf = (check: CheckRecord, change: Partial<Waiver> = {}): Waiver => ({
  check: check.id,
  fingerprint: check.fingerprint,
  reason: 'fixed next week',
  owner: 'mona',
  expires: '2026-12-01',
  ...change,
});
const gateWith = (run: RunRecord, waivers: Waiver[], known?: string[]) => {
  const waived = settle({ ...run, checks: applyWaivers(run.checks, waivers, NOW) });
  const question = ask({ waivers, ...(known === undefined ? {} : { knownWaived: known }) });
  return { verdict: first(waived).verdict, gate: evaluateGate(waived, question, NOW) };
};

describe('the rules that always hold', () => {
  test('a green run passes and lists every rule', () => {
    const gate = evaluateGate(runRecord(), ask({}), NOW);
    expect(gate).toMatchObject({ passed: true, exitCode: 0 });
    expect(gate.results).toHaveLength(6);
  });

  test('an error in the input is never green', () => {
    const run = {
      ...runRecord(),
      diagnostics: [
        { severity: 'error' as const, code: 'unparsed-line', line: 3, message: 'm', remedy: 'r' },
      ],
    };
    expect(exit(run)).toBe(3);
    expect(failedRules(run)).toEqual(['the whole document was understood']);
  });

  test('zero checks are never green', () => {
    const run = { ...runRecord(), checks: [], sentences: [] };
    expect(exit(run)).toBe(3);
    expect(failedRules(run)).toEqual(['some check ran']);
  });

  test('only not-testable checks are never green', () => {
    expect(exit(all('not-testable'))).toBe(3);
  });

  test('some not-testable checks are allowed unless the gate asks', () => {
    const run = runRecord({ verdictOf: (index) => (index === 0 ? 'not-testable' : 'verified') });
    expect(exit(run)).toBe(0);
    expect(exit(run, { allowNotTestable: false })).toBe(3);
  });

  test('a failed check exits 1, a harness error 4, and 4 wins over 1 over 3', () => {
    expect(exit(all('failed'))).toBe(1);
    expect(exit(all('error'))).toBe(4);
    expect(exit(mixedRun())).toBe(4);
    expect(exit(all('failed'), { minVerified: 10 })).toBe(1);
  });

  test('a sentence without check and reason is named by its line', () => {
    const run = runRecord();
    const empty = run.sentences.find((one) => one.checks.length === 0);
    if (empty !== undefined) empty.reason = null;
    const gate = evaluateGate(run, ask({}), NOW);
    expect(gate.exitCode).toBe(3);
    expect(exit(run, { sentencesCovered: false })).toBe(0);
    expect(gate.results.at(-1)?.found).toContain(`line ${empty?.line}`);
  });
});

describe('rules of the profile', () => {
  test.each<[string, Rules, boolean]>([
    ['enough verified', { minVerified: 20 }, true],
    ['too few verified', { minVerified: 30 }, false],
    ['a reason that is allowed', { allowNotTestable: ['names no property'] }, true],
    ['a reason that is not', { allowNotTestable: ['other reason'] }, false],
    ['everything allowed', { allowNotTestable: true }, true],
    ['fast enough', { maxCheckMs: 20 }, true],
    ['too slow', { maxCheckMs: 10 }, false],
    ['no drift', { noContractDrift: true }, true],
  ])('%s', (_, rules, passes) => {
    expect(exit(half(), rules)).toBe(passes ? 0 : 3);
  });

  test('contract drift', () => {
    const run = runRecord();
    run.diagnostics.push({
      severity: 'warning',
      code: 'contract-drift',
      line: 1,
      message: 'CRM sends a new field',
      remedy: 'x',
    });
    expect(failedRules(run, { noContractDrift: true })).toEqual(['no contract drift']);
    expect(exit(run)).toBe(0);
  });
});

describe('the proof', () => {
  const withProof = (proof: GateQuestion['proof']) =>
    evaluateGate(runRecord(), ask({ rules: { proofComplete: true }, proof }), NOW);

  test('a complete one passes and is printed', () => {
    const gate = withProof({ complete: true, found: '10 of 10 faults caught' });
    expect(gate.exitCode).toBe(0);
    expect(gate.results.at(-1)).toMatchObject({ rule: 'the proof is complete', passed: true });
  });

  test('one with gaps, and none at all, exit 3', () => {
    expect(withProof({ complete: false, found: '1 survived' }).exitCode).toBe(3);
    expect(withProof(null)).toMatchObject({ passed: false, exitCode: 3 });
  });
});

describe('a failure outside of any check', () => {
  test('exits 4 though each check is verified', () => {
    const run = { ...runRecord(), problems: ['a worker died'] };
    const gate = evaluateGate(run, ask({}), NOW);
    expect(gate.exitCode).toBe(4);
    expect(gate.results.find((one) => !one.passed)?.found).toContain('a worker died');
  });
});

describe('one shard of a run', () => {
  const shardOf = (run: RunRecord, of = 60) => ({
    ...run,
    shard: { index: 1, count: 3, of, checks: [], coverage: [] },
  });

  test('never passes, and exits 0 while its own checks hold', () => {
    const gate = evaluateGate(shardOf(runRecord()), ask({ rules: { minVerified: 1000 } }), NOW);
    expect(gate).toMatchObject({ passed: false, exitCode: 0 });
    expect(gate.results[0]).toMatchObject({ rule: 'the run is whole', passed: false });
    expect(gate.results.map((one) => one.rule)).not.toContain('enough verified');
  });

  test('exits 1 when one of its checks failed, and 3 when the whole run has no checks', () => {
    expect(evaluateGate(shardOf(all('failed')), ask({}), NOW).exitCode).toBe(1);
    const empty = shardOf({ ...runRecord(), checks: [], sentences: [] }, 0);
    expect(evaluateGate(empty, ask({}), NOW).exitCode).toBe(3);
  });
});

describe('waivers', () => {
  test('one that holds turns failed into waived and passes', () => {
    const run = oneFailed();
    const { verdict, gate } = gateWith(run, [waiverOf(first(run))]);
    expect(verdict).toBe('waived');
    expect(gate.exitCode).toBe(0);
  });

  test('it holds to the end of its last day', () => {
    const run = oneFailed();
    expect(gateWith(run, [waiverOf(first(run), { expires: '2026-11-24' })]).gate.exitCode).toBe(0);
  });

  test.each<[string, Partial<Waiver>, string]>([
    ['expired', { expires: '2026-11-23' }, 'expired on 2026-11-23'],
    ['unreadable date', { expires: 'soon' }, 'no readable date'],
    ['impossible date', { expires: '2026-02-30' }, 'no readable date'],
    ['another sentence', { fingerprint: 'other' }, 'another text of the sentence'],
  ])('%s: the check stays failed and the gate says so', (_, change, words) => {
    const run = oneFailed();
    const { verdict, gate } = gateWith(run, [waiverOf(first(run), change)]);
    expect(verdict).toBe('failed');
    expect(gate.exitCode).toBe(1);
    expect(gate.results.find((one) => one.rule === 'every waiver holds')?.found).toContain(words);
  });

  test('one whose check now passes fails the gate', () => {
    const run = runRecord();
    const { gate } = gateWith(run, [waiverOf(first(run))]);
    expect(gate.exitCode).toBe(3);
    expect(gate.results.find((one) => !one.passed)?.found).toContain('not needed any more');
  });

  test('one for an unknown check fails, one for a check that was not selected does not, and one given twice does', () => {
    const run = oneFailed();
    const unknown = waiverOf(first(run), { check: 'no/such/check' });
    const own = waiverOf(first(run));
    expect(gateWith(run, [own, unknown]).gate.exitCode).toBe(0);
    expect(gateWith(run, [own, unknown], [own.check]).gate.exitCode).toBe(3);
    expect(gateWith(run, [own, own]).gate.exitCode).toBe(3);
  });

  test('an error is never waived', () => {
    const run = runRecord({ verdictOf: (index) => (index === 0 ? 'error' : 'verified') });
    expect(gateWith(run, [waiverOf(first(run))])).toMatchObject({ verdict: 'error', gate: { exitCode: 4 } });
  });
});
