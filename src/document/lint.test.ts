import { describe, expect, test } from 'vitest';
import { compareDirections } from './contradictions.js';
import { DIAGNOSTIC_CODES } from './diagnostic-codes.js';
import { readDocument } from './read.js';
import { CASES, make, REVERSE, type Case } from './testing/lint-cases.js';

const findingsOf = ({ text, reverse }: Case) => {
  const document = readDocument(text, 'a-b.rst');
  const contradictions =
    reverse === undefined ? [] : compareDirections(document, readDocument(reverse, 'b-a.rst'));
  return [...document.diagnostics, ...contradictions];
};

describe('a finding has its code, severity, line, words and remedy', () => {
  test.each(CASES.map((one) => [one.code, one] as const))('%s', (code, one) => {
    const found = findingsOf(one).filter((finding) => finding.code === code);

    expect(found).toHaveLength(1);
    expect(found[0]?.line).toBe(one.line);
    expect(found[0]?.severity).toBe(DIAGNOSTIC_CODES.find((row) => row.code === code)?.severity);
    expect(found[0]?.words ?? '').toContain(one.words);
    expect(found[0]?.remedy).toMatch(one.remedy);
    expect(found[0]?.message).not.toBe('');
  });

  test('every code has such a case', () => {
    expect(CASES.map((one) => one.code).toSorted()).toEqual(
      DIAGNOSTIC_CODES.map((row) => row.code).toSorted(),
    );
  });
});

test('a document without a fault has no finding, and two that agree do not contradict each other', () => {
  const [forward, back] = [readDocument(make(), 'a-b.rst'), readDocument(REVERSE, 'b-a.rst')];

  expect([...forward.diagnostics, ...back.diagnostics]).toEqual([]);
  expect(compareDirections(forward, back)).toEqual([]);
});
