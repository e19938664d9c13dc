import { expect, test } from 'vitest';
import { lacks } from './paths.js';

test('a property is lacking where an answer does not name it, and not where it is null', () => {
  expect(lacks('address.city', { address: {} })).toBe(true);
  expect(lacks('address.city', { address: { city: null } })).toBe(false);
});

test('of a property inside a list only the list must be there', () => {
  const path = 'phones[kind=mobile].number';

  expect(lacks(path, { phones: [{ kind: 'work', number: '1' }] })).toBe(false);
  expect(lacks(path, { phones: [] })).toBe(false);
  expect(lacks(path, { name: 'Ada' })).toBe(true);
});
