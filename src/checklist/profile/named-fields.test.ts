import { describe, expect, test } from 'vitest';
import { crmContract } from '../../contract/crm.js';
import type { FieldSpec } from '../../contract/field.js';
import { withNamedFields } from './named-fields.js';
import { profileSchema } from './schema.js';

const TEXT = { kind: 'string', maxLength: 255 };
const NUMBER = { kind: 'integer', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
const FIRST: FieldSpec = { path: 'first', type: { kind: 'boolean' } };
const entity = (name: string, fields: FieldSpec[]) => ({
  name,
  collection: name.toLowerCase(),
  idKind: 'string' as const,
  fields,
});
const system = (...entities: ReturnType<typeof entity>[]) => ({ ...crmContract(), entities });
const SYSTEMS = { systems: { desk: { names: ['Desk'] }, book: { names: ['Book'] } } };

/** The fields of Client and of Account, as far as the given pair adds any. */
function added(pair: Record<string, unknown>, fields: FieldSpec[] = [FIRST]) {
  const { pairs } = profileSchema.parse({
    ...SYSTEMS,
    pairs: [{ source: 'Client', target: 'Account', ...pair }],
  });
  const given = {
    a: system(entity('Client', fields), entity('Ticket', [])),
    b: system(entity('Account', fields), entity('Entry', [])),
  };
  const named = withNamedFields(given, pairs, (slug) =>
    slug === 'ticket' ? { a: 'Ticket', b: 'Entry' } : undefined,
  );
  expect([named.a.entities[1], named.b.entities[1]]).toEqual([given.a.entities[1], given.b.entities[1]]);
  const shown = (side: 'a' | 'b') =>
    (named[side].entities[0]?.fields ?? [])
      .filter((one) => one !== FIRST)
      .map(({ path, type }) => ({ path, type }));
  return { a: shown('a'), b: shown('b') };
}
const row = (source: string, target: string, more: Record<string, unknown> = {}) => ({
  rows: [{ source, target, ...more }],
});

describe('a row of the profile names a property of each side', () => {
  test('as texts, behind what the document names', () => {
    expect(added(row('name', 'deep.title'))).toEqual({
      a: [{ path: 'name', type: TEXT }],
      b: [{ path: 'deep.title', type: TEXT }],
    });
  });

  test('and what the document names keeps its type', () => {
    expect(added(row('first', 'first', { transform: { kind: 'iso-epoch' } }))).toEqual({ a: [], b: [] });
  });

  test.each(['id', 'created_at', 'updated_at', 'createdAt', 'updatedAt'])(
    'but not %s, which a system keeps itself',
    (key) => {
      expect(added(row(key, `${key}s`))).toEqual({ a: [], b: [{ path: `${key}s`, type: TEXT }] });
      expect(added(row(`my.${key}`, key))).toEqual({ a: [{ path: `my.${key}`, type: TEXT }], b: [] });
    },
  );

  test('and the properties that its conditions compare', () => {
    expect(added(row('phones[kind=work&place.no=1].number', 'a[].b[x=1].c'))).toEqual({
      a: [
        { path: 'phones[].number', type: TEXT },
        { path: 'phones[].kind', type: TEXT },
        { path: 'phones[].place.no', type: TEXT },
      ],
      b: [
        { path: 'a[].b[].c', type: TEXT },
        { path: 'a[].b[].x', type: TEXT },
      ],
    });
    expect(added(row('name', 'title', { only: [{ side: 'b', path: 'kind', value: 'x' }] }))).toEqual({
      a: [{ path: 'name', type: TEXT }],
      b: [
        { path: 'title', type: TEXT },
        { path: 'kind', type: TEXT },
      ],
    });
  });

  test('of which one that holds others is none of its own', () => {
    expect(
      added({
        rows: [
          { source: 'a', target: 'x' },
          { source: 'a.b.c', target: 'y[]' },
          { source: 'a.b', target: 'y[].z' },
          { source: 'far', target: 'far.off.end' },
          { source: 'near', target: 'far' },
        ],
      }),
    ).toEqual({
      a: ['a.b.c', 'far', 'near'].map((path) => ({ path, type: TEXT })),
      b: ['x', 'y[].z', 'far.off.end'].map((path) => ({ path, type: TEXT })),
    });
  });
});

describe('the types of the two sides follow the transform', () => {
  test.each<[Record<string, unknown>, unknown, unknown]>([
    [{ kind: 'decimal-minor', scale: 3 }, { kind: 'decimal-string', scale: 3 }, { kind: 'minor-units' }],
    [{ kind: 'decimal-number', scale: 1 }, { kind: 'decimal-string', scale: 1 }, { kind: 'number' }],
    [{ kind: 'iso-epoch' }, { kind: 'datetime' }, { kind: 'epoch-ms' }],
    [{ kind: 'date-epoch' }, { kind: 'date' }, { kind: 'date-epoch-ms' }],
    [
      {
        kind: 'enum',
        pairs: [
          ['x', '1'],
          ['y', '2'],
        ],
      },
      { kind: 'enum', values: ['x', 'y'] },
      { kind: 'enum', values: ['1', '2'] },
    ],
    [{ kind: 'boolean-enum', yes: 'J', no: 'N' }, { kind: 'boolean' }, { kind: 'enum', values: ['J', 'N'] }],
    [
      { kind: 'joined-list', separator: '|' },
      { kind: 'string-list', maxLength: 255 },
      { kind: 'joined-list', separator: '|', maxLength: 255 },
    ],
    [{ kind: 'integer-unless-text', literal: 'X' }, TEXT, { kind: 'untyped' }],
    [
      { kind: 'reference', pair: 'ticket' },
      { kind: 'reference', entity: 'Ticket' },
      { kind: 'reference', entity: 'Entry' },
    ],
    [{ kind: 'reference', pair: 'lost' }, TEXT, TEXT],
    [{ kind: 'cast', to: 'string' }, TEXT, TEXT],
    [{ kind: 'datetime-format', format: '%Y' }, TEXT, TEXT],
    [{ kind: 'replace', from: 'x', to: '' }, TEXT, TEXT],
    [{ kind: 'placeholder', placeholder: '-' }, TEXT, TEXT],
    [{ kind: 'strip-first-word', pattern: '+*', separator: ' ' }, TEXT, TEXT],
  ])('%j', (transform, a, b) => {
    expect(added(row('x', 'y', { transform }))).toEqual({
      a: [{ path: 'x', type: a }],
      b: [{ path: 'y', type: b }],
    });
  });

  test('of lines element by element', () => {
    const rows = [
      { source: 'no', target: 'number', examples: [[1, 'a']] },
      { source: 'price', target: 'cents', transform: { kind: 'decimal-minor', scale: 2 } },
    ];

    expect(added(row('lines', 'items', { transform: { kind: 'lines', rows } }))).toEqual({
      a: [
        {
          path: 'lines',
          type: {
            kind: 'object-list',
            fields: [
              { path: 'no', type: NUMBER },
              { path: 'price', type: { kind: 'decimal-string', scale: 2 } },
            ],
          },
        },
      ],
      b: [
        {
          path: 'items',
          type: {
            kind: 'object-list',
            fields: [
              { path: 'number', type: TEXT },
              { path: 'cents', type: { kind: 'minor-units' } },
            ],
          },
        },
      ],
    });
  });

  test.each<[unknown, unknown, unknown, unknown]>([
    [true, 5, { kind: 'boolean' }, NUMBER],
    [2.5, ['x'], { kind: 'number' }, { kind: 'string-list', maxLength: 255 }],
    ['x', null, TEXT, TEXT],
    [{ x: 1 }, false, TEXT, { kind: 'boolean' }],
  ])('or the first example, %j and %j', (one, other, a, b) => {
    expect(
      added(
        row('x', 'y', {
          examples: [
            [one, other],
            ['later', 'later'],
          ],
        }),
      ),
    ).toEqual({
      a: [{ path: 'x', type: a }],
      b: [{ path: 'y', type: b }],
    });
  });
});

test('a match key names texts of both sides', () => {
  const match = [
    [{ source: 'no', target: 'number' }],
    [
      { source: 'x', target: 'first' },
      { source: 'y', target: 'z' },
    ],
  ];

  expect(added({ match })).toEqual({
    a: ['no', 'x', 'y'].map((path) => ({ path, type: TEXT })),
    b: ['number', 'z'].map((path) => ({ path, type: TEXT })),
  });
});

test('a condition names a property of the type of its value, the one of the way back on the other side', () => {
  const when = { path: 'size', equals: 1, meets: 1, fails: 2 };
  const back = { when: { path: 'open', equals: true, meets: true, fails: false } };

  expect(added({ when })).toEqual({ a: [{ path: 'size', type: NUMBER }], b: [] });
  expect(added({ back })).toEqual({ a: [], b: [{ path: 'open', type: { kind: 'boolean' } }] });
});

test('a connection names a reference to the entity of its pair; one to no pair names nothing', () => {
  const connected = [
    { pair: 'ticket', path: 'ticket_id' },
    { pair: 'lost', path: 'lost_id' },
    { pair: 'ticket', path: '' },
  ];

  expect(added({ connected })).toEqual({
    a: [{ path: 'ticket_id', type: { kind: 'reference', entity: 'Ticket' } }],
    b: [],
  });
  expect(added({ back: { connected } })).toEqual({
    a: [],
    b: [{ path: 'ticket_id', type: { kind: 'reference', entity: 'Entry' } }],
  });
});

test('an entity of which the profile names nothing keeps its fields, also one that holds others', () => {
  const both: FieldSpec[] = ['place', 'place.no'].map((path) => ({ path, type: { kind: 'untyped' } }));

  expect(added({}, both)).toEqual({ a: both, b: both });
});

test('what two entries name is named once, as the first one has it', () => {
  const rows = [
    { source: 'x', target: 'y', examples: [[1, 1]] },
    { source: 'x', target: 'z', examples: [[true, true]] },
  ];

  expect(added({ rows })).toEqual({
    a: [{ path: 'x', type: NUMBER }],
    b: [
      { path: 'y', type: NUMBER },
      { path: 'z', type: { kind: 'boolean' } },
    ],
  });
});
