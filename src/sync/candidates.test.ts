import { expect, test } from 'vitest';
import type { CreationRule, MatchKey, PairPlan, SyncPlan } from '../checklist/plan.js';
import { DEFAULT_POLICIES, type Policies } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import { candidatesOf, choose, findCandidates } from './candidates.js';
import type { Remote } from './client.js';
import { matchTexts, type Engine } from './pair-context.js';
import { CORRECT_STAGES } from './stages.js';
import { createMemoryStore } from './store/memory.js';
import type { Link } from './store/port.js';

const key = (slug: string, transform?: MatchKey['parts'][number]['transform']): MatchKey => ({
  slug,
  parts: [{ a: slug, b: slug, normalise: 'none', ...(transform === undefined ? {} : { transform }) }],
  line: null,
  origin: 'document',
});

type Given = {
  match?: MatchKey[];
  back?: CreationRule | null;
  policies?: Partial<Policies>;
  /** What each record of side b holds, by id; null where it cannot be read any more. */
  found?: Record<string, JsonObject | null>;
  updatedAt?: Record<string, number>;
};

/** A sync that knows the records of side b, and what it asked the systems for. */
function syncOf({ match = [key('no')], back = null, policies = {}, found = {}, updatedAt = {} }: Given) {
  const pair: PairPlan = {
    slug: 'stall',
    entity: { a: 'Stall', b: 'Parcel' },
    rows: [],
    match,
    creation: { a: { kind: 'every' }, b: back },
    policies: { ...DEFAULT_POLICIES, ...policies },
  } as unknown as PairPlan;
  const store = createMemoryStore();
  const asked: string[] = [];
  const entity = (name: string) => ({ name, collection: name, fields: [], idKind: 'string' });
  const client = (side: 'a' | 'b') => ({
    get: async (_entity: unknown, id: string) => {
      asked.push(`${side} ${id}`);
      const fields = side === 'b' ? (found[id] ?? null) : { no: 'n' };
      return fields === null ? null : { id, fields, updatedAt: updatedAt[id] ?? 0 };
    },
    changed: async () => {
      asked.push(`${side} changes`);
      return { found: [], unusable: 0 };
    },
    apiOf: () => ({ deletionsShow: 'feed' }),
    readsWhole: () => false,
    now: () => 0,
  });
  const plan = {
    systems: {
      a: { name: 'A', entities: [entity('Stall')] },
      b: { name: 'B', entities: [entity('Parcel')] },
    },
    pairs: [pair],
  } as unknown as SyncPlan;
  const engine = {
    plan,
    store,
    stages: CORRECT_STAGES,
    clients: { a: client('a'), b: client('b') },
    clock: { now: () => 0 },
    polled: new Map(),
    reconciled: new Map(),
    turn: 0,
  } as unknown as Engine;
  for (const [id, fields] of Object.entries(found))
    store.remember(
      { side: 'b', entity: 'Parcel', id },
      JSON.stringify(fields ?? {}),
      matchTexts(engine, pair, 'b', fields ?? { no: 'n', code: 'c' }),
    );
  const linkAll = (...links: Partial<Link>[]) => {
    for (const link of links)
      store.putLink({
        pair: 'stall',
        aId: 'a9',
        bId: 'b1',
        base: null,
        state: 'live',
        pending: null,
        ...link,
      });
  };
  return { engine, pair, asked, linkAll, store };
}

const remote = (fields: JsonObject): Remote => ({ id: 'a1', fields, updatedAt: 0 }) as unknown as Remote;

test('a record matches those that hold its key', async () => {
  const { engine, pair } = syncOf({ found: { b1: { no: 'n' }, b2: { no: 'other' }, b3: { no: 'n' } } });

  expect(await candidatesOf(engine, pair, 'a', remote({ no: 'n' }))).toEqual(['b1', 'b3']);
  expect(await candidatesOf(engine, pair, 'a', remote({ no: 'none' }))).toEqual([]);
});

test('the first key that finds any decides', async () => {
  const { engine, pair } = syncOf({
    match: [key('no'), key('code')],
    found: { b1: { no: 'x', code: 'c' }, b2: { no: 'n', code: 'y' } },
  });

  expect(await candidatesOf(engine, pair, 'a', remote({ no: 'n', code: 'c' }))).toEqual(['b2']);
  expect(await candidatesOf(engine, pair, 'a', remote({ no: 'none', code: 'c' }))).toEqual(['b1']);
});

test('who is linked, deleted or cannot be read is no candidate', async () => {
  const { engine, pair, linkAll, store } = syncOf({
    found: { b1: { no: 'n' }, b2: { no: 'n' }, b3: null, b4: { no: 'n' } },
  });
  linkAll({ bId: 'b1' });
  store.setDeleted({ side: 'b', entity: 'Parcel', id: 'b2' }, 1);

  expect(await candidatesOf(engine, pair, 'a', remote({ no: 'n' }))).toEqual(['b4']);
});

test('a record whose counterpart is gone is free again', async () => {
  const { engine, pair, linkAll } = syncOf({ found: { b1: { no: 'n' } } });
  linkAll({ bId: 'b1', state: 'a-gone' });

  expect(await candidatesOf(engine, pair, 'a', remote({ no: 'n' }))).toEqual(['b1']);
});

test('without a key nothing is looked for', async () => {
  const { engine, pair, asked } = syncOf({ match: [], found: { b1: { no: 'n' } } });

  expect(await findCandidates(engine, pair, 'a', remote({ no: 'n' }))).toEqual([]);
  expect(asked).toEqual([]);
});

test('a record of side a is matched on all that came to side b before it', async () => {
  const { engine, pair, asked } = syncOf({ found: { b1: { no: 'n' } } });

  expect(await findCandidates(engine, pair, 'a', remote({ no: 'n' }))).toEqual(['b1']);
  expect(asked).toContain('b changes');
});

test.each([
  ['nothing is made of it', null, []],
  ['it must be linked first', { kind: 'linked-only' }, []],
  ['a record is made of it', { kind: 'every' }, ['a changes']],
] satisfies [string, CreationRule | null, string[]][])(
  'a record of side b without a match reads side a again only where %s',
  async (_when, back, read) => {
    const { engine, pair, asked } = syncOf({ back });

    expect(await findCandidates(engine, pair, 'b', remote({ no: 'n' }))).toEqual([]);
    expect(asked.filter((one) => one.endsWith('changes'))).toEqual(read);
  },
);

test('a record of side b that matches is not read for again', async () => {
  const { engine, pair, asked, store } = syncOf({ back: { kind: 'every' } });
  store.remember({ side: 'a', entity: 'Stall', id: 'a1' }, '{}', matchTexts(engine, pair, 'a', { no: 'n' }));

  expect(await findCandidates(engine, pair, 'b', remote({ no: 'n' }))).toEqual(['a1']);
  expect(asked).toEqual(['a a1']);
});

test('whether a match of side b is still taken is asked of the record of side a that holds it', async () => {
  const { engine, pair, asked, linkAll } = syncOf({ found: { b1: { no: 'n' } } });
  linkAll({ aId: 'a9', bId: 'b1' });

  expect(await findCandidates(engine, pair, 'a', remote({ no: 'n' }))).toEqual([]);
  expect(asked).toEqual(['b changes', 'a a9']);
});

test('whether a match of side a is still taken is asked of the record of side b that holds it', async () => {
  const { engine, pair, asked, linkAll, store } = syncOf({
    back: { kind: 'every' },
    found: { b1: { no: 'n' }, b9: { no: 'n' } },
  });
  store.remember({ side: 'a', entity: 'Stall', id: 'a1' }, '{}', matchTexts(engine, pair, 'a', { no: 'n' }));
  linkAll({ aId: 'a1', bId: 'b9' });

  expect(await findCandidates(engine, pair, 'b', remote({ no: 'n' }))).toEqual([]);
  expect(asked).toEqual(['a changes', 'b b9']);
});

test.each([
  ['first', ['b1', 'b2'], 'b1'],
  ['newest', ['b1', 'b2', 'b3'], 'b2'],
  ['newest', ['b1'], 'b1'],
  ['first', [], null],
] as const)(
  'of several candidates the policy "%s" picks one of %j: %s',
  async (ambiguousMatch, ids, picked) => {
    const { engine, pair, asked } = syncOf({
      policies: { ambiguousMatch },
      found: { b1: { no: 'n' }, b2: { no: 'n' }, b3: { no: 'n' } },
      updatedAt: { b1: 5, b2: 9, b3: 9 },
    });

    expect(await choose(engine, pair, 'a', [...ids])).toBe(picked);
    expect(asked.length).toBe(ambiguousMatch === 'newest' && ids.length > 1 ? ids.length : 0);
  },
);

test('the newest of those that can still be read is picked, and none where none can', async () => {
  const { engine, pair } = syncOf({
    policies: { ambiguousMatch: 'newest' },
    found: { b1: { no: 'n' }, b2: null, b3: null },
  });

  expect(await choose(engine, pair, 'a', ['b2', 'b1'])).toBe('b1');
  expect(await choose(engine, pair, 'a', ['b1', 'b2'])).toBe('b1');
  expect(await choose(engine, pair, 'a', ['b2', 'b3'])).toBeNull();
});

test('a key with a transform is compared as side b holds it, and one that cannot be carried matches nothing', () => {
  const blanks = key('no', { kind: 'replace', from: ' ', to: '' });
  const states = key('no', { kind: 'enum', pairs: [['new', 'fresh']] });
  const textsOf = (match: MatchKey[], side: 'a' | 'b', fields: JsonObject) => {
    const { engine, pair } = syncOf({ match });
    return matchTexts(engine, pair, side, fields);
  };

  expect(textsOf([blanks], 'a', { no: '1 2' })).toEqual(textsOf([blanks], 'b', { no: '12' }));
  expect(textsOf([blanks], 'b', { no: '1 2' })).not.toEqual(textsOf([blanks], 'b', { no: '12' }));
  expect(textsOf([states], 'a', { no: 'new' })).toEqual(textsOf([states], 'b', { no: 'fresh' }));
  expect(textsOf([states], 'a', { no: 'lost' })).toEqual([]);
  expect(textsOf([blanks], 'a', { no: null })).toEqual([]);
  expect(textsOf([blanks], 'a', { no: '' })).toEqual([]);
});
