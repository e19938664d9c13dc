import { expect, test } from 'vitest';
import { splitName } from './names.js';

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
