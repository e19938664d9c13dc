import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { formContext, row } from '../testing/form-context.js';
import { toCheck, type Draft } from './draft.js';

const DRAFT: Draft = { scenario: 'edit', topic: ['name'], title: 'An edit arrives', from: 'a' };

test('a check that expects nothing and stands in the first document says so by leaving both out', () => {
  const check = toCheck(formContext(), DRAFT);

  expect(check).not.toHaveProperty('expected');
  expect(check).not.toHaveProperty('document');
  expect(check).not.toHaveProperty('ownRecord');
});

test('a check says what it expects, and that its sentence stands in the reverse document', () => {
  const check = toCheck(formContext({ document: 'reverse' }), { ...DRAFT, expected: null });

  expect(check).toMatchObject({ expected: null, document: 'reverse' });
});

test('a check of a row that depends on its record has a record of its own', () => {
  const condition = { side: 'a' as const, path: 'kind', value: 'firm' };
  const ownRecord = (more: Parameters<typeof row>[2]) =>
    toCheck(formContext(), { ...DRAFT, row: row('name', 'title', more) }).ownRecord;

  expect(ownRecord({ only: [condition] })).toBe(true);
  expect(ownRecord({ precedence: 1 })).toBe(true);
  expect(ownRecord({})).toBeUndefined();
});

test('a check stands at the line of its row, else at that of its sentence', () => {
  const context = formContext();
  const { line } = context.sentence.span;

  expect(toCheck(context, { ...DRAFT, line: 23 }).line).toBe(23);
  expect(toCheck(context, { ...DRAFT, line: null }).line).toBe(line);
  expect(toCheck(context, DRAFT).line).toBe(line);
});

test('the fingerprint of a check is the beginning of the hash of its sentence, each time', () => {
  const { sentence, ...rest } = formContext();
  const text = `A sentence ${randomUUID()} that nothing has been made of yet.`;
  const context = { ...rest, sentence: { ...sentence, text } };

  const prints = [toCheck(context, DRAFT), toCheck(context, DRAFT)].map((check) => check.fingerprint);

  const print = createHash('sha256').update(text).digest('hex').slice(0, 12);
  expect(prints).toEqual([print, print]);
});

test('checks of one scenario of a pair share what they say of it', () => {
  const context = formContext();

  const [first, second] = [toCheck(context, DRAFT), toCheck(context, { ...DRAFT, topic: ['town'] })];

  expect(second.policies).toBe(first.policies);
  expect(second.needs).toBe(first.needs);
});
