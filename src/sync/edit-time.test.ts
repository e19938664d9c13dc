import { expect, test } from 'vitest';
import { editTime } from './edit-time.js';

const remote = { id: '1', fields: {}, updatedAt: 9, version: null, fieldTimes: null };

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
  expect(editTime(times, path, remote)).toBe(at);
});
