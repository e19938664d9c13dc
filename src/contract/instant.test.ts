import { afterEach, beforeEach, expect, test } from 'vitest';
import { instantOf } from './instant.js';

const NOON = Date.UTC(2024, 10, 5, 12, 30);
let before: string | undefined;

beforeEach(() => {
  before = process.env['TZ'];
  process.env['TZ'] = 'America/New_York';
});
afterEach(() => {
  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
});

test.each(['2024-11-05T12:30:00', '2024-11-05T12:30', '2024-11-05 12:30:00.000', '2024-11-05T12:30:00 '])(
  'a time without a zone is in UTC: %j',
  (text) => {
    expect(instantOf(text)).toBe(NOON);
  },
);

test.each([
  '2024-11-05T12:30:00Z',
  '2024-11-05T14:30:00+02:00',
  '2024-11-05T07:30:00-0500',
  'Tue, 05 Nov 2024 12:30:00 GMT',
  'Tue Nov 05 2024 07:30:00 GMT-0500 (Eastern Standard Time)',
])('a time with a zone is what it says: %j', (text) => {
  expect(instantOf(text)).toBe(NOON);
});

test('a day begins in UTC, and what is no time is none', () => {
  expect(instantOf('2024-11-05')).toBe(Date.UTC(2024, 10, 5));
  expect(instantOf('soon')).toBeNaN();
  expect(instantOf('at 12:30')).toBeNaN();
});
