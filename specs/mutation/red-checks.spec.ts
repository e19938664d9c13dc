import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CompiledChecklist } from '../../src/checklist/compile.js';
import type { Check } from '../../src/checklist/check.js';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { runCheck } from '../../src/checks/run-check.js';
import { packageRoot } from '../../src/cli/package-root.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import { variantOf } from '../../src/proof/variants.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** One check of each scenario for every fault that turns it red; made by pick-red-checks.mjs. */
const picked = JSON.parse(
  readFileSync(join(packageRoot(), 'specs', 'mutation', 'red-checks.json'), 'utf8'),
) as Record<string, string[]>;

const checklists = new Map<string, CompiledChecklist>();

/** Each way in which a scenario can fail is tried, not only the one that the catalogue expects. */
for (const fault of FAULTS) {
  const variant = variantOf(fault);
  const known = checklists.get(variant.name) ?? (await prepareVariant(variant)).compiled;
  checklists.set(variant.name, known);
  const target = referenceTarget(known.plan, 'direct', { breakage: fault.make });
  /** Some faults show only where several properties are saved together. */
  const judgedTogether = async ({ id }: Check) => {
    const bundle = bundleChecks(known.checks).find((one) => one.checks.some((own) => own.id === id));
    if (bundle === undefined) return undefined;
    return (await runBundle(bundle, known.plan, target, (key) => checkSeed(1, key))).get(id);
  };
  for (const id of picked[fault.id] ?? []) {
    test(`fault ${fault.id} turns ${id} red`, async () => {
      const check = known.checks.find((one) => one.id === id);
      if (check === undefined) throw new Error(`there is no check ${id} any more: run pick-red-checks.mjs`);

      const alone = await runCheck(check, known.plan, target, checkSeed(1, id));
      const outcome = alone.verdict === 'failed' ? alone : await judgedTogether(check);

      expect(outcome?.verdict).toBe('failed');
    });
  }
}
