import { expect, test } from 'vitest';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { variantOf } from '../../src/proof/variants.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** One test for each bundle of checks, so that a mutant of a check or of the sync needs to run only those it touches. */
for (const suite of ['bundled', 'conditional'] as const) {
  const { compiled } = await prepareVariant(variantOf({ suite: suite === 'bundled' ? undefined : suite }));
  const target = referenceTarget(compiled.plan, 'direct');
  for (const bundle of bundleChecks(compiled.checks)) {
    const testable = bundle.checks.filter((check) => check.notTestable === null);
    if (testable.length === 0) continue;
    test(`${suite}: ${bundle.key} is verified`, async () => {
      const outcomes = await runBundle(bundle, compiled.plan, target, (key) => checkSeed(1, key));

      const wrong = testable.filter((check) => outcomes.get(check.id)?.verdict !== 'verified');
      expect(wrong.map((check) => `${check.id}: ${outcomes.get(check.id)?.reason ?? ''}`)).toEqual([]);
    });
  }
}
