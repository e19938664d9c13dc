import { expect, test } from 'vitest';
import type { FieldSpec } from '../../contract/field.js';
import type { CreationRule, MappedRow, PairPlan } from '../plan.js';
import { DEFAULT_POLICIES } from '../policies.js';
import { field, formContext, row, topicsOf } from '../testing/form-context.js';
import type { Draft, FormContext } from './draft.js';
import { keepInSyncDrafts } from './keep-in-sync.js';

const FIELDS = { a: [field('name'), field('town')], b: [field('title'), field('label'), field('city')] };
const NAME = row('name', 'title');
type Given = Omit<Parameters<typeof formContext>[0] & object, 'plan'> & Partial<PairPlan>;
const drafts = (rows: MappedRow[], { creation, policies, ...more }: Given = {}): Draft[] => {
  const plan = { rows, ...(creation && { creation }), ...(policies && { policies }) };
  return [...keepInSyncDrafts(formContext({ ...FIELDS, ...more, plan }))];
};
const fromA = (all: Draft[]) => all.filter(({ from }) => from === 'a');
const reasons = (all: Draft[]) =>
  new Set(all.filter((one) => one.row !== undefined).map(({ notTestable }) => notTestable?.reason));

const when = (path: string): CreationRule => ({
  kind: 'when',
  condition: { path, equals: 'x', meets: 'x', fails: 'y' },
});
const UNLINK = { ...DEFAULT_POLICIES, scopeExit: 'unlink' as const };
const EVERY: CreationRule = { kind: 'every' };

test.each<[string, PairPlan['creation']]>([
  ['side a', { a: when('name'), b: null }],
  ['side b', { a: EVERY, b: when('title') }],
])('an edit of what the condition of %s names is open where it unlinks', (_side, creation) => {
  const found = drafts([NAME], { creation, policies: UNLINK });

  expect([...reasons(found)]).toEqual([expect.stringMatching(/takes the record out of the scope/)]);
});

test.each<[string, PairPlan['creation'], PairPlan['policies']]>([
  ['the policy keeps the link', { a: when('name'), b: null }, DEFAULT_POLICIES],
  ['the condition names another property', { a: when('town'), b: when('name') }, UNLINK],
  ['there is no condition', { a: EVERY, b: null }, UNLINK],
])('an edit is carried where %s', (_what, creation, policies) => {
  expect([...reasons(drafts([NAME], { creation, policies }))]).toEqual([undefined]);
});

test.each([
  ['a', 'name', 'the row counts only while name is "firm", and that is the property which it carries'],
  ['b', 'title', 'the row counts only while title is "firm", and that is the property which it carries'],
  ['a', 'town', undefined],
  ['b', 'name', undefined],
] as const)(
  'a row under a condition on %s %s is open where that is what it carries',
  (side, path, reason) => {
    const own = row('name', 'title', { only: [{ side, path, value: 'firm' }] });

    expect([...reasons(drafts([own]))]).toEqual([reason]);
  },
);

test.each<[string, FieldSpec[], FieldSpec[]]>([
  ['side a', [], FIELDS.b],
  ['side b', FIELDS.a, []],
])('a row of a property that %s does not have is left out', (_side, a, b) => {
  expect(drafts([NAME], { a, b }).filter(({ topic }) => topic[0] === 'name')).toEqual([]);
});

test('an edit of each of the first two that one property feeds spreads, unless it is open', () => {
  const rows = [NAME, row('name', 'label', { slug: 'label' }), row('name', 'city', { slug: 'city' })];
  const spread = (b: FieldSpec[]) => topicsOf(drafts(rows, { b }), 'edit-spreads');
  const [title, label, city] = FIELDS.b;

  expect(spread([title, label, city].filter((one) => one !== undefined))).toEqual([
    'name/spreads',
    'label/spreads',
  ]);
  expect(spread([field('title', { createOnly: true }), field('label'), field('city')])).toEqual([
    'label/spreads',
  ]);
});

const LISTS: Pick<Given, 'a' | 'b'> = {
  a: [field('name', { type: { kind: 'string-list', maxLength: 9 } })],
  b: [field('title', { type: { kind: 'string-list', maxLength: 9 } })],
};
test.each<[string, Partial<MappedRow>, PairPlan['policies'], number]>([
  ['is carried', {}, DEFAULT_POLICIES, 1],
  ['is not carried', {}, { ...DEFAULT_POLICIES, emptyAfterwards: 'never-overwrite' }, 0],
  ['gives way to another source', { precedence: 1 }, DEFAULT_POLICIES, 0],
])('the edit to an empty list is checked where it %s', (_what, more, policies, checks) => {
  const edits = topicsOf(fromA(drafts([row('name', 'title', more)], { ...LISTS, policies })), 'edit');

  expect(edits.filter((one) => one === 'name/empty')).toHaveLength(checks);
  expect(edits).toContain('name/several');
});

const TRIM: Partial<FieldSpec> = { normalises: 'trim' };
test.each<[string, Partial<MappedRow>, Partial<FieldSpec>, Partial<FieldSpec>, number]>([
  ['trims', {}, {}, TRIM, 1],
  ['trims, as the one that is edited does', {}, TRIM, TRIM, 0],
  ['lowers the case', {}, {}, { normalises: 'lower-case' }, 0],
  ['trims what is transformed', { transform: { kind: 'cast', to: 'string' } }, {}, TRIM, 0],
])('outer blanks are tried where the other side %s', (_what, more, own, far, checks) => {
  const all = drafts([row('name', 'title', more)], { a: [field('name', own)], b: [field('title', far)] });

  expect(topicsOf(fromA(all), 'canonical-value')).toHaveLength(checks);
});

/** What is checked of the whole record when side a is edited. */
const ofRecord = (a: FieldSpec[]) =>
  fromA(drafts([NAME], { a }))
    .filter((one) => one.row === undefined)
    .map(({ scenario }) => scenario);

test('a record whose only plain row is unique is saved without a change and no more', () => {
  expect(ofRecord([field('name', { unique: true })])).toEqual(['no-op-save']);
});

test.each<[string, FieldSpec[]]>([
  ['says nothing of', [field('name')]],
  ['does not hold', []],
])('a property that the contract %s counts as one that several records may share', (_what, a) => {
  expect(ofRecord(a)).toContain('write-budget');
});

test('a record is restored where side b has a route for it', () => {
  const { systems } = formContext();
  const withRoute = (restore?: { method: 'POST'; path: string }): FormContext['systems'] => ({
    ...systems,
    b: { ...systems.b, api: { ...systems.b.api, routes: { ...systems.b.api.routes, restore } } },
  });
  const restored = (given: FormContext['systems']) =>
    topicsOf(drafts([NAME], { systems: given }), 'restored');

  expect(restored(withRoute({ method: 'POST', path: '/{collection}/{id}/restore' }))).toEqual(['restored']);
  expect(restored(withRoute())).toEqual([]);
});
