import { expect, test } from 'vitest';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { playRun } from '../../src/proof/simulation/simulate.js';
import { policyVariants, variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

const SEED = 2;
const RUNS = 25;

/** The correct sync passes the simulation under each policy, not under the default only. */
test.each(policyVariants().map((policies) => ({ name: variantOf({ policies }).name, policies })))(
  '$name: no history fails',
  async ({ policies }) => {
    const { compiled } = await prepareVariant(variantOf({ policies }));
    const input = {
      plan: compiled.plan,
      target: referenceTarget(compiled.plan, 'direct'),
      seed: SEED,
      length: 30,
    };
    const verdicts: string[] = [];
    const failures: string[] = [];

    for (let run = 0; run < RUNS; run++) {
      const { verdict, invariant, reason } = await playRun(input, run);
      verdicts.push(verdict);
      if (verdict === 'fail') failures.push(`history ${run}: ${invariant} ${reason}`);
    }

    expect(failures).toEqual([]);
    expect(verdicts.filter((verdict) => verdict === 'pass').length).toBeGreaterThan(RUNS / 2);
  },
);
