import { expect, test } from 'vitest';
import type { MappedRow } from '../checklist/plan.js';
import type { JsonObject } from '../contract/field.js';
import type { Engine } from './pair-context.js';
import { followReplaced, retryReferrers } from './referrers.js';
import { createMemoryStore } from './store/memory.js';
import type { Base, CreateIntent, Link } from './store/port.js';

const row = (slug: string, transform: unknown): MappedRow =>
  ({ slug, a: slug, b: `${slug}-b`, transform }) as unknown as MappedRow;
const customer = row('customer', { kind: 'reference', pair: 'customer' });
const lines = row('lines', {
  kind: 'lines',
  rows: [row('count', { kind: 'identity' }), row('product', { kind: 'reference', pair: 'product' })],
});

/** Orders refer to a customer and, in their lines, to products; notes refer to nothing. */
function syncOf() {
  const store = createMemoryStore();
  const pair = (slug: string, rows: MappedRow[] = []) => ({
    slug,
    entity: { a: slug, b: `${slug}-b` },
    rows,
  });
  const engine = {
    store,
    plan: {
      pairs: [
        pair('order', [row('note', { kind: 'identity' }), customer, lines]),
        pair('note', [row('text', { kind: 'identity' })]),
        pair('customer'),
      ],
    },
    clock: { now: () => 5 },
  } as unknown as Engine;
  const link = (pairSlug: string, id: string, base: Base | null): Link => ({
    pair: pairSlug,
    aId: `a${id}`,
    bId: `b${id}`,
    base,
    state: 'live',
    pending: null,
  });
  const put = (slug: string, id: string, base: Base | null) => store.putLink(link(slug, id, base));
  const report = (slug: string, side: 'a' | 'b', recordId: string) =>
    store.setProblems(slug, side, recordId, [
      { pair: slug, side, recordId, field: null, message: 'refused' },
    ]);
  const known = (side: 'a' | 'b', id: string, fields: JsonObject) =>
    store.remember({ side, entity: side === 'a' ? 'order' : 'order-b', id }, JSON.stringify(fields), []);
  const dirty = () => store.dirty().map(({ side, entity, id }) => `${side} ${entity} ${id}`);
  return { engine, store, put, report, known, dirty, link };
}

const refersTo = (a: string, b: string): Base => ({ customer: { a, b }, note: { a: 'x', b: 'x' } });
const lineOf = (product: string): Base => ({
  lines: { a: [{ count: 1, product }], b: [{ 'count-b': 1, 'product-b': `b${product}` }] },
});

test('what refers to a record that gets another counterpart is looked at again, its reference forgotten', () => {
  const { engine, store, put, dirty } = syncOf();
  put('order', '1', refersTo('c1', 'd1'));
  put('order', '2', refersTo('c2', 'd2'));
  put('order', '3', null);
  put('note', '4', { customer: { a: 'c1', b: 'd1' } });

  followReplaced(engine, 'customer', 'a', 'c1');

  expect(dirty()).toEqual(['a order a1']);
  expect(store.linkOf('order', 'a', 'a1')?.base).toEqual({
    customer: { a: null, b: 'd1' },
    note: { a: 'x', b: 'x' },
  });
  expect(store.linkOf('order', 'a', 'a2')?.base).toEqual(refersTo('c2', 'd2'));
});

test('a reference is told by the side on which it stands', () => {
  const { engine, store, put, dirty } = syncOf();
  put('order', '1', refersTo('c1', 'd1'));

  followReplaced(engine, 'customer', 'b', 'c1');
  expect(dirty()).toEqual([]);

  followReplaced(engine, 'customer', 'b', 'd1');
  expect(dirty()).toEqual(['a order a1']);
  expect(store.linkOf('order', 'a', 'a1')?.base?.['customer']).toEqual({ a: 'c1', b: null });
});

test('so are references in lines', () => {
  const { engine, put, dirty } = syncOf();
  put('order', '1', lineOf('p1'));
  put('order', '2', lineOf('p2'));
  put('order', '3', { lines: { a: ['text'], b: null } });

  followReplaced(engine, 'product', 'a', 'p1');
  expect(dirty()).toEqual(['a order a1']);

  followReplaced(engine, 'product', 'b', 'bp2');
  expect(dirty()).toEqual(['a order a1', 'a order a2']);
});

test('one line that refers is enough', () => {
  const { engine, put, dirty } = syncOf();
  put('order', '1', { lines: { a: [{ product: 'p2' }, { product: 'p1' }], b: null } });

  followReplaced(engine, 'product', 'a', 'p1');

  expect(dirty()).toEqual(['a order a1']);
});

test('a list of objects that is carried as it is refers to nothing', () => {
  const { engine, put, dirty } = syncOf();
  put('order', '1', { note: { a: [{ customer: 'c1' }], b: [{ customer: 'c1' }] } });

  followReplaced(engine, 'customer', 'a', 'c1');

  expect(dirty()).toEqual([]);
});

test('a record of another pair with the same id is no reference', () => {
  const { engine, put, dirty } = syncOf();
  put('order', '1', refersTo('7', '7'));

  followReplaced(engine, 'product', 'a', '7');

  expect(dirty()).toEqual([]);
});

test('a reference that was sent with a create that is not answered yet is remembered, from either side', () => {
  const { engine, store } = syncOf();
  const intent = (from: 'a' | 'b', id: string, fields: JsonObject, values: Base): CreateIntent => {
    return { pair: 'order', from, id, key: id, fields, values, problems: [], sentAt: 1 };
  };
  store.putCreateIntent(intent('a', '1', { 'customer-b': 'd1' }, { customer: { a: 'c1' } }));
  store.putCreateIntent(intent('b', '2', { customer: 'c1' }, { customer: { b: 'd1' } }));
  store.putCreateIntent(intent('a', '3', { 'customer-b': 'd2' }, { customer: { a: 'c2' } }));
  store.putCreateIntent({ ...intent('a', '4', {}, { customer: { a: 'c1' } }), pair: 'note' });

  followReplaced(engine, 'customer', 'a', 'c1');

  expect(store.createIntents().map(({ id, replaced }) => [id, replaced])).toEqual([
    ['1', { customer: 'a' }],
    ['2', { customer: 'a' }],
    ['3', undefined],
    ['4', undefined],
  ]);
});

test('of a pair to which nothing refers nothing is looked at', () => {
  const { engine, put, dirty } = syncOf();
  put('order', '1', refersTo('n1', 'n1'));

  followReplaced(engine, 'note', 'a', 'n1');

  expect(dirty()).toEqual([]);
});

test('of the linked records that refer to one that is there again, those that are reported are tried again', () => {
  const { engine, put, report, dirty, link } = syncOf();
  for (const id of ['1', '2', '3']) put('order', id, refersTo(id === '3' ? 'c9' : 'c1', `d${id}`));
  put('order', '4', null);
  put('order', '5', refersTo('c8', 'bc1'));
  for (const id of ['a1', 'a3', 'a4', 'a5']) report('order', 'a', id);
  const again = { ...link('customer', 'c1', null), aId: 'c1', bId: 'bc1' };

  retryReferrers(engine, again);

  expect(dirty()).toEqual(['a order a1', 'a order a5']);
});

test('so are those of which an edit that refers to it was refused, whichever side was edited', () => {
  const { engine, put, report, known, dirty, link } = syncOf();
  for (const id of ['1', '2', '3']) {
    put('order', id, refersTo('c9', 'd9'));
    report('order', 'a', `a${id}`);
  }
  known('a', 'a1', { customer: 'c1' });
  known('b', 'b2', { 'customer-b': 'd1' });
  known('a', 'a3', { customer: 'c2' });

  retryReferrers(engine, { ...link('customer', '', null), aId: 'c1', bId: 'd1' });

  expect(dirty()).toEqual(['a order a1', 'a order a2']);
});

test.each(['a-gone', 'b-gone'] as const)(
  'a record whose own link is broken (%s) is not tried again, since nothing is carried to it',
  (state) => {
    const { engine, store, report, dirty, link } = syncOf();
    store.putLink({ ...link('order', '1', refersTo('c1', 'd1')), state });
    report('order', 'a', 'a1');

    retryReferrers(engine, { ...link('customer', '', null), aId: 'c1', bId: 'd1' });

    expect(dirty()).toEqual([]);
  },
);

test('a record that is reported on one side is not taken for one of the other side with the same id', () => {
  const { engine, report, known, dirty, link } = syncOf();
  known('a', '7', { customer: 'c1' });
  report('order', 'b', '7');

  retryReferrers(engine, { ...link('customer', '', null), aId: 'c1', bId: 'd1' });

  expect(dirty()).toEqual([]);
});

test('of the records that have no counterpart yet, those that are reported are tried again, by what was last read of them', () => {
  const { engine, put, report, known, dirty, link } = syncOf();
  known('a', 'n1', { customer: 'c1' });
  known('a', 'n2', { customer: 'c2' });
  known('a', 'n3', { customer: 'c1' });
  known('b', 'm1', { 'customer-b': 'd1' });
  known('b', 'm2', { 'customer-b': 'c1' });
  for (const id of ['n1', 'n2', 'unread']) report('order', 'a', id);
  for (const id of ['m1', 'm2']) report('order', 'b', id);
  put('order', '7', null);
  report('note', 'a', 'n3');

  retryReferrers(engine, { ...link('customer', '', null), aId: 'c1', bId: 'd1' });

  expect(dirty()).toEqual(['a order n1', 'b order-b m1']);
});
