import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeWorkerSlot } from './worker-slot.js';

const file = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'sync.db');

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

test('a folder that cannot be used is told as such, whatever its name', () => {
  expect(() => takeWorkerSlot('/nowhere/locked/busy.db')).toThrow(/worker-1 cannot be locked: /);
});
