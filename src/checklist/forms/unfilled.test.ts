import { expect, test } from 'vitest';
import type { FieldSpec } from '../../contract/field.js';
import type { MappedRow } from '../plan.js';
import { field, formContext, row } from '../testing/form-context.js';
import { unfilled } from './unfilled.js';

const unfilledBy = (more: Partial<FieldSpec>, ...rows: MappedRow[]) =>
  unfilled(formContext({ plan: { rows }, a: [field('name', more)] }));

test('a required property that no row fills from side b is told', () => {
  expect(unfilledBy({ required: true })).toEqual({
    reason: 'a new Desk Client needs name, which no row fills from the Book Account',
    remedy: 'name a row for name in the profile',
  });
});

test.each<[MappedRow['direction'], boolean]>([
  ['both', true],
  ['b-to-a', true],
  ['a-to-b', false],
])('a row that goes %s fills a required property of side a: %s', (direction, isFilled) => {
  expect(unfilledBy({ required: true }, row('name', 'title', { direction })) === null).toBe(isFilled);
});

test.each([{}, { required: true, readOnly: true }])('a property that is %j need not be filled', (more) => {
  expect(unfilledBy(more)).toBeNull();
});
