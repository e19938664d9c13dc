import { expect, test } from 'vitest';
import type { Paging } from '../api-description.js';
import { REST_API } from '../conventions.js';
import { firstPage, nextPage } from './paging.js';

const LIST = 'http://127.0.0.1/items';
const apiWith = (paging: Paging) => ({ ...REST_API, paging });
const next = (paging: Paging, url: string, count: number, body = {}, link: string | null = null) =>
  nextPage(apiWith(paging), url, { body, count, link });

test.each([0, 1] as const)('pages count from %d', (first) => {
  const paging: Paging = { kind: 'page', pageParam: 'p', sizeParam: 'n', size: 2, totalHeader: null, first };

  const start = firstPage(apiWith(paging), LIST);

  expect(start).toBe(`${LIST}?n=2&p=${first}`);
  expect(next(paging, start, 2)).toBe(`${LIST}?n=2&p=${first + 1}`);
  expect(next(paging, start, 1)).toBeNull();
});

test('an offset moves by the size of a page', () => {
  const paging: Paging = { kind: 'offset', offsetParam: 'offset', sizeParam: 'limit', size: 50 };

  expect(next(paging, firstPage(apiWith(paging), `${LIST}?a=1`), 50)).toBe(`${LIST}?a=1&limit=50&offset=50`);
});

test('a cursor is taken from the answer and ends when there is none', () => {
  const paging: Paging = { kind: 'cursor', cursorParam: 'after', sizeParam: 'n', size: 2, next: 'meta.next' };

  expect(next(paging, `${LIST}?n=2`, 1, { meta: { next: 'x/1' } })).toBe(`${LIST}?n=2&after=x%2F1`);
  expect(next(paging, `${LIST}?n=2`, 2, { meta: {} })).toBeNull();
});

test('a cursor that does not move is an error, not an endless loop', () => {
  const paging: Paging = { kind: 'cursor', cursorParam: 'after', sizeParam: 'n', size: 2, next: 'next' };

  expect(() => next(paging, `${LIST}?n=2&after=7`, 2, { next: 7 })).toThrow(/same page/);
});

test('a Link header leads on, but never to another host', () => {
  const paging: Paging = { kind: 'link', sizeParam: 'n', size: 2 };
  const link = '<http://127.0.0.1/items?page=1>; rel="prev", </items?page=3>; rel="next"';

  expect(next(paging, LIST, 2, {}, link)).toBe(`${LIST}?page=3`);
  expect(next(paging, LIST, 2, {}, null)).toBeNull();
  expect(() => next(paging, LIST, 2, {}, '<http://evil.example/>; rel="next"')).toThrow(/another host/);
});
