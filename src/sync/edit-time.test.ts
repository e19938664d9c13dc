import { expect, test } from 'vitest';
import { editTime } from './edit-time.js';

const remote = {
  id: '1',
  fields: {},
  version: null,
  stamp: 900,
  createdAt: null,
  updatedAt: 900,
  fieldTimes: null,
};

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

const read = {
  id: '1',
  fields: {},
  stamp: 9,
  createdAt: null,
  updatedAt: 9,
  version: null,
  fieldTimes: null,
};

test.each<[string, Record<string, number>, string, number]>([
  ['its own', { email: 3, phone: 5 }, 'email', 3],
  ['its own, without list marks', { 'phones.number': 4 }, 'phones[kind=x].number', 4],
  [
    'its own, as it is written',
    { 'phones[kind=x].number': 2, 'phones.number': 4 },
    'phones[kind=x].number',
    2,
  ],
  ['the latest of those below it', { 'address.city': 3, 'address.zip': 6 }, 'address', 6],
  ['the latest below it, whichever comes first', { 'address.zip': 6, 'address.city': 3 }, 'address', 6],
  ['that of what it lies in', { address: 5 }, 'address.city', 5],
  ['the record’s, where only the names begin alike', { mail: 5, emailed: 4 }, 'email', 9],
  ['the record’s, where nothing is told', {}, 'email', 9],
])('the time of an edit is %s', (_whose, times, path, at) => {
  expect(editTime(times, path, read)).toBe(at);
});
