import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import type { SyncPlan } from '../../src/checklist/plan.js';
import { crmContract } from '../../src/contract/crm.js';
import { webshopContract } from '../../src/contract/webshop.js';
import type { SyncProblem } from '../../src/drivers/ports.js';
import { bends, kindsFor, type Bend, type BendKind } from './fuzz/bend.js';
import { mustReport, wrongWrites } from './fuzz/judge.js';
import { operationsOf } from './fuzz/operations.js';
import { openFuzzWorld, type Place } from './fuzz/world.js';

const SEED = Number(process.env['SYNCPROOF_FUZZ_SEED'] ?? 1);
/** How often each kind of each operation is tried; kinds that choose among fields count for more. */
const RUNS = Number(process.env['SYNCPROOF_FUZZ_RUNS'] ?? 1);
const OF_FIELDS = new Set<BendKind>(['boundary', 'left-out', 'null', 'wrong-type']);
const CYCLES = 3;
const CONTRACTS = { a: webshopContract(), b: crmContract() };
const ENTITIES = ['Customer', 'Product', 'Order'];
const MATCHED = new Set(['email', 'sku', 'number', 'orderNumber']);

let plan: SyncPlan;
let bent = 0;
let reports = 0;

beforeAll(async () => {
  const { compiled } = await prepare({
    documentPath: bundledDocument(),
    reversePath: null,
    profilePath: null,
  });
  plan = compiled.plan;
});

const PLACES: Place[] = (['a', 'b'] as const).flatMap((side) =>
  operationsOf(CONTRACTS[side]).flatMap((operation) =>
    (side === 'b' || operation !== 'create' ? ENTITIES : []).map((entity) => ({ side, operation, entity })),
  ),
);

/** Runs one case; what is wrong with it. */
async function faultsOf(place: Place, bend: Bend): Promise<string[]> {
  const world = await openFuzzWorld(plan, place, bend);
  for (let round = 0; round < CYCLES; round++) await world.cycle();
  bent += world.bent();
  const faults = wrongWrites(plan, world, bend);
  const due = world.bent() === 0 ? null : mustReport(plan, place, bend);
  const found = world.reported();
  if (due !== null) {
    reports += 1;
    const isNamed = ({ field }: SyncProblem) => due.fields.length === 0 || due.fields.includes(field ?? '');
    if (!found.some(isNamed))
      faults.push(`nothing names ${due.fields.join(' or ')}: ${JSON.stringify(found.at(-1) ?? null)}`);
  }
  for (const one of found) if (one.recordId === '') faults.push(`a report names no record: ${one.message}`);
  return faults;
}

describe.each(PLACES)('$side $operation $entity', (place) => {
  const entity = CONTRACTS[place.side].entities.find((one) => one.name === place.entity);
  if (entity === undefined) throw new Error('no entity');

  test.each(kindsFor(place.operation))('%s is survived, written nowhere and reported', async (kind) => {
    await fc.assert(
      fc.asyncProperty(bends(kind, entity, MATCHED), async (bend) => {
        expect(await faultsOf(place, bend)).toEqual([]);
      }),
      { seed: SEED, numRuns: OF_FIELDS.has(kind) ? RUNS * 3 : RUNS, endOnFailure: true },
    );
  });
});

test('answers were bent, and reports were asked for', () => {
  expect(bent).toBeGreaterThan(1000);
  expect(reports).toBeGreaterThan(200);
});
