import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/cli/package-root.js';
import { readHistoryFile } from '../../src/cli/simulate/replay.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import { runHistory } from '../../src/proof/simulation/run-history.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** Histories that once revealed a defect of the sync or of the model, shrunk and kept as data. */
const FOLDER = join(packageRoot(), 'fixtures', 'histories');
const files = await Promise.all(
  readdirSync(FOLDER).map(async (name) => ({
    name: basename(name, '.json'),
    held: await readHistoryFile(join(FOLDER, name)),
  })),
);

test('there are histories to play', () => {
  expect(files.length).toBeGreaterThan(20);
});

test.each(files)('$name: $held.was', async ({ held }) => {
  const { compiled } = await prepareVariant(variantOf({ policies: held.policies }));
  const target = referenceTarget(compiled.plan, 'direct');

  const { verdict, reason } = await runHistory(held.history, compiled.plan, target);

  expect({ verdict, reason }).toEqual({ verdict: 'pass', reason: null });
});
