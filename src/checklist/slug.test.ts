import { expect, test } from 'vitest';
import { slugOf, uniqueSlug } from './slug.js';

test.each([
  ['deliveryAddress.country.id', 'delivery-address-country-id'],
  ['line2Amount', 'line2-amount'],
  ['VAT Number', 'vat-number'],
  ['--Straße (Åre)--', 'stra-e-are'],
  ['  $original_id  ', 'original-id'],
  ['日本', 'unnamed'],
  ['', 'unnamed'],
])('%s becomes %s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test('the second and the third of a name get a number', () => {
  const taken = new Set<string>();

  expect(['email', 'email', 'phone', 'email'].map((one) => uniqueSlug(one, taken))).toEqual([
    'email',
    'email-2',
    'phone',
    'email-3',
  ]);
});

test('a number that a name bears already is passed over', () => {
  const taken = new Set<string>();

  expect(['email', 'email-2', 'email', 'email'].map((one) => uniqueSlug(one, taken))).toEqual([
    'email',
    'email-2',
    'email-3',
    'email-4',
  ]);
});
