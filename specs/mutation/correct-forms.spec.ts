import { expect, test } from 'vitest';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { keptSuites } from './kept-suites.js';

/**
 * The correct sync on documents of every form and on reverse documents: the bundles of several checks, and one check of
 * each scenario. Each has a plan of its own, so that what is worked out once for a plan is worked out under every mutant.
 */
for (const [name, { checks, plan }] of await keptSuites()) {
  if (name === 'bundled') continue;
  const seen = new Set<string>();
  for (const bundle of bundleChecks(checks)) {
    const testable = bundle.checks.filter((check) => check.notTestable === null);
    const [first] = testable;
    if (first === undefined || (bundle.kind === 'solo' && seen.has(first.scenario))) continue;
    seen.add(first.scenario);
    test(`${name}: ${bundle.key} is not broken`, async () => {
      const own = structuredClone(plan);
      const outcomes = await runBundle(bundle, own, referenceTarget(own, 'direct'), (key) =>
        checkSeed(1, key),
      );

      const wrong = testable.filter((check) =>
        ['failed', 'error', undefined].includes(outcomes.get(check.id)?.verdict),
      );
      expect(wrong.map((check) => `${check.id}: ${outcomes.get(check.id)?.reason ?? ''}`)).toEqual([]);
    });
  }
}
