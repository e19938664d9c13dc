import { expect, test } from 'vitest';
import type { MatchPart, PairPlan } from '../checklist/plan.js';
import { DEFAULT_POLICIES } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import type { Remote } from './client.js';
import { findLost } from './find-lost.js';
import { matchTexts, type Engine } from './pair-context.js';
import { CORRECT_STAGES } from './stages.js';
import { createMemoryStore } from './store/memory.js';
import type { CreateIntent } from './store/port.js';

const SENT_AT = 100_000;
const SENT: JsonObject = { no: 'N-1', name: 'Berg' };

type Held = { fields?: JsonObject; createdAt?: number | null };
type Given = {
  /** Records of side b by id, as they are now. */
  there: Record<string, Held>;
  /** What the provider does with a key of the create. */
  idempotency?: 'key' | null;
  source?: JsonObject | null;
  keys?: Partial<MatchPart>[][];
  /** Which of them the provider gives where it is asked for those with one value; null where it cannot be asked. */
  having?: ((path: string, value: string) => string[]) | null;
  linked?: string[];
  deleted?: string[];
  looks?: boolean;
  sent?: JsonObject;
};

/** Looks for what a create of a stall may have made on side b; what was asked of the provider is noted. */
async function lostOf(given: Given) {
  const { there, idempotency = 'key', source = SENT, keys = [[{}]], having = null, looks = true } = given;
  const sent = given.sent ?? SENT;
  const store = createMemoryStore();
  const asked: string[] = [];
  const row = (path: string) => ({
    slug: path,
    a: path,
    b: path,
    transform: { kind: 'identity' },
    direction: 'both',
  });
  const pair = {
    slug: 'stall',
    entity: { a: 'Stall', b: 'Parcel' },
    rows: [row('no'), row('name'), row('city')],
    match: keys.map((parts, at) => ({
      slug: `key-${at}`,
      parts: parts.map((part) => ({ a: 'no', b: 'no', normalise: 'none', ...part })),
    })),
    creation: { a: { kind: 'every' }, b: null },
    policies: DEFAULT_POLICIES,
  } as unknown as PairPlan;
  const remoteOf = (id: string): Remote | null => {
    const held = there[id];
    if (held === undefined) return null;
    const { fields = sent, createdAt = SENT_AT } = held;
    return { id, fields, createdAt, updatedAt: 0 } as unknown as Remote;
  };
  const all = () => Object.keys(there).map((id) => remoteOf(id) as Remote);
  const client = {
    get: async (_entity: unknown, id: string) => remoteOf(id),
    changed: async () => ({ found: [], unusable: 0 }),
    having: async (_entity: unknown, path: string, value: string) => {
      asked.push(`having ${path}=${value}`);
      return having === null ? null : having(path, value).map((id) => remoteOf(id) as Remote);
    },
    all: async () => {
      asked.push('all');
      return all();
    },
    apiOf: () => ({ idempotency, deletionsShow: 'feed' }),
    readsWhole: () => false,
    now: () => SENT_AT,
  };
  const entity = (name: string) => ({ name, fields: [] });
  const engine = {
    plan: {
      systems: { a: { entities: [entity('Stall')] }, b: { entities: [entity('Parcel')] } },
      pairs: [pair],
    },
    store,
    stages: { ...CORRECT_STAGES, looksBeforeRepeat: () => looks },
    clients: { a: client, b: client },
    clock: { now: () => SENT_AT },
    polled: new Map(),
    turn: 0,
  } as unknown as Engine;
  for (const { id, fields } of all())
    store.remember(
      { side: 'b', entity: 'Parcel', id },
      JSON.stringify(fields),
      matchTexts(engine, pair, 'b', fields),
    );
  for (const id of given.linked ?? [])
    store.putLink({ pair: 'stall', aId: `of-${id}`, bId: id, base: null, state: 'live', pending: null });
  for (const id of given.deleted ?? []) store.setDeleted({ side: 'b', entity: 'Parcel', id }, 1);
  const intent: CreateIntent = {
    pair: 'stall',
    from: 'a',
    id: 'a1',
    key: 'k',
    fields: sent,
    values: { no: { a: sent['no'] ?? null }, name: { a: sent['name'] ?? null } },
    problems: [],
    sentAt: SENT_AT,
  };
  const remote = source === null ? null : ({ id: 'a1', fields: source } as unknown as Remote);
  const lost = await findLost(engine, pair, 'a', remote, intent);
  return { found: lost === null ? null : [lost.record.id, lost.kind], asked };
}

const found = async (given: Given) => (await lostOf(given)).found;
const EDITED = { fields: { no: 'N-1', name: 'Lund' } };
const LATE = SENT_AT + 3001;

test('where the provider knows the create by its key and nothing matches, it is repeated', async () => {
  expect(await found({ there: {} })).toBeNull();
  expect(await found({ there: { b1: { fields: { no: 'N-2', name: 'Berg' } } } })).toBeNull();
});

test('a record that holds what was sent is what the create made', async () => {
  expect(await found({ there: { b1: {} } })).toEqual(['b1', 'as-sent']);
});

test('one that holds something else is what it made, edited since, if it is old enough', async () => {
  expect(await found({ there: { b1: EDITED } })).toEqual(['b1', 'edited']);
  expect(await found({ there: { b1: { ...EDITED, createdAt: SENT_AT + 3000 } } })).toEqual(['b1', 'edited']);
  expect(await found({ there: { b1: { ...EDITED, createdAt: LATE } } })).toEqual(['b1', 'match']);
  expect(await found({ there: { b1: { ...EDITED, createdAt: null } } })).toEqual(['b1', 'edited']);
});

test('several that may be it are matches, of which the policy picks', async () => {
  expect(await found({ there: { b1: EDITED, b2: { fields: { no: 'N-1', name: 'Moe' } } } })).toEqual([
    'b1',
    'match',
  ]);
});

test('beside one that holds what was sent, an older one may be what was made: the create is repeated', async () => {
  expect(await found({ there: { b1: EDITED, b2: {} } })).toBeNull();
  expect(await found({ there: { b1: { ...EDITED, createdAt: SENT_AT + 1 }, b2: {} } })).toEqual([
    'b2',
    'as-sent',
  ]);
  expect(await found({ there: { b1: { ...EDITED, createdAt: LATE }, b2: {} } })).toEqual(['b2', 'as-sent']);
  expect(await found({ there: { b1: { ...EDITED, createdAt: null }, b2: {} } })).toBeNull();
  expect(await found({ there: { b1: EDITED, b2: { createdAt: null } } })).toBeNull();
});

test('a source whose key was changed since still finds what was made under the one that was sent', async () => {
  const source = { no: 'N-9', name: 'Berg' };

  expect(await found({ source, there: { b1: {} } })).toEqual(['b1', 'as-sent']);
  expect(await found({ source, there: { b1: EDITED } })).toBeNull();
  expect(await found({ source, there: { b1: {} }, linked: ['b1'] })).toBeNull();
  const both = { b1: EDITED, b2: { fields: { no: 'N-9', name: 'Moe' } } };
  expect(await found({ source, there: both })).toBeNull();
  expect(await found({ source, there: { b2: { fields: { no: 'N-9', name: 'Moe' } } } })).toEqual([
    'b2',
    'edited',
  ]);
});

test('a key of the provider makes looking needless where the source is gone, or where nobody looks', async () => {
  expect(await found({ source: null, there: { b1: {} } })).toBeNull();
  expect(await found({ looks: false, there: { b1: {} } })).toBeNull();
});

test('without such a key the record that matches is looked for, also when the source is gone', async () => {
  const given = { idempotency: null, source: null };

  expect(await found({ ...given, there: {} })).toBeNull();
  expect(await found({ ...given, there: { b1: {} } })).toEqual(['b1', 'as-sent']);
  expect(await found({ ...given, there: { b1: EDITED } })).toEqual(['b1', 'edited']);
  expect(await found({ ...given, there: { b1: { ...EDITED, createdAt: LATE } } })).toEqual(['b1', 'edited']);
  expect(await found({ idempotency: null, there: { b1: { ...EDITED, createdAt: LATE } } })).toEqual([
    'b1',
    'match',
  ]);
  expect(await found({ idempotency: null, there: { b1: EDITED } })).toEqual(['b1', 'edited']);
  expect(await found({ ...given, there: { b1: { fields: { no: 'N-2', name: 'Berg' } } } })).toBeNull();
});

test('of those that match, the one that holds what was sent comes first', async () => {
  expect(await found({ idempotency: null, there: { b1: EDITED, b2: {} } })).toEqual(['b2', 'as-sent']);
});

test('who is linked or deleted is not what was lost', async () => {
  const there = { b1: {}, b2: EDITED };

  expect(await found({ idempotency: null, there, linked: ['b1'] })).toEqual(['b2', 'edited']);
  expect(await found({ idempotency: null, there, deleted: ['b1'] })).toEqual(['b2', 'edited']);
});

test('where no key tells, a free record that holds just what was sent is it, and no other', async () => {
  const keyless = { idempotency: null, keys: [] as Partial<MatchPart>[][] };

  expect(await found({ ...keyless, there: { b1: EDITED, b2: {} } })).toEqual(['b2', 'as-sent']);
  expect(await found({ ...keyless, there: { b1: EDITED } })).toBeNull();
});

test('a key in another form that matches is as it was sent', async () => {
  const keys = [[{ normalise: 'case-insensitive' as const }]];

  expect(await found({ keys, there: { b1: { fields: { no: 'n-1', name: 'Berg' } } } })).toEqual([
    'b1',
    'as-sent',
  ]);
  expect(await found({ keys, there: { b1: { fields: { no: 'n-1', name: 'berg' } } } })).toEqual([
    'b1',
    'edited',
  ]);
  expect(await found({ there: { b1: { fields: { no: 'N-1', name: null } } } })).toEqual(['b1', 'edited']);
});

test('a key that differs is not as it was sent, though the record matches by another one', async () => {
  const keys = [[{}], [{ a: 'name', b: 'name' }]];

  expect(await found({ keys, there: { b1: { fields: { no: 'N-2', name: 'Berg' } } } })).toEqual([
    'b1',
    'edited',
  ]);
  const sent = { no: null, name: 'Berg' };
  expect(
    await found({ keys, sent, source: sent, there: { b1: { fields: { no: 'null', name: 'Berg' } } } }),
  ).toEqual(['b1', 'edited']);
});

test('what was not sent may hold anything', async () => {
  const given = { there: { b1: { fields: { ...SENT, city: 'Oslo' } } } };

  expect(await found(given)).toEqual(['b1', 'as-sent']);
});

test('what was sent as empty and is filled was edited', async () => {
  const sent = { no: 'N-1' };

  expect(await found({ sent, source: sent, there: { b1: EDITED } })).toEqual(['b1', 'edited']);
});

test('a provider that filters by the key is asked for those alone', async () => {
  const having = (_path: string, value: string) => (value === 'N-1' ? ['b1'] : []);

  expect(await lostOf({ idempotency: null, having, there: { b1: {}, b2: {} } })).toEqual({
    found: ['b1', 'as-sent'],
    asked: ['having no=N-1'],
  });
  expect((await lostOf({ idempotency: null, having: () => [], there: { b1: {} } })).asked).toEqual([
    'having no=N-1',
    'all',
  ]);
  expect((await lostOf({ idempotency: null, having: null, there: { b1: {} } })).asked).toEqual([
    'having no=N-1',
    'all',
  ]);
});

test.each([
  ['is compared in another form', [[{ normalise: 'case-insensitive' }]], SENT],
  ['is carried in another form', [[{ transform: { kind: 'replace', from: ' ', to: '' } }]], SENT],
  ['has two parts', [[{}, { a: 'name', b: 'name' }]], SENT],
  ['is one of several, and another has two parts', [[{}], [{}, { a: 'name', b: 'name' }]], SENT],
  ['is no text or number', [[{}]], { no: true, name: 'Berg' }],
] as [string, Partial<MatchPart>[][], JsonObject][])(
  'all are read where the key %s',
  async (_how, keys, sent) => {
    const { asked } = await lostOf({
      idempotency: null,
      keys,
      sent,
      source: sent,
      having: () => ['b1'],
      there: { b1: {} },
    });

    expect(asked).toEqual(['all']);
  },
);

test('a number is asked for as its text, and the second key after the first', async () => {
  const keys = [[{}], [{ a: 'name', b: 'name' }]];
  const sent = { no: 7, name: 'Berg' };

  const { asked } = await lostOf({
    idempotency: null,
    keys,
    sent,
    source: sent,
    having: () => [],
    there: {},
  });

  expect(asked).toEqual(['having no=7', 'having name=Berg', 'all']);
});
