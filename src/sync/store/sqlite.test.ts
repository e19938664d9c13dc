import Database from 'libsql';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { StoreError } from './port.js';
import { createSqliteStore } from './sqlite.js';
import { intent, link, problem, record } from './testing/stores.js';

const file = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'sync.db');

function fileWith(...statements: string[]): string {
  const path = file();
  const database = new Database(path);
  for (const statement of statements) database.exec(statement);
  database.close();
  return path;
}
const versionOf = (path: string) => {
  const database = new Database(path);
  const [state] = database.pragma('user_version') as { user_version: number }[];
  database.close();
  return state?.user_version;
};

test('a file of another program is left alone', () => {
  const path = fileWith('CREATE TABLE notes (text TEXT)');

  expect(() => createSqliteStore(path)).toThrow(/is a database of another program.*Move the file away/);
  expect(versionOf(path)).toBe(0);
});

test('a file of an older or a newer version is refused', () => {
  expect(() => createSqliteStore(fileWith('PRAGMA user_version = 1'))).toThrow('written by an older version');
  expect(() => createSqliteStore(fileWith('PRAGMA user_version = 3'))).toThrow('written by a newer version');
});

test('an empty file becomes a store of this version', () => {
  const path = fileWith();

  createSqliteStore(path).close();

  expect(versionOf(path)).toBe(2);
  expect(() => createSqliteStore(path)).not.toThrow();
});

test('a folder that is not there is one clear error', () => {
  expect(() => createSqliteStore('/nowhere/at/all/sync.db')).toThrow(StoreError);
  expect(() => createSqliteStore('/nowhere/at/all/sync.db')).toThrow('cannot be used as a store');
});

test('a refused file tells why, and what to do about that', () => {
  const refusal = (path: string) => {
    try {
      createSqliteStore(path);
    } catch (error) {
      return error;
    }
    return null;
  };
  const path = fileWith('PRAGMA user_version = 3');

  expect(refusal(path)).toMatchObject({
    name: 'StoreError',
    message: `${path} was written by a newer version. Use that version, or another file.`,
    remedy: 'Use that version, or another file.',
  });
});

test('a file keeps a write-ahead log, so that who reads does not hold up who writes', () => {
  const path = file();
  createSqliteStore(path).close();
  const reader = new Database(path);
  reader.exec('BEGIN');
  reader.prepare('SELECT * FROM entries').all();
  const store = createSqliteStore(path);

  store.setFact('rounds', 1);

  expect(store.fact('rounds')).toBe(1);
  reader.exec('ROLLBACK');
});

test('a write waits for the transaction of another process', async () => {
  const path = file();
  const store = createSqliteStore(path);
  const other = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
    const Database = require('libsql');
    const database = new Database(workerData);
    database.exec('BEGIN IMMEDIATE');
    parentPort.postMessage('begun');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    database.exec('COMMIT');`,
    { eval: true, workerData: path },
  );
  await once(other, 'message');

  expect(() => store.setFact('rounds', 1)).not.toThrow();
  await other.terminate();
});

test('a closed store lets go of its file', () => {
  const store = createSqliteStore(file());

  store.close();

  expect(() => store.setFact('rounds', 1)).toThrow('not open');
});

test('a store that no other process wrote to is not read from its file anew', () => {
  const path = file();
  const [one, two] = [createSqliteStore(path), createSqliteStore(path)];
  one.setProblems('customer', 'a', '1', [problem('old')]);
  const before = two.problems()[0];

  expect(two.problems()[0]).toBe(before);
  one.setFact('rounds', 1);
  expect(two.problems()[0]).toEqual(before);
});

test('a failure that SQLite itself rolls back for, such as a full disk, is told as what it is', () => {
  const path = file();
  const store = createSqliteStore(path);
  const database = new Database(path);
  database.exec(
    "CREATE TRIGGER full BEFORE INSERT ON entries BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END",
  );

  expect(() => store.setFact('rounds', 1)).toThrow('disk is full');
  expect(store.fact('rounds')).toBeNull();
  database.exec('DROP TRIGGER full');
  store.setFact('rounds', 2);
  expect(store.fact('rounds')).toBe(2);
});

test('a file names its parts so that the next release finds them', () => {
  const path = file();
  const store = createSqliteStore(path);
  const waiting = record('2');
  store.setWatermark('a', 'Customer', 'changes', 1);
  store.markDirty(waiting, 1);
  store.waitFor(waiting, store.dirty()[0]?.mark ?? 0, ['customer a 7']);
  store.remember(record('1'), 'digest', ['email x']);
  store.putLink(link('1', 'x'));
  store.putCreateIntent(intent('3'));
  store.setProblems('customer', 'a', '1', [problem('old')]);
  store.noteDelivery('a', 'd1', 1);
  store.setDeleted(record('4'), 1);
  store.takeLease('one', 0, 1);
  store.close();

  const database = new Database(path);
  const rows = database.prepare('SELECT place, key FROM entries ORDER BY place').all() as {
    place: string;
    key: string;
  }[];
  database.close();

  expect(rows.map(({ place, key }) => [place, JSON.parse(key)])).toEqual([
    ['byA', 'customer\n1'],
    ['byB', 'customer\nx'],
    ['deleted', 'a\nCustomer\n4'],
    ['deliveries', 'a\nd1'],
    ['dirty', 'a\nCustomer\n2'],
    ['facts', 'lastMark'],
    ['index', 'a\nCustomer\nemail x'],
    ['intents', 'customer\na\n3'],
    ['leases', 'run'],
    ['problems', 'customer\na\n1'],
    ['seen', 'a\nCustomer\n1'],
    ['waits', 'a\nCustomer\n2'],
    ['watermarks', 'a\nCustomer\nchanges'],
  ]);
});

test('work within a transaction is not written when it fails, and another process does not see it', () => {
  const path = file();
  const [one, two] = [createSqliteStore(path), createSqliteStore(path)];

  expect(() =>
    one.atomic(() => {
      one.setFact('rounds', 1);
      throw new Error('stop');
    }),
  ).toThrow('stop');
  one.setFact('other', 2);

  expect([two.fact('rounds'), two.fact('other')]).toEqual([null, 2]);
});
