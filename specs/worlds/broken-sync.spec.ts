import { expect, test } from 'vitest';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { checkSeed } from '../../src/run/seed.js';
import { BREAKAGES } from './broken-sync.js';
import { referenceTarget } from './in-process-world.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });

async function redChecks(
  stages: (typeof BREAKAGES)[number]['stages'],
): Promise<{ id: string; reason: string }[]> {
  const target = referenceTarget(compiled.plan, 'direct', { breakage: () => ({ stages }) });
  const red: { id: string; reason: string }[] = [];
  for (const bundle of bundleChecks(compiled.checks)) {
    const outcomes = await runBundle(bundle, compiled.plan, target, (key) => checkSeed(1, key));
    for (const [id, { verdict, reason }] of outcomes) {
      if (verdict === 'failed' || verdict === 'error')
        red.push({ id, reason: `${verdict}: ${reason ?? ''}` });
    }
  }
  return red;
}

test('the correct sync turns no check red', async () => {
  expect(await redChecks({})).toEqual([]);
});

test.each(BREAKAGES)(
  '$title turns checks of the right sentence red and no other',
  async ({ stages, red, must = [] }) => {
    const found = await redChecks(stages);

    expect(found.length).toBeGreaterThan(0);
    expect(must.filter((id) => !found.some((one) => one.id === id))).toEqual([]);
    expect(found.filter(({ id }) => !red.test(id))).toEqual([]);
    expect(found.filter(({ reason }) => reason.startsWith('error'))).toEqual([]);
  },
);
