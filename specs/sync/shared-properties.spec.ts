import { beforeEach, expect, test } from 'vitest';
import type { World } from '../../src/drivers/ports.js';
import { compileText } from '../worlds/judge-text.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { writeDocument } from '../worlds/write-document.js';
import { theOnly } from './story.js';

/** A stall's name goes to the title and to the label of its parcel; the label of some of them alone is a code too. */
const { plan } = compileText({
  text: writeDocument('Kiosk', 'Depot', [
    {
      pair: ['Stall', 'Parcel'],
      rows: [
        ['name', 'title'],
        ['name', 'label'],
        ['kind', 'kind'],
        ['owner', 'keeper (Dependant on having NO in kind)'],
      ],
    },
  ]),
});
const [pair] = plan.pairs;
const A = pair?.entity.a ?? '';
const B = pair?.entity.b ?? '';
let world: World;

beforeEach(async () => {
  world = await referenceTarget(plan, 'direct').open([pair?.slug ?? ''], 1);
  await world.a.create(A, { name: 'Berg', kind: 'SE', owner: 'Ida' });
  await world.sync.settle();
});

const fieldsOf = async (side: 'a' | 'b') => (await theOnly(world, side, side === 'a' ? A : B)).fields;

async function edit(side: 'a' | 'b', fields: Record<string, string>): Promise<void> {
  const entity = side === 'a' ? A : B;
  await world[side].update(entity, (await theOnly(world, side, entity)).id, fields);
}

test('an edit of one of two properties that share their source arrives at the other (I1)', async () => {
  await edit('b', { label: 'Lund' });
  await world.sync.settle();

  expect(await fieldsOf('a')).toMatchObject({ name: 'Lund' });
  expect(await fieldsOf('b')).toMatchObject({ title: 'Lund', label: 'Lund' });
});

test('of two edits that go to one property the newer one holds, wherever its row stands (I11)', async () => {
  await edit('b', { title: 'Older' });
  world.clock?.advance(5000);
  await edit('b', { label: 'Newer' });
  await world.sync.settle();

  expect(await fieldsOf('a')).toMatchObject({ name: 'Newer' });
  expect(await fieldsOf('b')).toMatchObject({ title: 'Newer', label: 'Newer' });
});

test('of two edits of one moment that go to one property the first row holds, and nothing is written for ever', async () => {
  await edit('b', { title: 'First', label: 'Second' });
  const { quiescent } = await world.sync.settle();

  expect(quiescent).toBe(true);
  expect(await fieldsOf('a')).toMatchObject({ name: 'First' });
  expect(await fieldsOf('b')).toMatchObject({ title: 'First', label: 'First' });
});

test('a row whose condition the sync itself fulfils is carried in the same run (I1)', async () => {
  expect(await fieldsOf('b')).toMatchObject({ kind: 'SE', keeper: null });

  await edit('a', { kind: 'NO' });
  await world.sync.settle();

  expect(await fieldsOf('b')).toMatchObject({ kind: 'NO', keeper: 'Ida' });
});

test('a property that is cleared where several go to it takes the value of the next of them (I1)', async () => {
  const [rows, more] = [
    [
      ['name', 'title'],
      ['legalName', 'title'],
    ] as [string, string][],
    { pair: ['Stall', 'Parcel'] as [string, string] },
  ];
  const several = compileText({ text: writeDocument('Kiosk', 'Depot', [{ ...more, rows }]) }).plan;
  world = await referenceTarget(several, 'direct').open([several.pairs[0]?.slug ?? ''], 1);
  await world.a.create(A, { name: 'Berg', legalName: 'Berg AS' });
  await world.sync.settle();

  await world.b.update(B, (await theOnly(world, 'b', B)).id, { title: null });
  await world.sync.settle();

  expect(await fieldsOf('a')).toMatchObject({ name: null, legalName: 'Berg AS' });
  expect(await fieldsOf('b')).toMatchObject({ title: 'Berg AS' });
});

const BOTH = { name: 'Berg', owner: 'Ida', kind: 'NO' };

test.each<[string, [string, string][], Record<string, string>, string]>([
  [
    'the first source holds once the kind was brought',
    [
      ['name', 'label (Dependant on having NO in kind)'],
      ['owner', 'label'],
    ],
    BOTH,
    'Berg',
  ],
  [
    'the second source holds where the kind is another',
    [
      ['name', 'label (Dependant on having SE in kind)'],
      ['owner', 'label'],
    ],
    BOTH,
    'Ida',
  ],
  [
    'a row holds by one that holds by the kind',
    [
      ['name', 'label (Dependant on having Oslo in city)'],
      ['city', 'city (Dependant on having NO in kind)'],
    ],
    { name: 'Berg', city: 'Oslo', kind: 'NO' },
    'Berg',
  ],
])(
  'a record is made with what holds once all of it is there: %s (I1)',
  async (_what, rows, record, label) => {
    const names: [string, string] = ['Stall', 'Parcel'];
    const text = writeDocument('Kiosk', 'Depot', [{ pair: names, rows: [...rows, ['kind', 'kind']] }]);
    const conditional = compileText({ text }).plan;
    world = await referenceTarget(conditional, 'direct').open([conditional.pairs[0]?.slug ?? ''], 1);

    await world.a.create(A, record);
    await world.sync.settle();

    expect(await fieldsOf('b')).toMatchObject({ kind: 'NO', label });
  },
);
