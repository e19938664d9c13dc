import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readProof } from './read-proof.js';

let folder = '';
let path = '';
let check = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncproof-proof-'));
  path = join(folder, 'proof.json');
  check = join(folder, 'check.js');
  await writeFile(check, 'text');
  await utimes(check, 1000, 1000);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Summary = {
  faults: number;
  killed: number;
  wrongCheck: number;
  survived: number;
  referenceRed: number;
};
const summary: Summary = { faults: 2, killed: 2, wrongCheck: 0, survived: 0, referenceRed: 0 };
const killed = ['lost-update', 7].map((id) => ({ id, verdict: 'killed' }));
const proof = (change: object = {}) => ({ schema: 'syncproof.proof/1', summary, faults: killed, ...change });
const judge = async (value: unknown) => {
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return readProof(path, { version: '1.0.0', files: [check] });
};

test('each fault killed is complete', async () => {
  expect(await judge(proof())).toEqual({ complete: true, found: '2 of 2 faults caught' });
  expect((await judge(proof({ tool: { version: '1.0.0' } }))).complete).toBe(true);
});

test('a missing file says how to get one', async () => {
  const { complete, found } = await readProof(path, { version: '1.0.0', files: [check] });
  expect(complete).toBe(false);
  expect(found).toContain('syncproof prove');
});

test('a proof of another version of syncproof is stale', async () => {
  expect(await judge(proof({ tool: { version: '0.9.0' } }))).toMatchObject({ complete: false });
});

test('a proof that is older than a check is stale, by its own time or by that of the file', async () => {
  await judge(proof());
  await utimes(path, 999, 999);
  expect((await readProof(path, { version: '1.0.0', files: [check] })).found).toContain('changed since');
  expect((await judge(proof({ startedAt: '1970-01-01T00:10:00.000Z' }))).complete).toBe(false);
  expect((await judge(proof({ startedAt: '1970-01-01T00:20:00.000Z' }))).complete).toBe(true);
});

test.each<[string, unknown]>([
  ['damaged', '{"schema":'],
  ['of another version', proof({ schema: 'syncproof.proof/2' })],
  ['without faults', proof({ summary: { ...summary, faults: 0, killed: 0 }, faults: [] })],
  ['with a survivor', proof({ summary: { ...summary, killed: 1, survived: 1 } })],
  ['caught by the wrong check', proof({ summary: { ...summary, wrongCheck: 1 } })],
  ['with a red reference', proof({ summary: { ...summary, referenceRed: 1 } })],
  ['with a list that does not agree', proof({ faults: killed.slice(1) })],
  ['with an open fault', proof({ faults: [killed[0], { id: 7, verdict: 'survived' }] })],
])('a proof %s is not complete', async (_, value) => {
  expect((await judge(value)).complete).toBe(false);
});
