import { expect, test } from 'vitest';
import { runCheck } from '../../src/checks/run-check.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { allVariants } from '../../src/proof/variants.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** Under each policy in turn the correct sync is judged by the checks of one pair that depend on that policy. */
for (const variant of allVariants()) {
  const names = Object.keys(variant.policies);
  const { plan, checks } = (await prepareVariant(variant)).compiled;
  const target = referenceTarget(plan, 'direct');
  const own = checks.filter(
    (check) =>
      check.pair === plan.pairs[0]?.slug &&
      check.notTestable === null &&
      check.policies.some((policy) => names.some((name) => policy.startsWith(name))),
  );
  const scenarios = new Map(own.map((check) => [`${check.scenario} ${check.from ?? ''}`, check]));
  for (const check of scenarios.values()) {
    test(`${variant.name}: ${check.id}`, async () => {
      const { verdict, reason } = await runCheck(check, plan, target, checkSeed(1, check.id));

      expect([verdict, reason]).toEqual(['verified', null]);
    });
  }
}
