import { expect, test } from 'vitest';
import type { CreationRule, PairPlan } from '../checklist/plan.js';
import type { Policies } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import { keepsInStep } from './scope.js';
import type { Link } from './store/port.js';
import { listed, pollingEngine, STALL } from './testing/polling-engine.js';

const when = (path: string): CreationRule =>
  ({ kind: 'when', condition: { path, equals: 'open' } }) as unknown as CreationRule;
const OPEN = { state: 'open' };
const SHUT = { state: 'shut' };
const LINK: Link = { pair: 'stall', aId: 'a1', bId: 'b1', base: {}, state: 'live', pending: null };

type Given = {
  creation: PairPlan['creation'];
  scopeExit?: Policies['scopeExit'];
  link?: Partial<Link>;
};

/** Two linked records of which some are created under a condition; tells whether they are kept in step. */
function linkOf({ creation, scopeExit = 'unlink', link = {} }: Given) {
  const pair: PairPlan = { ...STALL, creation, policies: { ...STALL.policies, scopeExit } };
  const { engine, store } = pollingEngine({}, [pair]);
  store.putLink({ ...LINK, ...link });
  const keeps = (a: JsonObject, b: JsonObject = {}) => {
    const now = store.linkOf('stall', 'a', 'a1');
    if (now === null) throw new Error('there is no link');
    return keepsInStep(engine, pair, now, { a: listed('a1', a), b: listed('b1', b) });
  };
  return { keeps, store, state: () => store.linkOf('stall', 'a', 'a1')?.state ?? 'none' };
}

test.each<[string, Given]>([
  ['the policy keeps what leaves the scope', { creation: { a: when('state'), b: null }, scopeExit: 'keep' }],
  ['every record of one side is created', { creation: { a: when('state'), b: { kind: 'every' } } }],
  ['a connection lets them be created', { creation: { a: when('state'), b: { kind: 'connected', to: [] } } }],
  ['nothing lets them be created', { creation: { a: { kind: 'linked-only' }, b: { kind: 'linked-only' } } }],
])('two records are kept in step whatever they hold where %s', (_why, given) => {
  const { keeps, state } = linkOf(given);

  expect(keeps(SHUT, SHUT)).toBe(true);
  expect(state()).toBe('live');
});

test('under a condition of each side one that is met is enough', () => {
  const { keeps, state } = linkOf({ creation: { a: when('state'), b: when('state') } });

  expect([keeps(OPEN, SHUT), keeps(SHUT, OPEN), keeps(OPEN, OPEN)]).toEqual([true, true, true]);
  expect(state()).toBe('live');
  expect(keeps(SHUT, SHUT)).toBe(false);
  expect(state()).toBe('out-of-scope');
});

test('a condition of side b is asked of the record of side b', () => {
  const { keeps } = linkOf({ creation: { a: { kind: 'linked-only' }, b: when('state') } });

  expect(keeps(SHUT, OPEN)).toBe(true);
  expect(keeps(OPEN, SHUT)).toBe(false);
});

test('an empty property meets no condition', () => {
  expect(linkOf({ creation: { a: when('state'), b: null } }).keeps({ state: null })).toBe(false);
});

test('an answer without the property changes nothing: linked stays linked, and out of scope stays out', () => {
  const creation = { a: when('state'), b: null };
  const live = linkOf({ creation });
  const out = linkOf({ creation, link: { state: 'out-of-scope' } });

  expect([live.keeps({}), live.state()]).toEqual([true, 'live']);
  expect([out.keeps({}), out.state()]).toEqual([false, 'out-of-scope']);
});

test('an answer that lacks the property of one of two conditions changes nothing either', () => {
  const { keeps, state } = linkOf({ creation: { a: when('state'), b: when('state') } });

  expect([keeps({}, SHUT), keeps(SHUT, {})]).toEqual([true, true]);
  expect(state()).toBe('live');
});

test('what leaves the scope keeps what was agreed on, is no longer reported, and returns', () => {
  const { keeps, store, state } = linkOf({
    creation: { a: when('state'), b: null },
    link: { base: { name: { a: 'x', b: 'x' } } },
  });
  for (const [side, id] of [
    ['a', 'a1'],
    ['b', 'b1'],
  ] as const)
    store.setProblems('stall', side, id, [
      { pair: 'stall', side, recordId: id, field: null, message: 'refused' },
    ]);

  expect(keeps(SHUT)).toBe(false);

  expect(store.linkOf('stall', 'a', 'a1')?.base).toEqual({ name: { a: 'x', b: 'x' } });
  expect(store.problems()).toEqual([]);
  expect([keeps(OPEN), state()]).toEqual([true, 'out-of-scope']);
});

test('two that were never brought together are forgotten when they leave', () => {
  const { keeps, state } = linkOf({ creation: { a: when('state'), b: null }, link: { base: null } });

  expect(keeps(SHUT)).toBe(false);
  expect(state()).toBe('none');
});

test('what stays out of scope is not touched again', () => {
  const { keeps, store } = linkOf({
    creation: { a: when('state'), b: null },
    link: { state: 'out-of-scope', base: null },
  });

  expect(keeps(SHUT)).toBe(false);
  expect(store.linkOf('stall', 'a', 'a1')?.state).toBe('out-of-scope');
});
