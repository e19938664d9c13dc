import { expect, test } from 'vitest';
import { ClientError, type FailureKind } from './client-error.js';
import { reconcileNew } from './reconcile-new.js';
import type { CreateIntent } from './store/port.js';
import { INTENT, linkingEngine } from './testing/linking-engine.js';
import { listed } from './testing/polling-engine.js';

const BERG = { no: '1', name: 'Berg' };

/** A sync that has sent a create for a1, the answer to which was lost. */
function repeating(given: Parameters<typeof linkingEngine>[0], intent: Partial<CreateIntent> = {}) {
  const sync = linkingEngine({ a: { a1: BERG }, ...given });
  sync.store.putCreateIntent({ ...INTENT, ...intent });
  return { ...sync, run: () => reconcileNew(sync.engine, sync.pair, 'a', 'a1') };
}

test('a create is repeated as it was sent, under the key of the first try', async () => {
  const { run, made, store, linkOf } = repeating({ a: { a1: { ...BERG, name: 'Moe' } } });

  await run();

  expect(made).toEqual([{ side: 'b', fields: BERG, key: 'first-key' }]);
  expect(linkOf('a', 'a1')?.base?.['name']).toEqual({ a: 'Berg', b: 'Berg' });
  expect(store.createIntents()).toEqual([]);
});

test('the key of the first try is what a repeated create is keyed by', async () => {
  const stages = { idempotencyKey: (stored: string | null) => `${stored} again` };
  const { run, made } = repeating({ stages });

  await run();

  expect(made.map(({ key }) => key)).toEqual(['first-key again']);
});

test('what a repeated create answers with is looked at again, since it may have been edited', async () => {
  const { run, dirty, engine } = repeating({});

  await run();

  expect(dirty()).toContain('b Parcel b-new');
  expect(engine.reconciled.size).toBe(0);
});

test('what a user cleared since is a clear against what was sent', async () => {
  const { run, linkOf } = repeating({ onCreate: () => listed('b1', { no: '1', name: null }) });

  await run();

  expect(linkOf('a', 'a1')?.base?.['name']).toEqual({ a: 'Berg', b: 'Berg' });
});

test('a reference whose target got another counterpart meanwhile is carried anew', async () => {
  const { run, linkOf } = repeating({}, { replaced: { name: 'a' } });

  await run();

  expect(linkOf('a', 'a1')?.base).toStrictEqual({ no: { a: '1', b: '1' }, name: { a: null, b: 'Berg' } });
});

test('a repeated create that is refused is made anew of what stands there by then', async () => {
  const refused = new ClientError('permanent', 'the name is taken', 'name');
  const { run, store, asked } = repeating({
    onCreate: () => {
      throw refused;
    },
  });

  await expect(run()).rejects.toMatchObject({
    kind: 'transient',
    message: 'the name is taken',
    field: 'name',
  });

  expect(store.createIntents()).toEqual([]);
  expect(asked.filter((one) => one === 'b changes')).toHaveLength(2);
});

test('a repeated create whose answer is lost again tells how long to wait', async () => {
  const busy = new ClientError('transient', 'busy', null, 5000);
  const { run } = repeating({
    onCreate: () => {
      throw busy;
    },
  });

  await expect(run()).rejects.toBe(busy);
});

test('a repeated create that finds its unique value taken links the record that holds it', async () => {
  const { run, linkOf } = repeating({
    onCreate: (_sent, held) => {
      held.b['b9'] = { ...BERG };
      throw new ClientError('duplicate' satisfies FailureKind, 'taken', 'no');
    },
  });

  await run();

  expect(linkOf('a', 'a1')).toMatchObject({ bId: 'b9', state: 'live' });
});

test('where a user made a match meanwhile, it is linked and nothing is made', async () => {
  const sync = repeating({ b: { b1: { no: '1', name: 'Moe' }, b2: { no: '1', name: 'Lie' } } });

  await sync.run();

  expect([sync.made, sync.store.createIntents()]).toEqual([[], []]);
  expect(sync.store.problems()).toMatchObject([{ message: 'matches 2 records: b1, b2' }]);
});

test('what is empty in a record that takes the place of what was made is no clear that is carried on', async () => {
  const { run, made, linkOf } = repeating({ b: { b1: { no: '1', name: null } } });

  await run();

  expect(made).toEqual([]);
  expect(linkOf('a', 'a1')).toMatchObject({ bId: 'b1', base: { no: { a: '1', b: '1' } } });
  expect(linkOf('a', 'a1')?.base).not.toHaveProperty('name');
});

test('of a record that is gone, what may have been made of it is made again and deleted with it', async () => {
  const { run, made, held, linkOf } = repeating({ a: {} });

  await run();

  expect(made).toHaveLength(1);
  expect(held.b).toEqual({});
  expect(linkOf('a', 'a1')).toMatchObject({ bId: 'b-new', state: 'a-gone' });
});

test('of a record that is gone and was never sent nothing is made', async () => {
  const { engine, pair, made } = linkingEngine({});

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(made).toEqual([]);
});

test('a sync that keeps no links has none to follow the deletion', async () => {
  const { run, held } = repeating({ a: {}, stages: { saveLink: () => undefined } });

  await run();

  expect(Object.keys(held.b)).toEqual(['b-new']);
});
