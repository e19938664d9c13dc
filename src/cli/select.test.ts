import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import { selectChecks } from './select.js';

const check = (id: string) => ({ id }) as Check;
const all = [
  'customer/keep-in-sync/webshop-to-crm/email',
  'customer/properties/email',
  'order/properties/note',
].map(check);
const ids = (checks: Check[]) => checks.map((one) => one.id);

test('an exact id selects one check', () => {
  expect(ids(selectChecks(all, ['order/properties/note']))).toEqual(['order/properties/note']);
});

test('a leading part selects what lies below it', () => {
  expect(ids(selectChecks(all, ['customer']))).toHaveLength(2);
});

test('a star stands for any text', () => {
  expect(ids(selectChecks(all, ['*/email']))).toHaveLength(2);
});

test('the text around two stars may not overlap', () => {
  expect(() => selectChecks(all, ['order/properties/note*note'])).toThrow(/no check matches/);
});

test('a pattern without a match is refused and named, whatever others match', () => {
  expect(() => selectChecks(all, ['customer', 'order/nothing', '*staff*'])).toThrow(
    'no check matches --only order/nothing *staff*',
  );
  expect(() => selectChecks(all, [''])).toThrow("no check matches --only ''");
});

test('an empty selection is refused', () => {
  expect(() => selectChecks(all, ['customer/nothing'])).toThrow(/no check matches/);
});

test('an exact id does not take along the checks below it', () => {
  const below = [...all, check('order/properties/note/clear')];

  expect(ids(selectChecks(below, ['order/properties/note']))).toEqual(['order/properties/note']);
});
