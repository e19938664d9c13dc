import { expect, test } from 'vitest';
import type { MatchPart, PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { EntityContract, FieldSpec, JsonObject } from '../contract/field.js';
import {
  entityOf,
  faultAt,
  fieldAt,
  matchTexts,
  MISSING,
  noteReconciled,
  referOf,
  wakeWaiting,
  type Engine,
} from './pair-context.js';
import { CORRECT_STAGES } from './stages.js';
import { createMemoryStore } from './store/memory.js';
import type { Link, LinkState } from './store/port.js';
import { remote } from './testing/client-of.js';

const NAME: FieldSpec = { path: 'name', type: { kind: 'string', maxLength: 10 } };
const entity = (name: string, idKind: EntityContract['idKind'] = 'string'): EntityContract => ({
  name,
  collection: name,
  idKind,
  fields: [NAME],
});
const pairOf = (slug: string, a: string, b: string): PairPlan =>
  ({ slug, entity: { a, b }, rows: [], match: [] }) as unknown as PairPlan;
const STALL = pairOf('stall', 'Stall', 'Parcel');
const GUEST = pairOf('guest', 'Guest', 'Person');

/** A market with ids of text and a post office with ids that are numbers. */
function engineOf({ pairs = [STALL, GUEST], absent = 'missing' } = {}) {
  const store = createMemoryStore();
  const client = { contract: { api: { record: { absent } } } };
  const engine = {
    plan: {
      systems: {
        a: { name: 'Market', entities: [entity('Stall'), entity('Guest')] },
        b: { name: 'Post', entities: [entity('Parcel', 'integer'), entity('Person')] },
      },
      pairs,
    },
    clients: { a: client, b: client },
    store,
    stages: CORRECT_STAGES,
    reconciled: new Map<string, string>(),
  } as unknown as Engine;
  const link = (pair: string, aId: string, bId: string, state: LinkState = 'live') => {
    const made: Link = { pair, aId, bId, base: {}, state, pending: null };
    store.putLink(made);
    return made;
  };
  return { engine, store, link };
}

test('an entity that a system does not hold is named with the system', () => {
  const { engine } = engineOf();

  expect(entityOf(engine, 'b', 'Person').name).toBe('Person');
  expect(() => entityOf(engine, 'a', 'Person')).toThrow('Market holds no entity Person');
});

test('a record is remembered as the sync left it', () => {
  const { engine } = engineOf();

  noteReconciled(engine, STALL, 'a', remote({ name: 'Berg' }));

  expect([...engine.reconciled]).toEqual([['a Stall 7', '{"name":"Berg"}']]);
});

test('a record that several pairs look at is not, since another pair may have work with it', () => {
  const { engine } = engineOf({ pairs: [STALL, pairOf('shelf', 'Stall', 'Person')] });

  noteReconciled(engine, STALL, 'a', remote({ name: 'Berg' }));
  noteReconciled(engine, STALL, 'b', remote({ name: 'Berg' }));

  expect([...engine.reconciled.keys()]).toEqual(['b Parcel 7']);
});

test.each<[string, string, boolean]>([
  ['either record of the link, on side a', 'stall a s1', true],
  ['either record of the link, on side b', 'stall b 12', true],
  ['a record of another pair', 'guest a s1', false],
  ['the record of the other side with the same id', 'stall a 12', false],
])('what waits for %s (%s): goes on %s', (_what, ref, goesOn) => {
  const { engine, store } = engineOf();
  const key = { side: 'a' as const, entity: 'Guest', id: 'g1' };
  store.markDirty(key, 0);
  store.waitFor(key, store.dirty()[0]?.mark ?? 0, [ref]);

  wakeWaiting(engine, { pair: 'stall', aId: 's1', bId: '12' });

  expect(store.dirty().map(({ waiting }) => waiting)).toEqual([!goesOn]);
});

test('a reference is written as the id of the counterpart, in the form of the entity it leads to', () => {
  const { engine, link } = engineOf();
  link('stall', 's1', '12');
  link('guest', 'g1', '34');

  const refer = referOf(engine);

  expect([refer('stall', 'a', 's1'), refer('stall', 'b', '12')]).toEqual([12, 's1']);
  expect([refer('guest', 'a', 'g1'), refer('guest', 'b', '34')]).toEqual(['34', 'g1']);
});

test('the counterpart in a pair that the plan holds no more is written as it is known', () => {
  const { engine, link } = engineOf({ pairs: [GUEST] });
  link('stall', 's1', '12');

  expect(referOf(engine)('stall', 'a', 's1')).toBe('12');
});

test.each<[Side, LinkState, string]>([
  ['a', 'b-gone', 'stall a s1'],
  ['b', 'a-gone', 'stall b 12'],
])('from side %s a reference to what is linked with a record that is gone (%s) waits', (from, state, ref) => {
  const { engine, link } = engineOf();
  const { aId, bId } = link('stall', 's1', '12', state);

  expect(() => referOf(engine)('stall', from, { a: aId, b: bId }[from])).toThrow(ref);
  expect(() => referOf(engine)('stall', from, 'never')).toThrow(`stall ${from} never`);
});

test('the field of a list element is found whatever element is meant, and looked for once for each path', () => {
  let reads = 0;
  const phone = {
    type: NAME.type,
    get path() {
      reads += 1;
      return 'phones[].number';
    },
  };
  const guest = { ...entity('Guest'), fields: [phone] };

  expect(fieldAt(guest, 'phones[kind=home].number')).toBe(phone);
  expect(fieldAt(guest, 'phones[kind=work].number')).toBe(phone);
  expect(fieldAt(guest, 'phones[kind=home].number')).toBe(phone);
  expect(fieldAt(guest, 'fax')).toBeUndefined();
  expect(fieldAt(guest, 'fax')).toBeUndefined();
  expect(reads).toBe(3);
});

const part = (a: string, more: Partial<MatchPart> = {}): MatchPart => ({
  a,
  b: a,
  normalise: 'none',
  ...more,
});
const textsOf = (parts: MatchPart[], side: Side, fields: JsonObject) =>
  matchTexts(
    engineOf().engine,
    { slug: 'guest', match: [{ slug: 'key', parts }] } as unknown as PairPlan,
    side,
    fields,
  );

test('the parts of a key are kept apart', () => {
  const parts = [part('first'), part('last')];

  const [one] = textsOf(parts, 'a', { first: 'An', last: 'Nabo' });
  const [two] = textsOf(parts, 'b', { first: 'AnNa', last: 'bo' });

  expect(one).not.toBe(two);
  expect(textsOf(parts, 'b', { first: 'An', last: 'Nabo' })).toEqual([one]);
});

test('a key of which a part is empty matches nothing, also where a placeholder stands for it', () => {
  const placeholder = part('name', { transform: { kind: 'placeholder', placeholder: 'none' } });
  const empty: JsonObject[] = [{}, { name: null }, { name: '' }];

  for (const fields of empty) {
    expect(textsOf([part('name')], 'a', fields)).toEqual([]);
    expect(textsOf([placeholder], 'a', fields)).toEqual([]);
    expect(textsOf([placeholder], 'b', fields)).toEqual([]);
  }
  expect(textsOf([placeholder], 'a', { name: 'Berg' })).toEqual(
    textsOf([placeholder], 'b', { name: 'Berg' }),
  );
});

test('a property of a key is compared as side b holds it', () => {
  const state = part('state', { transform: { kind: 'enum', pairs: [['new', 'fresh']] } });

  expect(textsOf([state], 'a', { state: 'new' })).toEqual(textsOf([state], 'b', { state: 'fresh' }));
  expect(textsOf([state], 'a', { state: 'new' })).toHaveLength(1);
});

test('a key whose value cannot be carried, or refers to a record, matches nothing', () => {
  const state = part('state', { transform: { kind: 'enum', pairs: [['new', 'fresh']] } });
  const host = part('host', { transform: { kind: 'reference', pair: 'stall' } });

  expect(textsOf([state], 'a', { state: 'lost' })).toEqual([]);
  expect(textsOf([host], 'a', { host: 's1' })).toEqual([]);
});

test('a transform of a key that fails in another way fails the work', () => {
  const broken = part('state', { transform: { kind: 'enum' } as unknown as MatchPart['transform'] & {} });

  expect(() => textsOf([broken], 'a', { state: 'new' })).toThrow(TypeError);
});

test('what an answer lacks is a fault only where its provider renders what is empty', () => {
  const fault = (absent: string, fields: JsonObject) =>
    faultAt(engineOf({ absent }).engine, STALL, 'a', 'name', remote(fields));

  expect([fault('missing', {}), fault('null', {})]).toEqual([MISSING, null]);
  expect([fault('missing', { name: 'Berg' }), fault('null', { name: 'Berg' })]).toEqual([null, null]);
});

test('so is what an answer holds wrongly, whatever its provider renders', () => {
  const fault = (absent: string) =>
    faultAt(engineOf({ absent }).engine, STALL, 'b', 'name', remote({ name: 7 }));

  expect([fault('missing'), fault('null')]).toEqual(['does not hold a text', 'does not hold a text']);
});
