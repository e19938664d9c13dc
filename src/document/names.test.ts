import { expect, test } from 'vitest';
import { cutQualifier, entityWord, sameName, splitName } from './names.js';

test.each([
  ['Custom Webshop Customer', ['Custom Webshop'], 'Custom Webshop', 'Customer', null],
  ['Harbor GO Contact Person', ['Harbor', 'Harbor GO'], 'Harbor GO', 'Contact Person', null],
  ['Businessbooks Address', ['North Business Books', 'Business Books'], 'Businessbooks', 'Address', null],
  ['Quay.works Slot (human data)', ['Quay.works'], 'Quay.works', 'Slot', 'human data'],
  ['Tide Ledger Account', [], 'Tide Ledger', 'Account', null],
  ['Account', ['Account'], '', 'Account', null],
])('%s with %j', (display, systems, system, entity, qualifier) => {
  expect(splitName(display, systems)).toEqual({ system, entity, qualifier, display });
});

test.each([
  ['Tide Ledger Account', ['tideledger'], 'Tide Ledger', 'Account'],
  ['Tide Ledger Big Account', ['Tide', 'Tide Ledger Big Account'], 'Tide', 'Ledger Big Account'],
  ['Tide Ledger Big Account', ['', '-'], 'Tide Ledger Big', 'Account'],
  ['- Big Account', ['', '-'], '- Big', 'Account'],
  ['T-i-d-e Big Account', ['tide'], 'T-i-d-e', 'Big Account'],
  ['\u00C6r\u00F8 Big Account', ['\u00E6r\u00F8'], '\u00C6r\u00F8', 'Big Account'],
  ['Tide 2 Big Account', ['tide2'], 'Tide 2', 'Big Account'],
])('the system of %s with %j', (display, systems, system, entity) => {
  expect(splitName(display, systems)).toMatchObject({ system, entity });
});

test.each([
  ['Quay Slot (human data)', { name: 'Quay Slot', qualifier: 'human data' }],
  ['Quay Slot (a) (b)', { name: 'Quay Slot (a)', qualifier: 'b' }],
  ['Quay Slot ( )', { name: 'Quay Slot', qualifier: null }],
  ['Quay (a) Slot', { name: 'Quay (a) Slot', qualifier: null }],
  ['Quay Slot)', { name: 'Quay Slot)', qualifier: null }],
  ['(human data)', { name: '(human data)', qualifier: null }],
  [' (human data)', { name: ' (human data)', qualifier: null }],
])('the qualifier of %j', (display, parts) => {
  expect(cutQualifier(display)).toEqual(parts);
});

test('names are the same, case, blanks and punctuation aside', () => {
  expect(sameName('Quay.works', 'QUAY Works')).toBe(true);
  expect(sameName('Quay 1', 'Quay 2')).toBe(false);
  expect(sameName('Quay', 'Quays')).toBe(false);
  expect(sameName('Straße', 'Strasse')).toBe(false);
});

test.each([
  ['Quay Tug-Boat', 'tugboat'],
  ['Quay Boat (Old Ones)', 'boatoldones'],
])('the word for the entity of %s is %s', (display, word) => {
  expect(entityWord(splitName(display, ['Quay']))).toBe(word);
});
