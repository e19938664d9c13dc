import { describe, expect, test } from 'vitest';
import type { MappedRow } from '../checklist/plan.js';
import { ClientError } from './client-error.js';
import { runCycle } from './cycle.js';
import { MalformedAnswer } from './malformed-answer.js';
import { pairOf, syncOf } from './testing/cycle-engine.js';
import { listed } from './testing/polling-engine.js';
import { UnlinkedReference } from './transform.js';

const reference = (pair: string, slug = pair): MappedRow =>
  ({ slug, a: slug, b: slug, transform: { kind: 'reference', pair } }) as unknown as MappedRow;
const lines = (...rows: MappedRow[]): MappedRow =>
  ({ slug: 'lines', a: 'lines', b: 'lines', transform: { kind: 'lines', rows } }) as unknown as MappedRow;

test('what others refer to is worked on first, whatever was marked first', async () => {
  const pairs = [
    pairOf('order', [reference('customer'), lines(reference('product'))]),
    pairOf('product'),
    pairOf('customer'),
  ];
  const { engine, read, mark } = syncOf({ pairs });
  for (const entity of ['order', 'order-b', 'product', 'customer-b', 'customer']) mark(entity, `${entity}-1`);

  await runCycle(engine, 'one');

  expect(read).toEqual(['customer-b-1', 'customer-1', 'product-1', 'order-1', 'order-b-1']);
});

test('what a record must be connected to is worked on before it, in either direction', async () => {
  const connected = (pair: string) => ({ kind: 'connected' as const, to: [{ pair, path: 'x' }] });
  const pairs = [
    pairOf('visit', [], { creation: { a: connected('site'), b: null } }),
    pairOf('call', [], { creation: { a: { kind: 'every' }, b: connected('visit') } }),
    pairOf('site'),
  ];
  const { engine, read, mark } = syncOf({ pairs });
  for (const entity of ['call', 'visit', 'site']) mark(entity, entity);

  await runCycle(engine, 'one');

  expect(read).toEqual(['site', 'visit', 'call']);
});

test('a record that refers to one of a pair that the plan does not hold is worked on all the same', async () => {
  const { engine, read, mark } = syncOf({ pairs: [pairOf('order', [reference('customer')])] });
  mark('order', 'o1');

  await runCycle(engine, 'one');

  expect(read).toEqual(['o1']);
});

test('of one kind the older mark comes first, and pairs that wait for each other are worked on all the same', async () => {
  const pairs = [pairOf('egg', [reference('hen')]), pairOf('hen', [reference('egg')])];
  const { engine, read, mark } = syncOf({ pairs });
  for (const [entity, id] of [
    ['egg', 'e2'],
    ['hen', 'h1'],
    ['egg', 'e1'],
  ] as const)
    mark(entity, id);

  await runCycle(engine, 'one');

  expect(read).toEqual(['h1', 'e2', 'e1']);
});

test('what waits for another one, or for its time, is left alone', async () => {
  const { engine, store, read, time, mark } = syncOf({});
  for (const id of ['waits', 'later', 'now']) mark('thing', id);
  const key = (id: string) => ({ side: 'a' as const, entity: 'thing', id });
  const markOf = (id: string) => store.dirty().find((one) => one.id === id)?.mark ?? 0;
  store.waitFor(key('waits'), markOf('waits'), ['other']);
  store.postpone(key('later'), markOf('later'), 1, time.now + 1);
  store.postpone(key('now'), markOf('now'), 1, time.now);

  expect(await runCycle(engine, 'one')).toEqual({ ran: true, dirtyLeft: 1 });
  expect(read).toEqual(['now']);
});

test('work that fails for a while is postponed, twice as long each time, a minute at the most', async () => {
  const { engine, store, time, mark } = syncOf({
    onGet: () => {
      throw new ClientError('transient', 'busy', null);
    },
  });
  mark('thing', 't1');

  const waits: number[] = [];
  for (let attempt = 1; attempt <= 8; attempt++) {
    expect(await runCycle(engine, 'one')).toEqual({ ran: true, dirtyLeft: 1 });
    const [entry] = store.dirty();
    expect(entry?.attempts).toBe(attempt);
    waits.push((entry?.notBefore ?? 0) - time.now);
    time.now = entry?.notBefore ?? 0;
  }

  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  expect(store.problems()).toEqual([]);
});

test('who is asked to wait longer does so', async () => {
  const { engine, store, time, mark } = syncOf({
    onGet: () => {
      throw new ClientError('transient', 'busy', null, 90_000);
    },
  });
  mark('thing', 't1');

  await runCycle(engine, 'one');

  expect((store.dirty()[0]?.notBefore ?? 0) - time.now).toBe(90_000);
});

test('an answer that cannot be used is reported while it is asked for again', async () => {
  const { engine, store, mark } = syncOf({
    onGet: () => {
      throw new MalformedAnswer('no record', 'name');
    },
  });
  mark('thing', 't1');

  await runCycle(engine, 'one');

  expect(store.dirty().length).toBe(1);
  expect(store.problems()).toEqual([
    { pair: 'thing', side: 'a', recordId: 't1', field: 'name', message: 'unusable answer: no record' },
  ]);
});

test('an answer that can be used again ends its report, and no other one', async () => {
  const { engine, store, mark } = syncOf({});
  const problem = (recordId: string, message: string) => [
    { pair: 'thing', side: 'a' as const, recordId, field: null, message },
  ];
  store.setProblems('thing', 'a', 't1', problem('t1', 'unusable answer: no record'));
  store.setProblems('thing', 'a', 't2', problem('t2', 'waits for the counterpart of x'));
  store.setProblems('thing', 'a', 't3', problem('t3', 'unusable answer: no record'));
  for (const id of ['t1', 't2']) mark('thing', id);

  await runCycle(engine, 'one');

  expect(store.problems().map(({ recordId }) => recordId)).toEqual(['t3']);
});

test('a report of something else stays, whatever other records wait for', async () => {
  const pairs = [pairOf('thing'), pairOf('other', [], { entity: { a: 'other', b: 'thing-b' } })];
  const { engine, store, mark } = syncOf({ pairs });
  const refused = { pair: 'thing', side: 'a' as const, recordId: 't1', field: null, message: 'not so' };
  const waits = { ...refused, message: 'waits for the counterpart of x' };
  store.setProblems('thing', 'a', 't1', [refused]);
  store.setProblems('thing', 'a', 't2', [{ ...waits, recordId: 't2' }]);
  store.setProblems('thing', 'b', 't1', [{ ...waits, side: 'b' }]);
  store.setProblems('other', 'a', 't1', [{ ...waits, pair: 'other' }]);
  mark('thing', 't1');

  await runCycle(engine, 'one');

  expect(store.problems()).toContainEqual(refused);
});

test('a record that refers to one without a counterpart waits for either, and is reported', async () => {
  const { engine, store, mark } = syncOf({
    onGet: () => {
      throw new UnlinkedReference('customer a c1', 'customer a c2');
    },
  });
  mark('thing', 't1');

  expect(await runCycle(engine, 'one')).toEqual({ ran: true, dirtyLeft: 0 });

  expect(store.dirty()).toMatchObject([{ id: 't1', waiting: true, attempts: 0 }]);
  const message = 'waits for the counterpart of customer a c1 or customer a c2';
  expect(store.problems()).toMatchObject([{ recordId: 't1', message }]);
  expect(store.wake('customer a c2')).toBe(1);
});

test('a sync that forgets what fails neither tries it again nor reports it', async () => {
  const { engine, store, mark } = syncOf({
    onGet: () => {
      throw new ClientError('transient', 'busy', null);
    },
  });
  engine.stages = { ...engine.stages, afterFailure: () => 'forget' };
  mark('thing', 't1');

  await runCycle(engine, 'one');

  expect([store.dirty(), store.problems()]).toEqual([[], []]);
});

test('a refusal for good is reported and holds up nothing', async () => {
  const { engine, store, read, mark } = syncOf({
    onGet: (id) => {
      if (id === 'bad') throw new ClientError('permanent', 'not so', 'name');
    },
  });
  for (const id of ['bad', 'good']) mark('thing', id);

  expect(await runCycle(engine, 'one')).toEqual({ ran: true, dirtyLeft: 0 });
  expect(read).toEqual(['bad', 'good']);
  expect(store.problems()).toEqual([
    { pair: 'thing', side: 'a', recordId: 'bad', field: 'name', message: 'not so' },
  ]);
});

test('after fifty attempts a record is set aside and named', async () => {
  const { engine, store, mark } = syncOf({
    onGet: () => {
      throw new Error('whatever');
    },
  });
  mark('thing', 't1');
  const key = { side: 'a' as const, entity: 'thing', id: 't1' };
  store.postpone(key, store.dirty()[0]?.mark ?? 0, 50, 0);

  await runCycle(engine, 'one');

  expect(store.dirty()).toEqual([]);
  expect(store.problems().map(({ message, field }) => [message, field])).toEqual([['whatever', null]]);
});

describe('a record that is listed as it was when it was last brought together', () => {
  const KEY = { side: 'a' as const, entity: 'thing', id: 't1' };
  /** A sync that knows t1, and that it is brought together. */
  const known = (onGet?: (id: string) => void) => {
    const made = syncOf({ onGet });
    made.store.remember(KEY, '{}', []);
    made.engine.reconciled.set('a thing t1', '{}');
    Object.assign(made.engine.clients.a, { changed: async () => ({ found: [listed('t1')], unusable: 0 }) });
    made.mark('thing', 't1');
    return made;
  };

  test('is done with unread', async () => {
    const { engine, read, store } = known();

    await runCycle(engine, 'one');

    expect([read, store.dirty()]).toEqual([[], []]);
  });

  test('is read where work on it has failed before', async () => {
    const { engine, read, store } = known();
    store.postpone(KEY, store.dirty()[0]?.mark ?? 0, 1, 0);

    await runCycle(engine, 'one');

    expect(read).toEqual(['t1']);
  });

  test('is read when it is marked after the listing was', async () => {
    const { engine, read, mark } = known((id) => {
      if (id === 't2') mark('thing', 't1');
    });
    mark('thing', 't2');

    await runCycle(engine, 'one');

    expect(read).toEqual(['t2', 't1']);
  });

  test('is read by a sync that passes nothing over', async () => {
    const { engine, read } = known();
    engine.stages = { ...engine.stages, passOverKnown: () => false };

    await runCycle(engine, 'one');

    expect(read).toEqual(['t1']);
  });
});
