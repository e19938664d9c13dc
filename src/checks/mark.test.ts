import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { FieldSpec, StringFormat } from '../contract/field.js';
import { markValue, ownValue } from './mark.js';

const text = (maxLength: number, more: Partial<FieldSpec> & { format?: StringFormat } = {}): FieldSpec => {
  const { format, ...rest } = more;
  return { path: 'name', type: { kind: 'string', maxLength, ...(format && { format }) }, ...rest };
};

test.each<[string, string, string]>([
  ['at the end', 'Oslo', 'Oslo-tag'],
  ['as a word of its own among words', 'Ek Bygg', 'Ek Bygg tag'],
  ['in the local part of an e-mail address', 'ada@example.org', 'ada.tag@example.org'],
  ['at the end where the address has no local part', '@example', '@example-tag'],
])('a tag stands %s', (_where, value, marked) => {
  expect(markValue(value, 'tag', [text(40)])).toBe(marked);
});

test('a value is cut so that it fits with its tag, by whole characters', () => {
  expect(markValue('abcdefghij', 'tag', [text(10), text(12)])).toBe('abcdef-tag');
  expect(markValue('😀😀😀😀😀😀😀', 'tag', [text(10)])).toBe('😀😀😀😀😀😀-tag');
  expect(markValue('a-long-name@x.org', 'tag', [text(12)])).toBe('a-.tag@x.org');
  expect(markValue('ada@example.org', 'tag', [text(10)])).toBe('.tag@example.org');
});

test.each<[string, FieldSpec | undefined]>([
  ['is not known', undefined],
  ['has too little room', text(9)],
  ['has a pattern', text(40, { pattern: '[a-z]+' })],
  ['cannot be written', text(40, { readOnly: true })],
  ['has a strict format', text(40, { format: 'phone' })],
  ['looks like something strict', text(40, { hint: 'postcode' })],
  ['is no text', { path: 'n', type: { kind: 'integer', min: 0, max: 9 } }],
])('a value stays as it is where a field %s', (_why, field) => {
  expect(markValue('Oslo', 'tag', [text(40), field])).toBe('Oslo');
});

test.each<StringFormat>(['email', 'first-name', 'last-name', 'company', 'street', 'city', 'sku', 'number'])(
  'a text of the format %s has room for a tag',
  (format) => {
    expect(markValue('Oslo', 'tag', [text(10, { format })])).toBe('Oslo-tag');
  },
);

test('an untyped field has room, and nothing is marked twice, or without a tag, or when it is no text', () => {
  expect(markValue('Oslo', 'tag', [{ path: 'n', type: { kind: 'untyped' } }])).toBe('Oslo-tag');
  expect(markValue('Oslo-tag', 'tag', [text(40)])).toBe('Oslo-tag');
  expect(markValue('Oslo', undefined, [text(40)])).toBe('Oslo');
  expect(markValue(12, 'tag', [text(40)])).toBe(12);
});

type Setting = {
  unique?: 'a' | 'b';
  /** The properties of each match key. */
  match?: (string | string[])[];
  kind?: string;
  scenario?: string;
  from?: 'a' | 'b';
  /** The pair is of an entity of b that its contract does not describe. */
  undescribed?: boolean;
};

function planOf({ unique, match = [], kind = 'identity', undescribed = false }: Setting): SyncPlan {
  const entity = (side: 'a' | 'b', maxLength: number) => ({
    name: 'Thing',
    fields: [{ ...text(maxLength), path: `list[].${side}`, unique: unique === side }],
  });
  const others = { name: 'Other', fields: [] };
  const row = { slug: 'name', a: 'list[kind=x].a', b: 'list[kind=x].b', transform: { kind } };
  return {
    systems: {
      a: { entities: [others, entity('a', 40)] },
      b: { entities: [others, entity('b', 10)] },
    },
    pairs: [
      {
        slug: 'thing',
        entity: { a: 'Thing', b: undescribed ? 'Unknown' : 'Thing' },
        rows: [row],
        match: match.map((paths) => ({ parts: [paths].flat().map((path) => ({ a: path, b: path })) })),
      },
    ],
  } as unknown as SyncPlan;
}
const checkOf = (setting: Setting, change: Partial<Check>) =>
  ({
    pair: 'thing',
    property: 'name',
    scenario: setting.scenario ?? 'edit',
    from: setting.from ?? 'a',
    value: { label: 'x', value: 'abcdefghijklmno' },
    ...change,
  }) as Check;
const valueOf = (setting: Setting, change: Partial<Check> = {}, tag: string | null = 'tag'): unknown =>
  ownValue(checkOf(setting, change), planOf(setting), tag ?? undefined).value?.value;
const PLAIN = 'abcdefghijklmno';

test('the boundary value of a key is marked: one that is unique on a side, or by which records match', () => {
  expect(valueOf({ unique: 'a' })).toBe('abcdef-tag');
  expect(valueOf({ unique: 'b' })).toBe('abcdef-tag');
  expect(valueOf({ match: ['list[kind=x].a'] })).toBe('abcdef-tag');
  expect(valueOf({ match: ['other', 'list[kind=x].b'] })).toBe('abcdef-tag');
  expect(valueOf({ match: [['other', 'list[kind=x].b']] })).toBe('abcdef-tag');
});

test('other values stay: of no key, of a transform, without tag, with a given counterpart, of no known row', () => {
  expect(valueOf({ match: ['other'] })).toBe(PLAIN);
  expect(valueOf({ unique: 'a', kind: 'replace' })).toBe(PLAIN);
  expect(valueOf({ unique: 'a' }, {}, null)).toBe(PLAIN);
  expect(valueOf({ unique: 'a' }, { expected: 'x' })).toBe(PLAIN);
  expect(valueOf({ unique: 'a' }, { pair: 'other' })).toBe(PLAIN);
  expect(valueOf({ unique: 'a' }, { property: 'other' })).toBe(PLAIN);
  expect(valueOf({ unique: 'a' }, { value: { label: 'x', value: 7 } })).toBe(7);
  expect(valueOf({ unique: 'a' }, { value: null })).toBeUndefined();
});

test.each<[string, Partial<Check>, string | undefined]>([
  ['has no value', { value: null }, 'tag'],
  ['has a value that is no text', { value: { label: 'x', value: 7 } }, 'tag'],
  ['has a world that shares nothing', {}, undefined],
])('a check that %s is handed on as it is', (_why, change, tag) => {
  const check = checkOf({}, change);

  expect(ownValue(check, planOf({ unique: 'a' }), tag)).toBe(check);
});

test('the value of a key stays where one side does not describe what it holds', () => {
  expect(valueOf({ match: ['list[kind=x].a'], undescribed: true })).toBe(PLAIN);
});

test('a text that is meant to be too long for one side is cut to what its own side holds', () => {
  expect(valueOf({ unique: 'a', scenario: 'over-long-text' })).toBe(`${PLAIN}-tag`);
  expect(valueOf({ unique: 'b', scenario: 'over-long-text', from: 'b' })).toBe('abcdef-tag');
  expect(valueOf({ unique: 'a', scenario: 'over-long-text' }, { from: null })).toBe(`${PLAIN}-tag`);
});
