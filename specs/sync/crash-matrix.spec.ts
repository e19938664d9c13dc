import { expect, test } from 'vitest';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { makeTwin } from '../../src/cli/serve/compose.js';
import type { MakeBreakage } from '../../src/drivers/breakage.js';
import { openInProcess } from '../../src/proof/crash/in-process.js';
import { judgeLife } from '../../src/proof/crash/judge.js';
import { withPolicies } from '../../src/proof/crash/matrix.js';
import { CORRECT_STAGES } from '../../src/sync/stages.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';

const { compiled } = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });
const plan = withPolicies(compiled.plan, { delete: 'propagate' });

/** Dies at every `step`th point, and at each whose place `also` names; gives what was found, by place. */
async function dieAt(step: number, also: RegExp, breakage: MakeBreakage = () => ({})) {
  const measure = await openInProcess(plan, makeTwin, 0, breakage);
  const { ending } = await judgeLife(measure.stage, null);
  const points = measure.points.places.flatMap((place, index) =>
    index % step === 0 || also.test(place) ? [index + 1] : [],
  );
  const found = new Map<string, string[]>();
  for (const point of points) {
    const { stage, points: own } = await openInProcess(plan, makeTwin, point, breakage);
    const { findings } = await judgeLife(stage, ending);
    if (findings.length > 0)
      found.set(
        own.diedAt ?? 'never',
        findings.map((one) => one.invariant),
      );
    if (own.diedAt === null) found.set(`the point ${point} was never met`, []);
  }
  return { ending, points, found };
}

test('a sync that dies while it writes goes on as if nothing had happened (I1 to I6, I16, I17)', async () => {
  const { ending, points, found } = await dieAt(40, /^(?:before|after) (?:DELETE|PUT|PATCH) /);

  expect(ending?.links.length).toBeGreaterThan(5);
  expect(points.length).toBeGreaterThan(60);
  expect(Object.fromEntries(found)).toEqual({});
});

test('a sync that makes a second record after a crash is found out (I16)', async () => {
  const fault = FAULTS.find((one) => one.id === 91);

  const { found } = await dieAt(
    9999,
    /^after POST \/objects\/orders$|^after POST \/objects\/customers$/,
    fault?.make,
  );

  expect([...found.values()].flat()).toContain('I16');
});

test('a sync that believes a write before it is made is found out (I17)', async () => {
  const early: MakeBreakage = () => ({
    stages: {
      saveLink: (store, link) =>
        CORRECT_STAGES.saveLink(
          store,
          link.pending === null ? link : { ...link, base: { ...link.base, ...link.pending.rows } },
        ),
    },
  });

  const { found } = await dieAt(9999, /^before (?:PUT|PATCH) /, early);

  expect([...found.values()].flat()).toContain('I17');
});
