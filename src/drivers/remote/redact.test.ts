import { expect, test } from 'vitest';
import { Redactor } from './redact.js';

const TAG = 'zqabcdef';
const SECRET = 'canary secret/"1"';

test.each([
  ['as it is', SECRET],
  ['percent-encoded', encodeURIComponent(SECRET)],
  ['in base64', Buffer.from(SECRET).toString('base64')],
  ['as JSON writes it', JSON.stringify(SECRET)],
])('a secret is hidden %s', (_form, written) => {
  const shown = new Redactor([SECRET], TAG).text(`it said ${written}, and ended`);

  expect(shown).toContain('[secret]');
  expect(shown).not.toContain('canary');
});

test('a token that comes up during the run is hidden from then on', () => {
  const redactor = new Redactor([], TAG);
  redactor.add('token-123');

  expect(redactor.text('Bearer token-123')).toBe('Bearer [secret]');
});

test('e-mail addresses of others are masked, those of the run stay', () => {
  const shown = new Redactor([], TAG).text(`bob@example.org and ann.${TAG}xyzabc@example.org`);

  expect(shown).toBe(`[e-mail] and ann.${TAG}xyzabc@example.org`);
});

test.each([
  '+46 70-123 45 67',
  '+46701234567',
  '0046 70 123 45 67',
  '070-123 45 67',
  '(020) 7946 0018',
  '+1 (555) 010-9999',
])('the phone number %s of somebody is masked', (phone) => {
  expect(new Redactor([], TAG).text(`call ${phone}, please`)).toBe('call [phone], please');
});

test.each([
  '2026-11-25T17:20:19.000Z',
  '2026-01-15',
  '01.02.2026',
  'cu_000abc123',
  'http://127.0.0.1:4010/customers/1001?page=2&limit=100',
  '12345678',
  '00.50',
  'webshop-0a1b2c3d-10',
  'aff00123-4567-8901-2345-678901234567',
])('%s is no phone number', (text) => {
  expect(new Redactor([], TAG).text(text)).toBe(text);
});

test('a phone number that the run made up stays, in whichever form the sync brings it', () => {
  const redactor = new Redactor([], TAG);
  redactor.addOwn({ phone: '+46 70-123 45 67' });

  expect(redactor.text('0046 701 23 45 67')).toBe('0046 701 23 45 67');
});

test('names of a record of others are masked wherever they turn up', () => {
  const redactor = new Redactor([], TAG);
  redactor.addOthers({ first_name: 'Zebulon', last_name: "O'Hara-Quist", address: { street: 'Low Lane 9' } });

  expect(redactor.text("found Zebulon O'Hara-Quist of Low Lane 9, not Zebulonia")).toBe(
    'found [name] [name] of [name], not Zebulonia',
  );
});

test('a property that the contract calls a name is one in any language', () => {
  const redactor = new Redactor([], TAG);
  const entity = {
    name: 'Kunde',
    collection: 'kunden',
    idKind: 'string' as const,
    fields: [
      { path: 'vorname', type: { kind: 'string' as const, maxLength: 50 }, hint: 'first-name' as const },
    ],
  };
  redactor.addOthers({ vorname: 'Zebulon' }, entity);

  expect(redactor.text('"Zebulon"')).toBe('"[name]"');
});

test('an own name stays although somebody else bears it too', () => {
  const redactor = new Redactor([], TAG);
  redactor.addOwn({ first_name: 'Anna' });
  redactor.addOthers({ first_name: 'Anna', last_name: 'Zebulon' });

  expect(redactor.text('Anna Zebulon')).toBe('Anna [name]');
});

test('in JSON a record of others keeps its shape and loses its names and phones', () => {
  const shown = new Redactor([], TAG).json({
    results: [
      { id: 'cu_1', properties: { firstName: 'Zebulon', phone: '5550100', city: 'Ystad' } },
      { id: 'cu_2', properties: { firstName: 'Mine', note: `x ${TAG}abcdef`, phone: '5550100' } },
    ],
  });

  expect(shown).toEqual({
    results: [
      { id: 'cu_1', properties: { firstName: '[name]', phone: '[phone]', city: 'Ystad' } },
      { id: 'cu_2', properties: { firstName: 'Mine', note: `x ${TAG}abcdef`, phone: '5550100' } },
    ],
  });
});

test('a refusal that quotes a record of others loses its names too', () => {
  const said = JSON.stringify({
    message: 'taken',
    existing: { full_name: 'Zebulon Quist', email: 'z@quist.se' },
  });

  expect(new Redactor([], TAG).text(said)).toBe(
    '{"message":"taken","existing":{"full_name":"[name]","email":"[e-mail]"}}',
  );
});
