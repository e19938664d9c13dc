import { expect, test } from 'vitest';
import { driftDiagnostics } from './observed-drift.js';
import type { RowRecord } from './record.js';

const row = (a: string, b: string): RowRecord => ({
  pair: 'customer',
  slug: a,
  a,
  b,
  transform: 'identity',
  direction: 'both',
  origin: 'document',
  line: 9,
});
const drift = (path: string) => ({ system: 'CRM', entity: 'Contact', path, what: 'is new' });
const messagesOf = (paths: string[], rows: RowRecord[]) =>
  driftDiagnostics(paths.map(drift), rows).map((one) => one.message);

test('a field that no row uses is told as it is', () => {
  expect(driftDiagnostics([drift('shoeSize')], [row('email', 'email')])).toEqual([
    {
      severity: 'warning',
      code: 'contract-drift',
      line: 1,
      message: 'Contract drift: Contact.shoeSize of CRM is new',
      remedy: expect.stringContaining('syncproof contract diff') as string,
    },
  ]);
});

test.each([
  ['the property itself', 'email', 'email'],
  ['what the property lies in', 'properties', 'properties.email'],
  ['what lies in the property', 'address.city', 'address'],
  ['a list element that a qualifier chooses', 'phones.number', 'phones[kind=mobile].number'],
])('%s is told to be synchronised, on either side', (_what, path, used) => {
  expect(messagesOf([path], [row(used, 'other')])[0]).toContain('; it is synchronised');
  expect(messagesOf([path], [row('other', used)])[0]).toContain('; it is synchronised');
});

test('a property whose name only begins alike is not meant', () => {
  expect(messagesOf(['mail', 'emailed'], [row('email', 'mailbox')]).join()).not.toContain('synchronised');
});

test('the same drift seen twice is one finding, and findings stand in order', () => {
  expect(messagesOf(['b', 'a', 'b', 'c'], [])).toEqual([
    'Contract drift: Contact.a of CRM is new',
    'Contract drift: Contact.b of CRM is new',
    'Contract drift: Contact.c of CRM is new',
  ]);
});
