import { expect, test } from 'vitest';
import { digestOf } from './digest.js';

test('records that hold the same read the same, others do not', () => {
  expect(digestOf({ name: 'Berg' })).toBe(digestOf({ name: 'Berg' }));
  expect(digestOf({ name: 'Berg' })).not.toBe(digestOf({ name: null }));
});

test('a record is read through once, however often it is compared', () => {
  let reads = 0;
  const record = {
    get name() {
      reads += 1;
      return 'Berg';
    },
  };

  expect(digestOf(record)).toBe(digestOf(record));
  expect(reads).toBe(1);
});
