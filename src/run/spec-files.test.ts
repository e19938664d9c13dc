import { expect, test } from 'vitest';
import { MOST_PARTS, partOfFile, partsFor, specPattern } from './spec-files.js';

test('each machine gets a file for each of its two workers, as long as there are files', () => {
  expect([1, 2, 3, 4, 5, 8].map(partsFor)).toEqual([2, 4, 6, MOST_PARTS, 5, 8]);
});

test('the pattern takes the first files only', () => {
  expect(specPattern(1)).toBe('checklist-1.spec.js');
  expect(specPattern(4)).toBe('checklist-[1-4].spec.js');
});

test('the number in its name says which part a file judges', () => {
  expect(partOfFile('checklist-1.spec.js')).toBe(0);
  expect(partOfFile('checklist-12.spec.ts')).toBe(11);
});

test.each(['checklist-.spec.js', 'old-checklist-1.spec.js', 'checklist-1.test.js'])(
  '%s is refused',
  (name) => {
    expect(() => partOfFile(name)).toThrow(`${name} is no spec file of the checklist`);
  },
);
