import { expect, test } from 'vitest';
import type { PairPlan } from '../checklist/plan.js';
import type { FieldSpec } from '../contract/field.js';
import { sampleA } from './sample.js';
import {
  contextIn,
  entityOf,
  fieldOf,
  IDLE,
  pairOf,
  planOf,
  rowOf,
  smallWorld,
} from './testing/pair-world.js';

const NAME = fieldOf('name');
const TITLE = rowOf('name', 'title');
const toItem: FieldSpec = fieldOf('item', { kind: 'reference', entity: 'Item' });
const toPart: FieldSpec = fieldOf('part', { kind: 'reference', entity: 'Part' });
const refersTo = (pair: string) => rowOf(pair, `far_${pair}`, { transform: { kind: 'reference', pair } });
const aText: unknown = expect.any(String);

/** A new item, and the records of side a that were made so that it can refer to them. */
async function itemIn(pairs: PairPlan[], item: FieldSpec[], part: FieldSpec[]) {
  const plan = planOf(
    pairs,
    [entityOf('Item', item), entityOf('Part', part)],
    [entityOf('Product', [fieldOf('title')]), entityOf('Piece', [fieldOf('title')])],
  );
  const world = smallWorld(plan, IDLE);
  const record = await sampleA(contextIn(plan, world));
  const fieldsOf = async (entity: string) => (await world.a.list(entity)).map(({ fields }) => fields);
  return { record, items: await fieldsOf('Item'), parts: await fieldsOf('Part') };
}

test('a record that refers to one of its own pair refers to one that refers to none', async () => {
  const item = pairOf('item', 'Item', 'Product', { rows: [TITLE, refersTo('item')] });

  const { record, items } = await itemIn([item], [NAME, toItem], []);

  expect(record).toEqual({ name: aText, item: 'a1' });
  expect(items).toEqual([{ name: aText }]);
});

test('where records of two pairs refer to each other the chain ends with the second', async () => {
  const item = pairOf('item', 'Item', 'Product', { rows: [TITLE, refersTo('part')] });
  const part = pairOf('part', 'Part', 'Piece', { rows: [TITLE, refersTo('item')] });

  const { record, items, parts } = await itemIn([item, part], [NAME, toPart], [NAME, toItem]);

  expect(record).toEqual({ name: aText, part: 'a2' });
  expect(items).toEqual([{ name: aText }]);
  expect(parts).toEqual([{ name: aText, item: 'a1' }]);
});

test('a record that others must be connected to refers to none of them while it is made', async () => {
  const creation: PairPlan['creation'] = {
    a: { kind: 'connected', to: [{ pair: 'part', path: 'part' }] },
    b: null,
  };
  const item = pairOf('item', 'Item', 'Product', { rows: [TITLE, refersTo('part')], creation });
  const part = pairOf('part', 'Part', 'Piece', { rows: [TITLE, refersTo('item')] });

  const { record, items, parts } = await itemIn([item, part], [NAME, toPart], [NAME, toItem]);

  expect(record).toEqual({ name: aText, part: 'a1' });
  expect(items).toEqual([]);
  expect(parts).toEqual([{ name: aText }]);
});

test('nor does it where something else must be connected to it in between', async () => {
  const connectedTo = (pair: string): PairPlan['creation'] => ({
    a: { kind: 'connected', to: [{ pair, path: pair }] },
    b: null,
  });
  const plan = planOf(
    [
      pairOf('item', 'Item', 'Product', { rows: [TITLE, refersTo('box')], creation: connectedTo('box') }),
      pairOf('box', 'Box', 'Crate', { rows: [TITLE], creation: connectedTo('part') }),
      pairOf('part', 'Part', 'Piece', { rows: [TITLE, refersTo('item')] }),
    ],
    [
      entityOf('Item', [NAME, fieldOf('box', { kind: 'reference', entity: 'Box' })]),
      entityOf('Box', [NAME, toPart]),
      entityOf('Part', [NAME, toItem]),
    ],
    ['Product', 'Crate', 'Piece'].map((name) => entityOf(name, [fieldOf('title')])),
  );
  const world = smallWorld(plan, IDLE);

  const record = await sampleA(contextIn(plan, world));

  expect(record).toEqual({ name: aText, box: 'a2' });
  expect(await world.a.list('Part')).toMatchObject([{ id: 'a1', fields: { name: aText } }]);
  expect(await world.a.list('Box')).toMatchObject([{ id: 'a2', fields: { part: 'a1' } }]);
  expect(await world.a.list('Item')).toEqual([]);
});

test('of two references to one pair each is to a record of its own', async () => {
  const twice = rowOf('spare', 'far_spare', { transform: { kind: 'reference', pair: 'part' } });
  const item = pairOf('item', 'Item', 'Product', { rows: [TITLE, refersTo('part'), twice] });
  const part = pairOf('part', 'Part', 'Piece', { rows: [TITLE] });

  const { record } = await itemIn([item, part], [NAME, toPart, { ...toPart, path: 'spare' }], [NAME]);

  expect(record).toEqual({ name: aText, part: 'a1', spare: 'a2' });
});
