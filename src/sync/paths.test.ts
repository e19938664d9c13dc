import { expect, test } from 'vitest';
import type { JsonObject } from '../contract/field.js';
import { accessor, dig, fieldPathOf, holds, lacks, plainPath } from './paths.js';

const PHONES: JsonObject = {
  phones: [
    { kind: 'home', at: { code: 1 }, number: '11' },
    { kind: 'mobile', at: { code: 2 }, number: '22' },
    { kind: 'mobile', at: { code: 3 }, number: '33' },
  ],
};
const read = (path: string, fields: JsonObject) => accessor(path).read(fields);
function written(path: string, value: string, fields: JsonObject = {}): JsonObject {
  const copy = structuredClone(fields);
  accessor(path).write(copy, value);
  return copy;
}

test.each<[string, JsonObject, unknown]>([
  ['email', { email: 'x' }, 'x'],
  ['address.city', { address: { city: 'Oslo' } }, 'Oslo'],
  ['address.city', { address: null }, null],
  ['address.city', {}, undefined],
  ['address.city', { address: 'Oslo' }, undefined],
  ['address.length', { address: 'Oslo' }, undefined],
  ['address.at.city', {}, undefined],
  ['toString', {}, undefined],
  ['phones[].number', PHONES, '11'],
  ['phones[kind=mobile].number', PHONES, '22'],
  ['phones[kind=mobile&at.code=3].number', PHONES, '33'],
  ['phones[kind=fax].number', PHONES, null],
  ['phones[kind=fax].number', { phones: ['text'] }, null],
  ['phones[kind=a=b].number', { phones: [{ kind: 'a=b', number: '4' }] }, '4'],
  ['phones[].number', { phones: { number: '5' } }, '5'],
  ['phones', PHONES, PHONES['phones']],
])('%s is read', (path, fields, value) => {
  expect(read(path, fields)).toEqual(value);
});

test('a value is written, and what is missing on the way is made', () => {
  expect(written('email', 'x')).toEqual({ email: 'x' });
  expect(written('address.city', 'x', { address: { zip: '1' } })).toEqual({
    address: { zip: '1', city: 'x' },
  });
  expect(written('address.city', 'x', { address: 'text' })).toEqual({ address: { city: 'x' } });
  expect(written('constructor.name', 'x')).toEqual({ constructor: { name: 'x' } });
});

test('a list element that meets the condition is written to, or made so that it does', () => {
  const changed = written('phones[kind=mobile&at.code=3].number', 'x', PHONES);

  expect((changed['phones'] as JsonObject[]).map((one) => one['number'])).toEqual(['11', '22', 'x']);
  expect(written('phones[kind=fax&at.code=9].number', 'x')).toEqual({
    phones: [{ kind: 'fax', at: { code: '9' }, number: 'x' }],
  });
  expect(written('phones[].number', 'x', { phones: 'text' })).toEqual({ phones: [{ number: 'x' }] });
});

test('an accessor knows its path and the member at the top', () => {
  expect(accessor('phones[kind=x.y].number')).toMatchObject({
    path: 'phones[kind=x.y].number',
    top: 'phones',
  });
  expect(accessor('').top).toBe('');
});

test('contracts name a path without conditions, providers without list marks', () => {
  expect(fieldPathOf('phones[kind=x].parts[a=b].c')).toBe('phones[].parts[].c');
  expect(plainPath('phones[kind=x].parts[].c')).toBe('phones.parts.c');
});

test('a cell holds a value when it reads as its text', () => {
  expect([holds(3, '3'), holds(true, 'true'), holds('x', 'x')]).toEqual([true, true, true]);
  expect([holds(null, 'null'), holds(undefined, 'undefined'), holds('x', 'y')]).toEqual([
    false,
    false,
    false,
  ]);
});

test('a path into a body that is no object leads nowhere', () => {
  expect(dig({ a: { b: 1 } }, 'a.b')).toBe(1);
  expect(dig('text', 'length')).toBeUndefined();
  expect(dig(undefined, 'a')).toBeUndefined();
  expect(dig([1], '0')).toBeUndefined();
});

test('a property is lacking where an answer does not name it, and not where it is null', () => {
  expect(lacks('address.city', { address: {} })).toBe(true);
  expect(lacks('address.city', { address: { city: null } })).toBe(false);
});

test('of a property inside a list only the list must be there', () => {
  const path = 'phones[kind=mobile].number';

  expect(lacks(path, { phones: [{ kind: 'work', number: '1' }] })).toBe(false);
  expect(lacks(path, { phones: [{ kind: 'mobile' }] })).toBe(false);
  expect(lacks(path, { phones: [] })).toBe(false);
  expect(lacks(path, { name: 'Ada' })).toBe(true);
});

test('the accessor of a path is made once', () => {
  expect(accessor('address.zip')).toBe(accessor('address.zip'));
  expect(accessor('address.zip')).not.toBe(accessor('address.city'));
});

/** What is parsed of a path is kept, so that only one that was never seen shows how it is parsed. */
let seen = 0;

test('a path that was never seen is read, condition by condition', () => {
  seen += 1;
  const [list, group] = [`list${seen}`, `group${seen}`];
  const fields: JsonObject = {
    [group]: {
      [list]: [
        { kind: 'a', at: { code: 1 }, no: '1' },
        { kind: 'a', at: { code: 2 }, no: '2' },
      ],
    },
    [`${group}x`]: { y: 'plain' },
    [list]: [
      { kind: 'k=v', no: '3' },
      { kind: null, no: '4' },
    ],
  };

  expect(read(`${group}.${list}[kind=a&at.code=2].no`, fields)).toBe('2');
  expect(read(`${group}.${list}[kind=a].no`, fields)).toBe('1');
  expect(read(`${group}.${list}[kind=b].no`, fields)).toBeNull();
  expect(read(`${group}.${list}[].no`, fields)).toBe('1');
  expect(read(`${group}x.y`, fields)).toBe('plain');
  expect(read(`${list}[kind=k=v].no`, fields)).toBe('3');
  expect(read(`${list}[kind=null].no`, fields)).toBeNull();
  expect(written(`${group}.${list}[kind=c&at=9].no`, '7')).toEqual({
    [group]: { [list]: [{ kind: 'c', at: '9', no: '7' }] },
  });
  expect(written(`${group}.${list}[].no`, '7')).toEqual({ [group]: { [list]: [{ no: '7' }] } });
  expect(lacks(`none${seen}`, fields)).toBe(true);
  expect(lacks(`${group}x.y`, fields)).toBe(false);
});

test('a path that was never seen knows its member at the top, and one without any is its own', () => {
  seen += 1;

  expect(accessor(`top${seen}[kind=x].number`).top).toBe(`top${seen}`);
  expect(accessor('.'.repeat(seen)).top).toBe('.'.repeat(seen));
});

test.each([
  [undefined, 'a', false],
  [null, 'null', false],
  [null, 'a', false],
  ['a', 'a', true],
  [5, '5', true],
  [true, 'true', true],
] as const)('whether %j holds what a document names as %s: %s', (cell, value, isHeld) => {
  expect(holds(cell, value)).toBe(isHeld);
});
