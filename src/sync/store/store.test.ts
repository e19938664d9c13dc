import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from './memory.js';
import { StoreError, type Link, type SyncStore } from './port.js';
import { createSqliteStore } from './sqlite.js';

const file = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'sync.db');
const link: Link = { pair: 'customer', aId: '1', bId: 'x', base: null, state: 'live', pending: null };
const key = { side: 'a' as const, entity: 'Customer', id: '1' };

const STORES: [string, () => SyncStore][] = [
  ['in memory', createMemoryStore],
  ['SQLite in memory', () => createSqliteStore(':memory:')],
  ['SQLite in a file', () => createSqliteStore(file())],
];

describe.each(STORES)('a store %s', (_name, open) => {
  test('finds a link from both sides', () => {
    const store = open();

    store.putLink(link);

    expect(store.linkOf('customer', 'a', '1')?.bId).toBe('x');
    expect(store.linkOf('customer', 'b', 'x')?.aId).toBe('1');
  });

  test('refuses to link a record twice (I2)', () => {
    const store = open();
    store.putLink(link);

    expect(() => store.putLink({ ...link, aId: '2' })).toThrow(StoreError);
  });

  test('keeps a mark that arrives during the work (I19)', () => {
    const store = open();
    store.markDirty(key, 1);
    const mark = store.dirty()[0]?.mark ?? 0;
    store.markDirty(key, 2);

    store.settleDirty(key, mark);

    expect(store.dirty()).toHaveLength(1);
  });

  test('takes back everything of a transaction that fails', () => {
    const store = open();

    expect(() =>
      store.atomic(() => {
        store.putLink(link);
        throw new Error('stop');
      }),
    ).toThrow('stop');

    expect(store.links()).toEqual([]);
  });

  test('lets one worker at a time hold the lease until it expires (I18)', () => {
    const store = open();

    expect(store.takeLease('one', 0, 100)).toBe(true);
    expect(store.takeLease('two', 50, 150)).toBe(false);
    expect(store.takeLease('two', 101, 200)).toBe(true);
  });

  test('knows a delivery that it has seen (I25)', () => {
    const store = open();

    expect(store.noteDelivery('a', 'd-1', 1)).toBe(true);
    expect(store.noteDelivery('a', 'd-1', 2)).toBe(false);
  });
});

test('a file keeps links, marks and watermarks over a restart (I17)', () => {
  const path = file();
  const before = createSqliteStore(path);
  before.putLink(link);
  before.markDirty(key, 7);
  before.setWatermark('a', 'Customer', 'changes', 42);
  before.close();

  const after = createSqliteStore(path);

  expect(after.links()).toEqual([link]);
  expect(after.dirty()[0]?.since).toBe(7);
  expect(after.watermark('a', 'Customer', 'changes')).toBe(42);
});

test('a file finds a record by a match key of several parts after a restart (I2, I17)', () => {
  const path = file();
  const matchKey = ['customer', 'email', 'ben@example.org'].join('\u0000');
  const before = createSqliteStore(path);
  before.remember(key, 'digest', [matchKey]);
  before.close();

  const after = createSqliteStore(path);

  expect(after.findByMatchKey('a', 'Customer', matchKey)).toEqual(['1']);
});

test('two that hold one file open see what the other wrote (I18)', () => {
  const path = file();
  const [one, two] = [createSqliteStore(path), createSqliteStore(path)];

  one.putLink(link);

  expect(two.links()).toEqual([link]);
  expect(() => two.putLink({ ...link, aId: '2' })).toThrow(StoreError);
});

test('a damaged file is one clear error with a remedy', () => {
  const path = file();
  writeFileSync(path, 'this is no database, though it is long enough to be mistaken for one'.repeat(20));

  expect(() => createSqliteStore(path)).toThrow(/cannot be used as a store.*Move the file away/);
});
