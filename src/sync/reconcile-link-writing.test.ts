import { describe, expect, test } from 'vitest';
import type { FieldSpec } from '../contract/field.js';
import { ClientError } from './client-error.js';
import { linkedRecords, rowOf } from './testing/linked-records.js';
import { UnlinkedReference } from './transform.js';

const agreedOn = (value: string, ...slugs: string[]) =>
  Object.fromEntries(slugs.map((slug) => [slug, { a: value, b: value }]));
const text = (path: string, maxLength = 50): FieldSpec => ({ path, type: { kind: 'string', maxLength } });

/** A name that was edited on side a, and is to be written to side b. */
const edit = (given: Partial<Parameters<typeof linkedRecords>[0]> = {}) =>
  linkedRecords({
    rows: [rowOf('name')],
    a: { name: 'new' },
    b: { name: 'old' },
    link: { base: agreedOn('old', 'name') },
    ...given,
  });

describe('a write that meets a change of the record', () => {
  const conflict = new ClientError('conflict', 'changed meanwhile', null);

  test('is made again with what is read then', async () => {
    let tries = 0;
    const { reconcile, held, reads } = edit({
      onUpdate: (_side, after) => {
        tries += 1;
        if (tries === 1) throw conflict;
        return after;
      },
    });

    await reconcile();

    expect([held.b, reads()]).toEqual([{ name: 'new' }, 4]);
  });

  test('is given up after five times', async () => {
    const { reconcile, sent } = edit({
      onUpdate: () => {
        throw conflict;
      },
    });

    await expect(reconcile()).rejects.toBe(conflict);

    expect(sent).toHaveLength(5);
  });

  test.each([new ClientError('transient', 'busy', null), new Error('broken')])(
    'is the only failure after which it is made again at once, unlike: %s',
    async (error) => {
      const { reconcile, sent, now } = edit({
        onUpdate: () => {
          throw error;
        },
      });

      await expect(reconcile()).rejects.toBe(error);

      expect(sent).toHaveLength(1);
      expect(now().pending).toEqual({ side: 'b', rows: { name: { a: 'new', b: 'new' } } });
    },
  );
});

describe('an update whose answer was lost', () => {
  const pending = { side: 'b' as const, rows: { name: { a: 'sent', b: 'sent' } } };
  const lost = (b: Record<string, string>, absent?: 'missing') =>
    linkedRecords({
      rows: [rowOf('name'), rowOf('city')],
      a: { name: 'newer', city: 'Oslo' },
      b: { city: 'Oslo', ...b },
      absent,
      policies: { conflict: 'keep-for-review' },
      link: { base: agreedOn('old', 'name'), pending },
    });

  test('is ours where it stands there as it was meant, so that a newer value is carried', async () => {
    const { reconcile, held, store } = lost({ name: 'sent' });

    await reconcile();

    expect([held.b, store.problems()]).toEqual([{ name: 'newer', city: 'Oslo' }, []]);
  });

  test('is not taken for ours where the answer lacks it, though it was to be emptied', async () => {
    const { reconcile, now } = linkedRecords({
      rows: [rowOf('name')],
      a: { name: null },
      b: {},
      absent: 'missing',
      link: { base: agreedOn('old', 'name'), pending: { side: 'b', rows: { name: { a: null, b: null } } } },
    });

    await reconcile();

    expect(now()).toMatchObject({ base: agreedOn('old', 'name'), pending: null });
  });

  test('is not taken for ours where something else stands there', async () => {
    const { reconcile, held, store } = lost({ name: 'of a user' });

    await reconcile();

    expect(held.b).toEqual({ name: 'of a user', city: 'Oslo' });
    expect(store.problems()).toMatchObject([{ side: 'a', field: 'name' }]);
  });

  test('is under way no longer once both agree', async () => {
    const { reconcile, now } = edit({ b: { name: 'new' }, link: { base: agreedOn('old', 'name'), pending } });

    await reconcile();

    expect(now()).toMatchObject({ base: agreedOn('new', 'name'), pending: null });
  });
});

describe('an update', () => {
  test('is tied to the version that was read', async () => {
    const { reconcile, versions } = edit();

    await reconcile();

    expect(versions).toEqual(['b version 0']);
  });

  test('holds what else a sync sends of the properties of the record', async () => {
    const { reconcile, sent } = edit({
      fields: { b: [text('name'), text('city')] },
      stages: { besides: (paths) => new Map(paths.map((path) => [path, 'sent too'])) },
    });

    await reconcile();

    expect(sent).toEqual([{ side: 'b', name: 'new', city: 'sent too' }]);
  });

  test.each([
    ['b', 'Bergen', 'Oslo', 'side-a-wins', 'Ber'],
    ['a', 'Oslo', 'Bergen', 'side-b-wins', 'Ber'],
  ] as const)('of side %s holds as much of a text as its field takes', async (side, a, b, conflict, cut) => {
    const { reconcile, held } = edit({
      a: { name: a },
      b: { name: b },
      fields: { a: [text('name')], b: [text('name')], [side]: [text('name', 3)] },
      policies: { conflict, longText: 'truncate' },
    });

    await reconcile();

    expect(held[side]).toEqual({ name: cut });
  });
});

describe('the answer to an update', () => {
  test('is what counts as agreed on, as the provider keeps it', async () => {
    const { reconcile, now } = edit({ onUpdate: () => ({ name: 'NEW' }) });

    await reconcile();

    expect(now()).toMatchObject({ base: { name: { a: 'new', b: 'NEW' } }, pending: null });
  });

  test('that lacks a property is reported, and what was sent counts as agreed on', async () => {
    const { reconcile, now, store, engine } = edit({
      rows: [rowOf('name'), rowOf('city')],
      a: { name: 'new', city: 'Oslo' },
      b: { name: 'old', city: 'Oslo' },
      absent: 'missing',
      onUpdate: () => ({ city: 'Oslo' }),
    });

    await reconcile();

    expect(now().base?.['name']).toEqual({ a: 'new', b: 'new' });
    const message = 'the property is missing in the answer; it is left as it is';
    expect(store.problems()).toEqual([{ pair: 'stall', side: 'b', recordId: 'b1', field: 'name', message }]);
    expect(engine.reconciled.size).toBe(0);
  });
});

describe('a record that is written back as a whole and lacks a property', () => {
  test('is not written, while the other one is', async () => {
    const { reconcile, sent, now } = linkedRecords({
      rows: [rowOf('name'), rowOf('city'), rowOf('zip')],
      a: { name: 'new', city: 'old', zip: '5' },
      b: { name: 'old', city: 'new' },
      absent: 'missing',
      updateMode: 'replace',
      link: { base: agreedOn('old', 'name', 'city') },
    });

    await expect(reconcile()).rejects.toThrow('the answer lacks zip, and writing would empty it');

    expect(sent).toEqual([{ side: 'a', city: 'new' }]);
    expect(now().base).toMatchObject({ name: { a: 'old', b: 'old' }, city: { a: 'new', b: 'new' } });
  });

  test('leaves the link as it was where the other one lacks it too', async () => {
    const { reconcile, sent, now } = linkedRecords({
      rows: [rowOf('name'), rowOf('city'), rowOf('zip'), rowOf('same')],
      a: { name: 'new', city: 'old', same: 'x' },
      b: { name: 'old', city: 'new', same: 'x' },
      absent: 'missing',
      updateMode: 'replace',
      link: { base: agreedOn('old', 'name', 'city') },
    });

    await expect(reconcile()).rejects.toThrow('the answer lacks zip');

    expect(sent).toEqual([]);
    expect(now().base).toEqual(agreedOn('old', 'name', 'city'));
  });
});

describe('a property that cannot be used', () => {
  const fields = { b: [text('name')] };

  test('is reported and left as it is, also where a missing one counts as empty', async () => {
    const { reconcile, sent, store } = edit({
      a: { name: 'new' },
      b: { name: 7 },
      fields,
      stages: { onMissingField: () => 'empty' },
    });

    await reconcile();

    expect(sent).toEqual([]);
    expect(store.problems()).toMatchObject([{ side: 'b', recordId: 'b1', field: 'name' }]);
  });

  test('that is missing is written where it counts as empty', async () => {
    const { reconcile, sent } = edit({
      b: {},
      absent: 'missing',
      fields,
      stages: { onMissingField: () => 'empty' },
      link: { base: null },
    });

    await reconcile();

    expect(sent).toEqual([{ side: 'b', name: 'new' }]);
  });

  test('ends the work where it counts as a failure', async () => {
    const { reconcile } = edit({ b: {}, absent: 'missing', stages: { onMissingField: () => 'fail' } });

    await expect(reconcile()).rejects.toThrow('name is missing in the answer');
  });

  test('because it has no counterpart is reported on the record of side a, and holds up no other', async () => {
    const { reconcile, sent, store } = edit({
      rows: [
        rowOf('kind', 'kind', 'kind', { transform: { kind: 'enum', pairs: [['x', 'y']] } }),
        rowOf('name'),
      ],
      a: { kind: 'none', name: 'new' },
      b: { kind: 'y', name: 'old' },
    });

    await reconcile();

    expect(sent).toEqual([{ side: 'b', name: 'new' }]);
    expect(store.problems()).toMatchObject([
      { side: 'a', recordId: 'a1', field: 'kind', message: '"none" has no declared counterpart' },
    ]);
  });

  test('is a reference to a record without a counterpart: all of it waits', async () => {
    const error = new UnlinkedReference('customer a c1');
    const { reconcile, sent, store } = edit({
      stages: {
        carry: () => {
          throw error;
        },
      },
    });

    await expect(reconcile()).rejects.toBe(error);

    expect([sent, store.problems()]).toEqual([[], []]);
  });
});
