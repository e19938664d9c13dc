import Database from 'libsql';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StoreError } from './port.js';
import { createSqliteStore } from './sqlite.js';
import { takeWorkerSlot } from './worker-slot.js';

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

test('each worker on a store has a name of its own, free again when it ends', () => {
  const path = file();
  const first = takeWorkerSlot(path);
  const second = takeWorkerSlot(path);

  expect([first.workerId, second.workerId]).toEqual(['worker-1', 'worker-2']);
  first.release();
  const third = takeWorkerSlot(path);
  expect(third.workerId).toBe('worker-1');
  second.release();
  third.release();
});

test('a store in memory has one worker, and no file beside it', () => {
  const slot = takeWorkerSlot(':memory:');

  expect(slot.workerId).toBe('worker-1');
  expect(() => slot.release()).not.toThrow();
  expect(existsSync(':memory:.worker-1')).toBe(false);
});

test('a store has sixteen workers at most', () => {
  const path = file();
  const slots = Array.from({ length: 16 }, () => takeWorkerSlot(path));

  expect(slots.at(-1)?.workerId).toBe('worker-16');
  expect(() => takeWorkerSlot(path)).toThrow(`${path} has 16 workers already. End one of them first.`);
  for (const slot of slots) slot.release();
});

test('a lock that cannot be made is one clear error', () => {
  expect(() => takeWorkerSlot('/nowhere/at/all/sync.db')).toThrow(
    /worker-1 cannot be locked: .*can be written to/,
  );
});
