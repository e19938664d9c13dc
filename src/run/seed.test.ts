import { expect, test } from 'vitest';
import { checkSeed } from './seed.js';

test('a check has the same seed in every run of the same seed', () => {
  expect(checkSeed(1, 'customer/properties/email')).toBe(3_768_979_911);
});

test('another run seed, another id and an id longer by a letter give other seeds', () => {
  const seeds = [
    checkSeed(1, 'a'),
    checkSeed(9, 'a'),
    checkSeed(1, 'c'),
    checkSeed(1, 'ab'),
    checkSeed(1, ''),
  ];

  expect(new Set(seeds).size).toBe(seeds.length);
  for (const seed of seeds) expect(seed).toBeGreaterThanOrEqual(0);
});
