import { inject, test } from 'vitest';
import { prepareVariant } from '../src/cli/proof-suite.js';
import { FAULTS } from '../src/proof/faults/catalogue.js';
import { judgeFault, judgeReference } from '../src/proof/judge-fault.js';
import { allVariants, variantOf } from '../src/proof/variants.js';
import { referenceTarget } from './worlds/in-process-world.js';

/** Makes one test for each fault of a part, and one for the correct sync under each policy. */
export function defineProof(part: number, parts: number): void {
  const { seed } = inject('proof') ?? { seed: 1 };
  const own = <T>(all: T[]) => all.filter((_one, index) => index % parts === part);
  for (const variant of own(allVariants())) {
    test(`reference, ${variant.name}`, { timeout: 60_000 }, async (context) => {
      const { compiled } = await prepareVariant(variant);
      const row = await judgeReference(
        variant.name,
        compiled,
        referenceTarget(compiled.plan, 'direct'),
        seed,
      );
      context.task.meta.reference = row;
      const [first] = row.red;
      if (first !== undefined) throw new Error(`${first.id}: ${first.reason}`);
      if (row.errors[0] !== undefined) throw new Error(row.errors[0]);
    });
  }
  for (const fault of own(FAULTS)) {
    test(`fault ${fault.id}, ${fault.title}`, { timeout: 120_000 }, async (context) => {
      const { compiled } = await prepareVariant(variantOf(fault));
      const target = referenceTarget(compiled.plan, 'direct', { breakage: fault.make });
      const row = await judgeFault(fault, compiled, target, seed);
      context.task.meta.fault = row;
      if (row.verdict !== 'killed') throw new Error(`${row.verdict}: ${row.others.slice(0, 3).join(', ')}`);
    });
  }
}
