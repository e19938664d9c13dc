import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ContractOutcome } from '../contract-checks/run.js';
import { contractRun } from './contract-record.js';

const ABOUT = {
  version: '1.2.3',
  target: 'stand-ins',
  seed: 4,
  started: Date.UTC(2026, 0, 1),
  ended: Date.UTC(2026, 0, 1) + 250,
  problems: ['a worker died'],
  replay: (id: string) => `again ${id}`,
};
const outcome = (system: string, operation: string, name: string, more: Partial<ContractOutcome> = {}) => ({
  id: `${system}/${operation}/${name}`,
  system,
  operation,
  title: `title of ${name}`,
  verdict: 'verified' as const,
  reason: null,
  remedy: null,
  durationMs: 3,
  breaking: true,
  ...more,
});
const OUTCOMES: ContractOutcome[] = [
  outcome('webshop', 'listCustomers', 'pages'),
  outcome('crm', 'getContact', 'not-found', {
    verdict: 'not-testable',
    reason: 'no such call',
    remedy: 'add it',
  }),
  outcome('webshop', 'createCustomer', 'made', { verdict: 'failed', reason: 'refused', breaking: false }),
  outcome('webshop', 'listCustomers', 'order', { verdict: 'not-testable', reason: 'no order' }),
];
const record = () => contractRun(OUTCOMES, ABOUT);

test('the record says who ran what, when and for how long', () => {
  const run = record();

  expect(run).toMatchObject({
    schema: 'syncproof.run/1',
    tool: { name: 'syncproof', version: '1.2.3' },
    document: { title: 'Contract', generated: null, path: 'contract' },
    reverse: null,
    profile: null,
    target: 'stand-ins',
    seed: 4,
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 250,
    diagnostics: [],
    gate: { results: [], passed: false, exitCode: 4 },
    problems: ['a worker died'],
  });
  expect(run.document.sha256).toBe(createHash('sha256').update(run.document.text).digest('hex'));
});

test('the document has a section for each system and a sentence for each operation', () => {
  const run = record();

  expect(run.document.text.split('\n')).toEqual([
    '========',
    'Contract',
    '========',
    '',
    'webshop',
    '-------',
    '',
    'The operation listCustomers keeps its contract.',
    '',
    'The operation createCustomer keeps its contract.',
    '',
    'crm',
    '---',
    '',
    'The operation getContact keeps its contract.',
    '',
    '',
  ]);
});

test('sections, sentences and checks name their lines in it', () => {
  const run = record();
  const textLine = (line: number) => run.document.text.split('\n')[line - 1];

  expect(run.pairs.map(({ slug, line }) => [slug, textLine(line)])).toEqual([
    ['webshop', 'webshop'],
    ['crm', 'crm'],
  ]);
  expect(run.pairs[0]).toEqual({
    slug: 'webshop',
    source: 'webshop',
    target: 'its contract',
    line: 5,
    owner: null,
  });
  for (const one of [...run.sentences, ...run.checks]) expect(textLine(one.line)).toBe(one.sentence);
});

test('a sentence has the worst verdict of its checks; one that is not testable hides no other', () => {
  const run = record();

  expect(
    run.sentences.map(({ pair, form, verdict, checks, reason }) => [pair, form, verdict, checks, reason]),
  ).toEqual([
    ['webshop', 'contract', 'verified', ['webshop/listCustomers/pages', 'webshop/listCustomers/order'], null],
    ['webshop', 'contract', 'failed', ['webshop/createCustomer/made'], null],
    ['crm', 'contract', 'not-testable', ['crm/getContact/not-found'], 'no such call'],
  ]);
});

test('one check that is not testable gives no reason to a sentence that others decide, even when it is the first', () => {
  const { sentences } = contractRun(
    [
      outcome('crm', 'getContact', 'open', { verdict: 'not-testable', reason: 'no such call' }),
      outcome('crm', 'getContact', 'made'),
    ],
    ABOUT,
  );

  expect(sentences[0]).toMatchObject({ verdict: 'verified', reason: null });
});

test('an error is worse than a failure', () => {
  const verdicts = ['verified', 'failed', 'error'] as const;
  const { sentences } = contractRun(
    verdicts.map((verdict) => outcome('crm', 'getContact', verdict, { verdict })),
    ABOUT,
  );

  expect(sentences[0]?.verdict).toBe('error');
});

test('a check keeps its outcome and says how it is replayed', () => {
  const run = record();

  expect(run.checks[2]).toEqual({
    id: 'webshop/createCustomer/made',
    title: 'title of made',
    pair: 'webshop',
    form: 'contract',
    scenario: 'contract',
    direction: null,
    property: null,
    value: null,
    origin: 'profile',
    line: 10,
    sentence: 'The operation createCustomer keeps its contract.',
    fingerprint: createHash('sha256')
      .update('The operation createCustomer keeps its contract.')
      .digest('hex')
      .slice(0, 12),
    policies: [],
    invariants: [],
    needs: [],
    severity: 'minor',
    verdict: 'failed',
    reason: 'refused',
    remedy: null,
    replay: 'again webshop/createCustomer/made',
    steps: [],
    evidence: null,
    waiver: null,
    durationMs: 3,
  });
  expect(run.checks[0]?.severity).toBe('critical');
  expect(run.summary).toMatchObject({ verified: 1, failed: 1, notTestable: 2, total: 4 });
});

test('a sentence is not testable when none of its checks is, for the reason of the first', () => {
  const open = (name: string, reason: string) =>
    outcome('crm', 'getContact', name, { verdict: 'not-testable', reason });
  const { sentences } = contractRun([open('one', 'first reason'), open('two', 'second reason')], ABOUT);

  expect(sentences[0]).toMatchObject({ verdict: 'not-testable', reason: 'first reason' });
});
