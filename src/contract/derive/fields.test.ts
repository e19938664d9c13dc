import { expect, test } from 'vitest';
import { createRng, sampleValue } from '../values.js';
import { field, text } from './fields.js';

const sample = (path: string) => String(sampleValue(field(path, text()), createRng(7)));

test.each([
  ['EmailAddress', /^[^@ ]+@example\.org$/],
  ['work.e_mail', /^[^@ ]+@example\.org$/],
  ['E-Mail', /^[^@ ]+@example\.org$/],
  ['mobilTelefon', /^\+47 /],
  ['postalAddress.postalCode', /^\d{4}$/],
  ['Country.TwoLetterISOCountry', /^[A-Z]{2}$/],
  ['deal_currency_code', /^[A-Z]{3}$/],
  ['dateOfBirth', /^\d{4}-\d{2}-\d{2}$/],
  ['properties.closedate', /^\d{4}-\d{2}-\d{2}$/],
  ['closed_at', /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/],
  ['addressLine1', / street \d+$/],
  ['website', /^https:\/\//],
])('the name %s decides what its values look like', (path, look) => {
  expect(sample(path)).toMatch(look);
});

test('a name that only resembles one keeps plain text', () => {
  for (const path of [
    'candidate',
    'lastUpdate',
    'update_status',
    'verified_email',
    'island_code',
    'home_mailing',
  ])
    expect(sample(path)).toMatch(/^[a-z]+ [a-z]+ \d{4}$/);
});
