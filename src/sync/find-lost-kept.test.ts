import { expect, test } from 'vitest';
import type { FieldSpec, JsonObject } from '../contract/field.js';
import { ClientError } from './client-error.js';
import { pollChanges } from './poll.js';
import { reconcileNew } from './reconcile-new.js';
import { linkingEngine } from './testing/linking-engine.js';
import { rowOf } from './testing/mapped-row.js';

type Given = Parameters<typeof linkingEngine>[0];

const text = (path: string, normalises: 'lower-case' | 'trim'): FieldSpec => ({
  path,
  type: { kind: 'string', maxLength: 80 },
  normalises,
});

/** A sync whose first create makes a record as its provider keeps it, and gets no answer. */
function losingOf(given: Given, kept: (sent: JsonObject) => JsonObject) {
  let isFirst = true;
  const sync = linkingEngine({
    idempotency: null,
    onCreate: (sent, held) => {
      if (!isFirst) return null;
      isFirst = false;
      const to = given.a === undefined ? 'a' : 'b';
      held[to]['kept'] = kept(sent);
      throw new ClientError('transient', 'no answer', null);
    },
    ...given,
  });
  return sync;
}

test.each([
  ['trims', ' N-1 ', text('no', 'trim'), 'N-1'],
  ['writes in lower case', 'N-1', text('no', 'lower-case'), 'n-1'],
])('what was made is found again where its provider %s the key', async (_how, no, field, kept) => {
  const { engine, pair, made, linkOf } = losingOf(
    { a: { a1: { no, name: 'Berg' } }, fields: [field] },
    (sent) => ({
      ...sent,
      no: kept,
    }),
  );
  await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toThrow('no answer');

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(made).toHaveLength(1);
  expect(linkOf('a', 'a1')?.bId).toBe('kept');
});

test('so it is when a user has edited it since', async () => {
  const { engine, pair, made, held, linkOf } = losingOf(
    { a: { a1: { no: ' N-1 ', name: 'Berg' } }, fields: [text('no', 'trim')] },
    (sent) => ({ ...sent, no: 'N-1' }),
  );
  await expect(reconcileNew(engine, pair, 'a', 'a1')).rejects.toThrow('no answer');
  held.b['kept'] = { no: 'N-1', name: 'Lund' };

  await reconcileNew(engine, pair, 'a', 'a1');

  expect(made).toHaveLength(1);
  expect(linkOf('a', 'a1')?.bId).toBe('kept');
});

test('of several sources of one property, the one that was sent tells what was made', async () => {
  const kinds = (kind: string) => [{ side: 'b' as const, path: 'kind', value: kind }];
  const { engine, pair, made, held, linkOf } = losingOf(
    {
      b: { b1: { no: '1', name: 'Berg', kind: 'shop' } },
      pair: {
        match: [],
        rows: [
          rowOf('name', { precedence: 1, only: kinds('home') }),
          rowOf('alias', { precedence: 2, b: 'name', only: kinds('shop') }),
        ],
      },
    },
    (sent) => sent,
  );
  held.a['stranger'] = { alias: 'Moe' };
  await expect(reconcileNew(engine, pair, 'b', 'b1')).rejects.toThrow('no answer');

  await reconcileNew(engine, pair, 'b', 'b1');

  expect(made).toHaveLength(1);
  expect(linkOf('b', 'b1')?.aId).toBe('kept');
});

test('a match that is gone again when it is looked at is none', async () => {
  const seen: string[] = [];
  const sync = losingOf(
    {
      a: { a1: { no: '1', name: 'Berg' } },
      idempotency: { kind: 'header', name: 'Key' },
      onGet: (record) => {
        if (record === 'b kept' && seen.includes(record)) delete sync.held.b['kept'];
        seen.push(record);
      },
    },
    (sent) => sent,
  );
  await expect(reconcileNew(sync.engine, sync.pair, 'a', 'a1')).rejects.toThrow('no answer');
  await pollChanges(sync.engine, 'b', 'Parcel');

  await reconcileNew(sync.engine, sync.pair, 'a', 'a1');

  expect(sync.made.map(({ key }) => key)).toEqual(['fresh-key', 'fresh-key']);
  expect(seen.filter((record) => record === 'b kept')).toHaveLength(2);
  expect(sync.linkOf('a', 'a1')?.bId).toBe('b-new');
});
