import { expect, test } from 'vitest';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { runHistory } from '../../src/proof/simulation/run-history.js';
import { historyOf } from '../../src/proof/simulation/simulate.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** Histories as `syncproof simulate` plays them, under the policies that the sync has most to decide by. */
const HISTORIES = 60;
const POLICIES = [{}, { delete: 'propagate' }] as const;
const variants = await Promise.all(
  POLICIES.map(async (policies) => {
    const { plan } = (await prepareVariant(variantOf({ policies }))).compiled;
    const input = { plan, target: referenceTarget(plan, 'direct'), seed: 4, length: 30 };
    return { name: JSON.stringify(policies), input };
  }),
);
const cases = variants.flatMap(({ name, input }) =>
  Array.from({ length: HISTORIES }, (_none, run) => ({ name, run, input })),
);

test.each(cases)('history $run under $name', async ({ run, input }) => {
  const own = structuredClone(input.plan);
  const { verdict, reason } = await runHistory(historyOf(input, run), own, referenceTarget(own, 'direct'));

  expect(verdict === 'fail' ? reason : null).toBeNull();
});
