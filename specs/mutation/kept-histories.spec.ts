import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { readHistoryFile } from '../../src/cli/simulate/replay.js';
import { runHistory } from '../../src/proof/simulation/run-history.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/**
 * The kept histories on the sources themselves, where `specs/proof/histories.spec.ts` plays them on the built files. Each
 * has a plan of its own: what is worked out once for a plan is worked out under every mutant.
 */
const FOLDER = join(packageRoot(), 'fixtures', 'histories');
const held = await Promise.all(
  readdirSync(FOLDER).map(async (name) => {
    const { history, policies, fault } = await readHistoryFile(join(FOLDER, name));
    const { plan } = (await prepareVariant(variantOf({ policies }))).compiled;
    return { name: basename(name, '.json'), history, plan, fault };
  }),
);

test.each(held.filter(({ fault }) => fault === null))('$name', async ({ history, plan }) => {
  const own = structuredClone(plan);
  const { verdict, reason } = await runHistory(history, own, referenceTarget(own, 'direct'));

  expect({ verdict, reason }).toEqual({ verdict: 'pass', reason: null });
});
