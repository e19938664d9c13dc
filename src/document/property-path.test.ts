import { describe, expect, test } from 'vitest';
import { parseComposite, parsePath } from './property-path.js';

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
  ])('%s leaves a blank', (text, qualifier) => {
    expect(parsePath(text).qualifiers).toEqual([qualifier]);
  });
});

test.each([
  ['email', ['email']],
  ['first, last', ['first', 'last']],
  ['first and last', ['first', 'last']],
  ['first + last', ['first', 'last']],
  ['brand', ['brand']],
  ['no (Dependant on having a, b in c), last', ['no (Dependant on having a, b in c)', 'last']],
])('the merge cell %s is split into its paths', (cell, expected) => {
  expect(parseComposite(cell).map((path) => path.text)).toEqual(expected);
});
