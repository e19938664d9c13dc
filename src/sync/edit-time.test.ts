import { expect, test } from 'vitest';
import { editTime } from './edit-time.js';

const remote = { id: '1', fields: {}, version: null, updatedAt: 900, fieldTimes: null };

test('a provider that tells when the list of an element changed tells when the element did', () => {
  const times = { 'phones[].number': 100, name: 800 };

  expect(editTime(times, 'phones[kind=mobile].number', remote)).toBe(100);
});

test('a property without a time of its own has that of what lies above or below it', () => {
  expect(editTime({ address: 300 }, 'address.city', remote)).toBe(300);
  expect(editTime({ 'address.city': 200, 'address.zip': 400 }, 'address', remote)).toBe(400);
});

test('without any time the record was last edited when it was updated', () => {
  expect(editTime({ addressee: 100 }, 'address.city', remote)).toBe(900);
});
