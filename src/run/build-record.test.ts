import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import { replayLine, toCheckRecord } from './build-record.js';
import type { CheckOutcome } from './record.js';

const CHECK: Check = {
  id: 'customer/keep-in-sync/webshop-to-crm/email/emoji',
  pair: 'customer',
  form: 'keep-in-sync',
  scenario: 'edit',
  title: 'email with an emoji',
  from: 'a',
  direction: 'webshop-to-crm',
  property: 'email',
  value: { label: 'emoji', value: '🙂' },
  matchKey: null,
  origin: 'document',
  line: 9,
  sentence: 'The sentence.',
  fingerprint: 'abc',
  policies: ['conflict'],
  invariants: ['I4'],
  needs: ['journal'],
  severity: 'critical',
  notTestable: null,
};
const OUTCOME: CheckOutcome = {
  verdict: 'failed',
  reason: 'it differs',
  remedy: 'mend it',
  steps: [{ text: 'Then', status: 'failed' }],
  evidence: { exchanges: [], before: { a: null, b: null }, after: { a: null, b: null }, differences: [] },
  durationMs: 5,
};
const NONE = { document: null, reverse: null, profile: null, seed: 7, checkId: 'a/b', fault: null };

test('a record is the check with its outcome', () => {
  const { from: _from, matchKey: _matchKey, notTestable: _notTestable, ...told } = CHECK;

  expect(toCheckRecord(CHECK, { id: CHECK.id, outcome: OUTCOME, detail: '' }, 'npx again')).toEqual({
    ...told,
    ...OUTCOME,
    value: 'emoji',
    replay: 'npx again',
    waiver: null,
  });
});

test('a check of the reverse document says so; one of the document itself says nothing', () => {
  const finished = { id: CHECK.id, outcome: OUTCOME, detail: '' };

  expect(toCheckRecord({ ...CHECK, document: 'reverse' }, finished, '').document).toBe('reverse');
  expect(toCheckRecord(CHECK, finished, '')).not.toHaveProperty('document');
});

test('a check without a value has none in its record', () => {
  expect(toCheckRecord({ ...CHECK, value: null }, undefined, '').value).toBeNull();
});

test('a check that the worker never ended is an error, never a pass', () => {
  expect(toCheckRecord(CHECK, undefined, 'npx again')).toMatchObject({
    verdict: 'error',
    reason: 'No result: the worker stopped before this check ended',
    remedy: expect.stringContaining('--debug') as string,
    steps: [],
    evidence: null,
    durationMs: 0,
  });
});

test('a check that ended without an outcome is an error with what the worker said', () => {
  expect(toCheckRecord(CHECK, { id: CHECK.id, outcome: null, detail: 'out of memory' }, '')).toMatchObject({
    verdict: 'error',
    reason: 'No result: out of memory',
  });
});

test('the replay line names the seed and the check, and nothing that was not given', () => {
  expect(replayLine(NONE)).toBe('npx syncproof run --seed 7 --only a/b');
});

test('the replay line names both documents, the profile and the options of the target, in this order', () => {
  const line = replayLine({
    ...NONE,
    document: 'd.rst',
    reverse: 'r.rst',
    profile: 'p.yaml',
    target: ['--via', 'msw'],
  });

  expect(line).toBe('npx syncproof run d.rst r.rst --profile p.yaml --via msw --seed 7 --only a/b');
});

test('a word that a shell would read otherwise is quoted', () => {
  expect(replayLine({ ...NONE, document: "mona's file.rst", checkId: 'a/*' })).toBe(
    String.raw`npx syncproof run 'mona'\''s file.rst' --seed 7 --only 'a/*'`,
  );
});

test('letters, digits and the marks of paths stand without quotes; a blank at the end does not', () => {
  expect(replayLine({ ...NONE, document: './a_1/b@2:~c-d.rst', checkId: 'a ' })).toBe(
    "npx syncproof run ./a_1/b@2:~c-d.rst --seed 7 --only 'a '",
  );
});

test('a fault is replayed by its number', () => {
  expect(replayLine({ ...NONE, document: 'd.rst', fault: 25 })).toBe(
    'npx syncproof prove --fault 25 --seed 7 --only a/b',
  );
});
