import { expect, test } from 'vitest';
import type { SentenceCoverage } from '../checklist/check.js';
import { checkRecord } from '../report/testing/check-fixture.js';
import type { Verdict } from './record.js';
import { rollUpSentences, sentenceVerdict, summarise, worstVerdict } from './roll-up.js';

const SENTENCE: SentenceCoverage = {
  pair: 'customer',
  form: 'properties',
  line: 12,
  sentence: 'The sentence.',
  checks: ['one', 'two', 'three'],
  reason: null,
};
const check = (id: string, verdict: Verdict, reason: string | null = null) =>
  checkRecord({
    id,
    title: id,
    pair: 'customer',
    form: 'properties',
    line: 12,
    sentence: 's',
    verdict,
    reason,
  });

test('the worst verdict counts, and nothing at all proves nothing', () => {
  expect(worstVerdict(['verified', 'failed', 'error', 'waived'])).toBe('error');
  expect(worstVerdict(['verified', 'waived'])).toBe('waived');
  expect(worstVerdict([])).toBe('not-testable');
});

test('checks that are not testable do not hide others', () => {
  expect(sentenceVerdict(['verified', 'not-testable'])).toBe('verified');
  expect(sentenceVerdict(['failed', 'not-testable'])).toBe('failed');
  expect(sentenceVerdict(['not-testable', 'not-testable'])).toBe('not-testable');
  expect(sentenceVerdict([])).toBe('not-testable');
});

test('a sentence says which of its checks are open, and why', () => {
  const checks = [
    check('one', 'verified'),
    check('two', 'not-testable', 'there is no clock'),
    check('three', 'not-testable', 'another'),
  ];

  expect(rollUpSentences([SENTENCE], checks)).toEqual([
    {
      pair: 'customer',
      form: 'properties',
      line: 12,
      sentence: 'The sentence.',
      verdict: 'verified',
      checks: ['one', 'two', 'three'],
      reason: '2 of 3 checks not testable: there is no clock',
    },
  ]);
});

test('a sentence of which only some checks were selected holds those, without a reason', () => {
  const [sentence] = rollUpSentences([SENTENCE], [check('two', 'verified'), check('elsewhere', 'failed')]);

  expect(sentence).toMatchObject({ verdict: 'verified', checks: ['two'], reason: null });
});

test('a sentence of which no check was selected says so', () => {
  const [sentence] = rollUpSentences([SENTENCE], [check('elsewhere', 'verified')]);

  expect(sentence).toMatchObject({
    verdict: 'not-testable',
    checks: [],
    reason: 'not selected for this run',
  });
});

test('a sentence of the reverse document says so; one of the document itself says nothing', () => {
  const [reverse, own] = rollUpSentences([{ ...SENTENCE, document: 'reverse' }, SENTENCE], []);

  expect(reverse?.document).toBe('reverse');
  expect(own).not.toHaveProperty('document');
});

test('a sentence that never had a check gives its own reason', () => {
  const open = { ...SENTENCE, checks: [], reason: { reason: 'the table is empty', remedy: 'fill it' } };

  expect(rollUpSentences([open], [])[0]).toMatchObject({ reason: 'the table is empty' });
});

test('every check is counted once, under its verdict', () => {
  const verdicts: Verdict[] = [
    'verified',
    'verified',
    'failed',
    'error',
    'error',
    'error',
    'waived',
    'not-testable',
  ];

  expect(summarise(verdicts.map((verdict, index) => check(String(index), verdict)))).toEqual({
    verified: 2,
    failed: 1,
    error: 3,
    waived: 1,
    notTestable: 1,
    total: 8,
  });
});
