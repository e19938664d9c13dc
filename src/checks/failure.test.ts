import { expect, test } from 'vitest';
import { CheckFailure, NotTestableHere, show } from './failure.js';

test('a value is shown as JSON, cut where it is long', () => {
  expect(show({ a: ['x'] })).toBe('{"a":["x"]}');
  expect(show(undefined)).toBe('nothing');
  expect(show('x'.repeat(88))).toHaveLength(90);
  expect(show('x'.repeat(89))).toBe(`"${'x'.repeat(86)}…`);
});

test('failures are told apart by name', () => {
  expect(new CheckFailure('m')).toMatchObject({ name: 'CheckFailure', message: 'm', differences: [] });
  expect(new NotTestableHere('m', 'r')).toMatchObject({ name: 'NotTestableHere', remedy: 'r' });
});
