import { expect, test } from 'vitest';
import type { SentenceForm } from '../../document/model.js';
import type { CreationRule } from '../plan.js';
import { formContext, row } from '../testing/form-context.js';
import { BACK_EMITTERS } from './back.js';

const LINKED: CreationRule = { kind: 'linked-only' };
const drafts = (form: SentenceForm, b: CreationRule | null, a: CreationRule = { kind: 'every' }) => [
  ...BACK_EMITTERS[form](formContext({ plan: { creation: { a, b }, rows: [row('name', 'title')] } })),
];

test.each<[SentenceForm, CreationRule, RegExp]>([
  [
    'sync-when',
    { kind: 'when', condition: { path: 'kind', equals: 1, meets: 1, fails: 2 } },
    /how to tell whether the condition holds$/,
  ],
  [
    'create-connected',
    { kind: 'connected', to: [{ pair: 'berth', path: 'ref' }] },
    /synchronises the entities it must be connected to$/,
  ],
])(
  '%s of the reverse document is checked where the plan has a rule for it, else open',
  (form, rule, reason) => {
    const reasons = (b: CreationRule | null) => drafts(form, b).map(({ notTestable }) => notTestable?.reason);

    expect(new Set(reasons(rule))).toEqual(new Set([undefined]));
    for (const one of [...reasons(LINKED), ...reasons(null)]) expect(one).toMatch(reason);
  },
);

test('a link that comes first on both sides, without a key, is made by hand', () => {
  expect(drafts('link-first', LINKED, LINKED).map(({ scenario }) => scenario)).toEqual([
    'not-created-back',
    'linked-by-hand',
  ]);
});

test('a link that comes first where the plan says nothing of side b needs a key', () => {
  const [only, ...more] = drafts('link-first', null, LINKED);

  expect(only?.scenario).toBe('linked-back');
  expect(only?.notTestable?.reason).toMatch(/names no property on which records of the two systems match$/);
  expect(more).toEqual([]);
});
