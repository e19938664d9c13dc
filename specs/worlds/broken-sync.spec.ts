import { expect, test } from 'vitest';
import { runCheck } from '../../src/checks/run-check.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { checkSeed } from '../../src/run/seed.js';
import { BREAKAGES } from './broken-sync.js';
import { referenceTarget } from './in-process-world.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });

/** Boundary values of one property tell no more about these defects than its plain edit does. */
const judged = compiled.checks.filter(
  (check) => check.value === null || /clear|same-time|quantity/.test(check.value.label),
);

async function redChecks(
  stages: (typeof BREAKAGES)[number]['stages'],
): Promise<{ id: string; reason: string }[]> {
  const target = referenceTarget(compiled.plan, 'direct', { stages });
  const red: { id: string; reason: string }[] = [];
  for (const check of judged) {
    const outcome = await runCheck(check, compiled.plan, target, checkSeed(1, check.id));
    if (outcome.verdict === 'failed' || outcome.verdict === 'error')
      red.push({ id: check.id, reason: `${outcome.verdict}: ${outcome.reason ?? ''}` });
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
