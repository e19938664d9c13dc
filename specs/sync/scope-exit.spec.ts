import { beforeEach, expect, test } from 'vitest';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import type { World } from '../../src/drivers/ports.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { linkedIds, theOnly } from './story.js';

/** A client that is no longer of the kind that is synchronised, where the policy unlinks it. */
const { compiled } = await prepareVariant(
  variantOf({ suite: 'conditional', policies: { scopeExit: 'unlink' } }),
);
const [pair] = compiled.plan.pairs;
const A = pair?.entity.a ?? '';
const B = pair?.entity.b ?? '';
const openUnder = (policies: Partial<NonNullable<typeof pair>['policies']>) => {
  const pairs = compiled.plan.pairs.map((one) => ({ ...one, policies: { ...one.policies, ...policies } }));
  return referenceTarget({ ...compiled.plan, pairs }, 'direct').open([pair?.slug ?? ''], 1);
};

let world: World;
let aId: string;
let bId: string;

async function link(): Promise<void> {
  aId = (await world.a.create(A, { name: 'Berg', city: 'Oslo', kind: 'Paying' })).id;
  await world.sync.settle();
  bId = (await theOnly(world, 'b', B)).id;
}

const edit = async (side: 'a' | 'b', fields: Record<string, string>) => {
  await world[side].update(side === 'a' ? A : B, side === 'a' ? aId : bId, fields);
  await world.sync.settle();
};

beforeEach(async () => {
  world = await openUnder({});
  await link();
});

test('nothing is carried any more, on either side (I8)', async () => {
  await edit('a', { kind: 'Trial' });
  await edit('a', { name: 'Lund' });
  await edit('b', { town: 'Bergen' });

  expect((await theOnly(world, 'b', B)).fields).toMatchObject({ title: 'Berg', kind: 'Paying' });
  expect((await theOnly(world, 'a', A)).fields).toMatchObject({ city: 'Oslo' });
  expect(await linkedIds(world)).toEqual([]);
});

test('the policy to keep the link carries on', async () => {
  world = await openUnder({ scopeExit: 'keep' });
  await link();
  await edit('a', { kind: 'Trial' });

  await edit('a', { name: 'Lund' });

  expect((await theOnly(world, 'b', B)).fields).toMatchObject({ title: 'Lund' });
  expect(await linkedIds(world)).toEqual([`${aId} ${bId}`]);
});

test('one that returns is linked with the same record, and what was edited meanwhile is carried (I1, I2)', async () => {
  await edit('a', { kind: 'Trial' });
  await edit('a', { name: 'Lund' });
  await edit('b', { town: 'Bergen' });

  await edit('a', { kind: 'Paying' });

  expect((await theOnly(world, 'b', B)).fields).toMatchObject({ title: 'Lund', town: 'Bergen' });
  expect((await theOnly(world, 'a', A)).fields).toMatchObject({ city: 'Bergen' });
  expect(await linkedIds(world)).toEqual([`${aId} ${bId}`]);
});

test('a restart forgets neither that it left nor with whom it was linked (I17)', async () => {
  await edit('a', { kind: 'Trial' });
  await world.sync.kill?.();
  await world.sync.restart?.();
  await edit('a', { name: 'Lund' });
  const outside = (await theOnly(world, 'b', B)).fields['title'];

  await edit('a', { kind: 'Paying' });

  expect([outside, (await theOnly(world, 'b', B)).fields['title']]).toEqual(['Berg', 'Lund']);
});

test('a deletion is not carried either, though the policy carries those of linked records', async () => {
  world = await openUnder({ delete: 'propagate', deleteVersusEdit: 'delete-wins' });
  await link();
  await edit('a', { kind: 'Trial' });

  await world.a.remove(A, aId);
  await world.sync.settle();

  expect((await theOnly(world, 'b', B)).id).toBe(bId);
});

test('an answer that lacks the condition does not unlink (I13, I20)', async () => {
  world.disturb?.({
    side: 'a',
    match: { method: 'GET', pathIncludes: `/${aId}`, times: 2 },
    effect: {
      kind: 'alter',
      body: (body) => {
        const { kind: _dropped, ...rest } = body as Record<string, string>;
        return rest;
      },
    },
  });

  await edit('a', { name: 'Lund' });

  expect((await theOnly(world, 'b', B)).fields).toMatchObject({ title: 'Lund' });
  expect(await linkedIds(world)).toEqual([`${aId} ${bId}`]);
});
