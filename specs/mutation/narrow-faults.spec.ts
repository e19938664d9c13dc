import { expect, test } from 'vitest';
import type { CompiledChecklist } from '../../src/checklist/compile.js';
import { runCheck } from '../../src/checks/run-check.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import { variantOf, type Variant } from '../../src/proof/variants.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';

const prepared = new Map<string, CompiledChecklist>();

async function checklistOf(variant: Variant): Promise<CompiledChecklist> {
  const known = prepared.get(variant.name) ?? (await prepareVariant(variant)).compiled;
  prepared.set(variant.name, known);
  return known;
}

/** Every fault of the catalogue meets only the checks that must find it, until the first one does. */
for (const fault of FAULTS) {
  test(`fault ${fault.id} is found by a check of its own: ${fault.title}`, async () => {
    const { checks, plan } = await checklistOf(variantOf(fault));
    const target = referenceTarget(plan, 'direct', { breakage: fault.make });
    const verdicts = new Set<string>();
    for (const check of checks.filter((one) => fault.expected.test(one.id))) {
      const { verdict } = await runCheck(check, plan, target, checkSeed(1, check.id));
      verdicts.add(verdict);
      if (verdict === 'failed') break;
    }

    expect(verdicts).toContain('failed');
  });
}
