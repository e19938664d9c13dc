import { describe, expect, test } from 'vitest';
import { isPrimaryKey, parseComposite, parsePath, plainPath } from './property-path.js';

describe('a path', () => {
  test('is split at its dots', () => {
    expect(parsePath('address.country.id')).toMatchObject({ segments: ['address', 'country', 'id'] });
  });

  test('carries its qualifiers, one after the other', () => {
    const path = parsePath('no (Dependant on having NO in countryDependant on having 1 in kind.name)');

    expect(path.segments).toEqual(['no']);
    expect(path.qualifiers).toEqual([
      { value: 'NO', path: 'country' },
      { value: '1', path: 'kind.name' },
    ]);
  });

  test.each([
    ['id (Dependant on having  in country)', { value: null, path: 'country' }],
    ['id (Dependant on having NO in  )', { value: 'NO', path: null }],
    ['id (Dependant on having NO in)', { value: 'NO', path: null }],
    ['id (Dependant on having )', { value: null, path: null }],
    ['id (Dependant on having in country)', { value: null, path: 'country' }],
    ['id (Dependant on having Norway)', { value: 'Norway', path: null }],
  ])('%s leaves a blank', (text, qualifier) => {
    expect(parsePath(text).qualifiers).toEqual([qualifier]);
  });

  test.each([
    ['(Dependant on having NO in country)', [], [{ value: 'NO', path: 'country' }]],
    ['no Dependant on having NO in country', ['no Dependant on having NO in country'], []],
    [
      'Dependant on having x (Dependant on having NO in country)',
      ['Dependant on having x'],
      [{ value: 'NO', path: 'country' }],
    ],
    ['no (Dependant on having a) in b)', ['no'], [{ value: 'a)', path: 'b' }]],
  ])('%s is parted at the bracket that opens its qualifiers', (text, segments, qualifiers) => {
    expect(parsePath(text)).toEqual({ text, segments, qualifiers });
  });

  test('is shown without its qualifiers', () => {
    expect(plainPath(parsePath('address.id (Dependant on having NO in country)'))).toBe('address.id');
  });
});

test.each([
  ['id', true],
  ['ID', true],
  ['$original_id', true],
  ['$original_id (Dependant on having NO in country)', true],
  ['guid', false],
  ['ident', false],
  ['i.d', false],
  ['owner.id', false],
  ['', false],
])('%j is the primary key: %s', (text, expected) => {
  expect(isPrimaryKey(parsePath(text))).toBe(expected);
});

test.each([
  ['email', ['email']],
  ['first, last', ['first', 'last']],
  ['first and last', ['first', 'last']],
  ['first + last', ['first', 'last']],
  ['brand', ['brand']],
  ['first, , last', ['first', 'last']],
  ['first), last', ['first)', 'last']],
  ['no ((a), b), last', ['no ((a), b)', 'last']],
  ['no (Dependant on having a, b in c), last', ['no (Dependant on having a, b in c)', 'last']],
])('the merge cell %s is split into its paths', (cell, expected) => {
  expect(parseComposite(cell).map((path) => path.text)).toEqual(expected);
});
