import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readRemoteFlags } from './remote-flags.js';

test('folders are made absolute, and without a flag nothing is asked for', () => {
  expect(readRemoteFlags({ record: 'kept' }, 'remote')).toEqual({
    record: resolve('kept'),
    playback: null,
    dryRun: false,
    target: 'remote',
  });
  expect(readRemoteFlags({}, 'reference')).toMatchObject({
    record: null,
    dryRun: false,
    target: 'reference',
  });
});

test.each([{ playback: 'kept' }, { dryRun: true }])('%j is about the deployed sync', (options) => {
  expect(readRemoteFlags(options, 'reference').target).toBe('remote');
});

test.each<[Record<string, unknown>, 'reference' | 'remote', string]>([
  [{ record: 'kept', playback: 'kept' }, 'remote', '--record and --playback are given together'],
  [{ record: 'kept', dryRun: true }, 'remote', '--record and --dry-run are given together'],
  [{ playback: 'kept', dryRun: true }, 'remote', '--playback and --dry-run are given together'],
  [{ record: ['one', 'two'] }, 'remote', '--record is given twice'],
  [{ record: 'kept' }, 'reference', '--record without --target remote'],
  [{ playback: 'kept', only: 'customer' }, 'reference', '--only together with --playback'],
  [{ playback: 'kept', seed: '7', repeat: 5 }, 'reference', '--seed and --repeat together with --playback'],
  [{ playback: 'kept', shard: '1/2', changedSince: 'old.rst' }, 'reference', 'together with --playback'],
])('%j for the %s is refused', (options, target, said) => {
  expect(() => readRemoteFlags(options, target)).toThrow(said);
});

test('seed and repeats that are left out come as 1, which says nothing', () => {
  expect(readRemoteFlags({ playback: 'kept', seed: 1, repeat: 1 }, 'reference').playback).toBe(
    resolve('kept'),
  );
});
