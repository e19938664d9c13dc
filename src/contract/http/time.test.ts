import { expect, test } from 'vitest';
import { readTime, renderTime } from './time.js';

const AT = Date.UTC(2024, 10, 5, 12, 30);

test('a time of an answer that names no zone is in UTC, wherever it is read', () => {
  const before = process.env['TZ'];
  process.env['TZ'] = 'Asia/Tokyo';

  const read = ['2024-11-05T12:30:00', '2024-11-05 12:30:00', '2024-11-05T12:30:00Z'].map((text) =>
    readTime(text, 'iso'),
  );

  if (before === undefined) delete process.env['TZ'];
  else process.env['TZ'] = before;
  expect(read).toEqual([AT, AT, AT]);
});

test('a time is read in the format in which it is written', () => {
  expect(readTime(renderTime(AT, 'iso'), 'iso')).toBe(AT);
  expect(readTime(renderTime(AT, 'epoch-s'), 'epoch-s')).toBe(AT);
  expect(readTime(renderTime(AT, 'epoch-ms'), 'epoch-ms')).toBe(AT);
});

test('what holds no time is none', () => {
  expect([undefined, null, '', 'soon', true, {}].map((value) => readTime(value, 'iso'))).toEqual(
    Array.from({ length: 6 }, () => null),
  );
});
