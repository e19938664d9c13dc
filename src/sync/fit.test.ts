import { expect, test } from 'vitest';
import { DEFAULT_POLICIES } from '../checklist/policies.js';
import { fit, inOwnForm } from './fit.js';

const field = { path: 'name', type: { kind: 'string' as const, maxLength: 3 } };
const report = { ...DEFAULT_POLICIES, longText: 'report' as const };
const truncate = { ...DEFAULT_POLICIES, longText: 'truncate' as const };

test('text that fits is taken as it is', () => {
  expect(fit(field, 'abc', report)).toBe('abc');
  expect(fit(field, '😀😀😀', report)).toBe('😀😀😀');
});

test('text that is too long is refused or cut, by whole characters', () => {
  expect(() => fit(field, 'abcd', report)).toThrow('longer than the 3 characters of name');
  expect(fit(field, '😀😀😀😀', truncate)).toBe('😀😀😀');
});

test('what no contract speaks against is taken as it is', () => {
  expect(fit(undefined, 'abcd', report)).toBe('abcd');
  expect(fit({ path: 'n', type: { kind: 'untyped' } }, 'abcd', report)).toBe('abcd');
});

test('a value that the field cannot hold is never sent', () => {
  expect(() => fit(field, 12_345, report)).toThrow('none that name takes');
  expect(() => fit({ ...field, required: true }, null, report)).toThrow('none that name takes');
  expect(fit(field, null, report)).toBeNull();
});

test('a value is held as its provider is known to keep it', () => {
  const kept = (normalises: 'trim' | 'lower-case', value: string) =>
    inOwnForm({ ...field, normalises }, value);

  expect(inOwnForm({ ...field, normalises: 'trim' }, 7)).toBe(7);
  expect([kept('trim', ' A b '), kept('lower-case', ' A b ')]).toEqual(['A b', ' a b ']);
  expect([inOwnForm(field, ' A '), inOwnForm(undefined, ' A '), inOwnForm(field, 7)]).toEqual([
    ' A ',
    ' A ',
    7,
  ]);
});

test('what a field takes is worked out once, however many values are looked at', () => {
  let reads = 0;
  const counted = {
    ...field,
    get pattern() {
      reads += 1;
      return '[a-z]+';
    },
  };

  fit(counted, 'abc', report);
  const first = reads;
  fit(counted, 'abc', report);

  expect(first).toBeGreaterThan(0);
  expect(reads).toBe(first);
});
