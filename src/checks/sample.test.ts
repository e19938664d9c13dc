import { expect, test } from 'vitest';
import type { Transform } from '../checklist/plan.js';
import type { FieldSpec, FieldType, Json } from '../contract/field.js';
import { matchingB, sampleA } from './sample.js';
import {
  contextIn,
  entityOf,
  fieldOf,
  IDLE,
  keyOf,
  NUMBER,
  pairOf,
  planOf,
  rowOf,
  smallWorld,
  TEXT,
} from './testing/pair-world.js';

/** A check of items, in a world where nothing happens by itself. */
function itemsOf(
  a: FieldSpec[],
  b: FieldSpec[],
  pair: Parameters<typeof pairOf>[3],
  others: Parameters<typeof entityOf>[] = [],
) {
  const plan = planOf(
    [pairOf('item', 'Item', 'Product', pair)],
    [entityOf('Item', a), ...others.map((one) => entityOf(...one))],
    [entityOf('Product', b)],
  );
  const world = smallWorld(plan, IDLE);
  return { context: contextIn(plan, world), world, plan };
}

const FORMAT = (format: 'sku' | 'barcode'): FieldType => ({ kind: 'string', maxLength: 60, format });
const aText: unknown = expect.any(String);

test.each<[string, Partial<FieldSpec> | null, unknown]>([
  ['that nobody can write there is empty', { readOnly: true }, null],
  ['that can be written there has a value', {}, aText],
  ['that no contract describes there has a value', null, aText],
])('a property that is fed from one of the other side %s', async (_what, far, expected) => {
  const { context } = itemsOf([fieldOf('note')], far === null ? [] : [fieldOf('remark', TEXT, far)], {
    rows: [rowOf('note', 'remark', { direction: 'b-to-a' })],
  });

  expect(await sampleA(context)).toEqual({ note: expected });
});

test('a property that is carried the other way alone has a value, also where nobody can write its target', async () => {
  const { context } = itemsOf([fieldOf('note')], [fieldOf('remark', TEXT, { readOnly: true })], {
    rows: [rowOf('note', 'remark', { direction: 'a-to-b' })],
  });

  expect(await sampleA(context)).toEqual({ note: aText });
});

const RIVALS = [
  rowOf('first', 'target', { precedence: 0 }),
  rowOf('second', 'target', { precedence: 1 }),
  rowOf('other', 'other'),
];
const THREE = ['first', 'second', 'other'].map((path) => fieldOf(path));

test('of several sources of one property the one that is part of a key has the value', async () => {
  const { context } = itemsOf(THREE, [], {
    rows: RIVALS,
    match: [keyOf(['other', 'other'], ['second', 'target'])],
  });

  expect(await sampleA(context)).toEqual({ first: null, second: aText, other: aText });
});

test('of several sources of one property none of which is a key the first one has the value', async () => {
  const { context } = itemsOf(THREE, [], { rows: RIVALS, match: [keyOf(['other', 'other'])] });

  expect(await sampleA(context)).toEqual({ first: aText, second: null, other: aText });
});

test('of several sources of one property the one in question has the value, whatever is a key', async () => {
  const { context, world, plan } = itemsOf(THREE, [], { rows: RIVALS, match: [keyOf(['second', 'target'])] });

  const asked = contextIn(plan, world, { property: 'first' });

  expect(await sampleA(asked)).toEqual({ first: aText, second: null, other: aText });
  expect(await sampleA(context)).toEqual({ first: null, second: aText, other: aText });
});

test('what is in question in one pair is not so in another whose row has the same name', async () => {
  const { world, plan } = itemsOf(THREE, [], { rows: RIVALS });
  const other = pairOf('other', 'Item', 'Product', { rows: RIVALS });

  const asked = contextIn(plan, world, { property: 'second' });

  expect(await sampleA(asked)).toMatchObject({ first: null, second: aText });
  expect(await sampleA(asked, {}, other)).toMatchObject({ first: aText, second: null });
});

test('where only a match links, the source that is a key has a value beside the one in question', async () => {
  const { world, plan } = itemsOf(THREE, [], {
    rows: [...RIVALS.slice(0, 2), rowOf('other', 'target', { precedence: 2 })],
    match: [keyOf(['second', 'target'])],
    creation: { a: { kind: 'linked-only' }, b: null },
  });

  const asked = contextIn(plan, world, { property: 'first' });

  expect(await sampleA(asked)).toEqual({ first: aText, second: aText, other: null });
});

test('a source that another row carries as well has a value in any case', async () => {
  const { context } = itemsOf(THREE, [], {
    rows: [...RIVALS, rowOf('second', 'copy', { slug: 'copy' })],
  });

  expect(await sampleA(context)).toEqual({ first: aText, second: aText, other: aText });
});

test('a source that goes to the property twice has a value by each of its rows', async () => {
  const again = rowOf('first', 'target', { slug: 'again', precedence: 2 });
  const { context } = itemsOf(THREE, [], { rows: [...RIVALS, again] });

  expect(await sampleA(context)).toEqual({ first: aText, second: null, other: aText });
});

/** What a record of a holds in `code`, which feeds a key's property on b, and in `no`, which is the key's on a. */
async function keyFed(transform: Transform, no: FieldType | null, code: FieldType) {
  const fields = [fieldOf('code', code), ...(no === null ? [] : [fieldOf('no', no)])];
  const { context } = itemsOf(fields, [fieldOf('ref')], {
    rows: [rowOf('code', 'ref', { transform })],
    match: [keyOf(['no', 'ref'])],
  });
  const record = await sampleA(context);
  return { no: record['no'], code: record['code'] };
}
const DASHED: Transform = { kind: 'replace', from: ' ', to: '-' };

test.each<[string, FieldType, unknown]>([
  ['a text', TEXT, aText],
  ['a number', NUMBER, expect.any(Number)],
])('what feeds the property of a key carries the value of the key, such as %s', async (_what, type, kind) => {
  const { no, code } = await keyFed({ kind: 'identity' }, type, type);

  expect(no).toEqual(kind);
  expect(code).toBe(no);
});

test('where it goes through a transform both hold what the transform leaves of the value', async () => {
  const { no, code } = await keyFed(DASHED, TEXT, TEXT);

  expect(no).toMatch(/^[a-z]+-[a-z]+-\d+$/);
  expect(code).toBe(no);
});

test('what cannot hold the value of a key keeps its own', async () => {
  const { no, code } = await keyFed({ kind: 'identity' }, TEXT, NUMBER);

  expect([no, code]).toEqual([aText, expect.any(Number)]);
});

test('what feeds a key without a value keeps its own', async () => {
  const list: FieldType = { kind: 'string-list', maxLength: 10, allowed: ['x', 'y'] };

  expect(await keyFed({ kind: 'identity' }, null, list)).toEqual({ no: undefined, code: ['x', 'y'] });
  expect(await keyFed(DASHED, null, TEXT)).toEqual({ no: undefined, code: aText });
});

test.each<[string, Transform, FieldType, FieldType]>([
  ['is a number that would become a text', DASHED, NUMBER, TEXT],
  [
    'is a text that would become a number',
    { kind: 'integer-unless-text', literal: 'x' },
    FORMAT('barcode'),
    NUMBER,
  ],
  ['would become empty', { kind: 'strip-first-word', pattern: '*', separator: ' ' }, FORMAT('sku'), TEXT],
])('a key and what feeds its property stay apart where the value %s', async (_what, transform, no, code) => {
  const found = await keyFed(transform, no, code);

  expect(found.no).toEqual(no === NUMBER ? expect.any(Number) : aText);
  expect(found.code).toEqual(code === NUMBER ? expect.any(Number) : aText);
  expect([found.no, '']).not.toContain(found.code);
  expect(String(found.code)).not.toBe(String(found.no));
});

const OWNER: FieldSpec = fieldOf('owner', { kind: 'reference', entity: 'Owner' }, { required: true });

test.each<['integer' | 'string', Json]>([
  ['integer', 2],
  ['string', 'a2'],
])(
  'a reference that must be there and no row names is to a record made for it, ids being %ss',
  async (idKind, id) => {
    const { context, world } = itemsOf([OWNER, fieldOf('name')], [], {}, [
      ['Place', [fieldOf('city')]],
      ['Owner', [fieldOf('label')], idKind],
    ]);
    await world.a.create('Place', {});

    const record = await sampleA(context);

    expect(record).toEqual({ owner: id, name: aText });
    expect(await world.a.list('Owner')).toMatchObject([{ id: String(id), fields: { label: aText } }]);
  },
);

test('an id that looks like a number stays a text where ids are texts', async () => {
  const { context, world } = itemsOf([OWNER], [], {}, [['Owner', [], 'string']]);
  world.a.create = async () => ({ id: '07', fields: {}, updatedAt: null, version: null });

  expect(await sampleA(context)).toEqual({ owner: '07' });
});

test('a reference to what the contract does not describe stays empty', async () => {
  const { context } = itemsOf([OWNER, fieldOf('name')], [], {}, [['Place', []]]);

  expect(await sampleA(context)).toEqual({ name: aText });
});

test('the property of a key holds the value of the key where the row that feeds it brings none', () => {
  const { context } = itemsOf([], [fieldOf('ref')], {
    rows: [rowOf('code', 'ref')],
    match: [keyOf(['no', 'ref'])],
  });

  expect(matchingB(context, { no: '7' })).toEqual({ ref: '7' });
  expect(matchingB(context, { no: '7', code: '8' })).toEqual({ ref: '8' });
});

test('a value of no declared kind is one that the other side can hold, where its contract tells', async () => {
  const untyped = [fieldOf('mail', { kind: 'untyped' })];
  const pair = { rows: [rowOf('mail', 'email')] };
  const known = itemsOf(
    untyped,
    [fieldOf('email', { kind: 'string', maxLength: 60, format: 'email' })],
    pair,
  );
  const unknown = itemsOf(untyped, [], pair);

  expect(await sampleA(known.context)).toEqual({ mail: expect.stringMatching(/@example\.org$/) as unknown });
  expect(await sampleA(unknown.context)).toEqual({
    mail: expect.stringMatching(/^[a-z]+ \d{5}$/) as unknown,
  });
});
