import { expect, test } from 'vitest';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { checklistOf, FORMS, type Suite } from './suites.js';

/** One test for each bundle of checks, so that a mutant of a check or of the sync needs to run only those it touches. */
const scenarios = new Set<string>();
for (const suite of ['bundled', 'conditional', 'condition-not-carried', ...FORMS] satisfies Suite[]) {
  const { checks, plan } = await checklistOf(suite);
  const target = referenceTarget(plan, 'direct');
  const seen = new Set(scenarios);
  for (const check of checks) scenarios.add(check.scenario);
  for (const bundle of bundleChecks(checks)) {
    const testable = bundle.checks.filter((check) => check.notTestable === null);
    const [first] = testable;
    if (first === undefined) continue;
    const isKnown = bundle.kind === 'solo' && seen.has(first.scenario);
    if (isKnown && suite !== 'conditional' && first.scenario !== 'when-ceases') continue;
    test(`${suite}: ${bundle.key} is verified`, async () => {
      const outcomes = await runBundle(bundle, plan, target, (key) => checkSeed(1, key));

      const wrong = testable.filter((check) => outcomes.get(check.id)?.verdict !== 'verified');
      expect(wrong.map((check) => `${check.id}: ${outcomes.get(check.id)?.reason ?? ''}`)).toEqual([]);
    });
  }
}
