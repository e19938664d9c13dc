import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readProof } from './read-proof.js';

let folder = '';
let path = '';
let document = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncproof-proof-'));
  path = join(folder, 'proof.json');
  document = join(folder, 'document.rst');
  await writeFile(document, 'text');
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
const killed = ['lost-update', 'echo'].map((id) => ({ id, verdict: 'killed' }));
const proof = (change: object = {}) => ({ schema: 'syncproof.proof/1', summary, faults: killed, ...change });
const judge = async (value: unknown) => {
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return readProof(path, { sha256: 'abc', files: [document] });
};

test('each fault killed is complete', async () => {
  expect(await judge(proof())).toEqual({ complete: true, found: '2 of 2 faults caught' });
  expect((await judge(proof({ document: { sha256: 'abc' } }))).complete).toBe(true);
});

test('a missing file says how to get one', async () => {
  const { complete, found } = await readProof(path, { sha256: 'abc', files: [document] });
  expect(complete).toBe(false);
  expect(found).toContain('syncproof prove');
});

test('a proof of another document is stale', async () => {
  expect(await judge(proof({ document: { sha256: 'other' } }))).toMatchObject({ complete: false });
});

test('a proof that names no document and is older than it is stale', async () => {
  await judge(proof());
  await utimes(path, 1, 1);
  expect((await readProof(path, { sha256: 'abc', files: [document] })).found).toContain('changed since');
});

test.each<[string, unknown]>([
  ['damaged', '{"schema":'],
  ['of another version', proof({ schema: 'syncproof.proof/2' })],
  ['without faults', proof({ summary: { ...summary, faults: 0, killed: 0 }, faults: [] })],
  ['with a survivor', proof({ summary: { ...summary, killed: 1, survived: 1 } })],
  ['caught by the wrong check', proof({ summary: { ...summary, wrongCheck: 1 } })],
  ['with a red reference', proof({ summary: { ...summary, referenceRed: 1 } })],
  ['with a list that does not agree', proof({ faults: killed.slice(1) })],
  ['with an open fault', proof({ faults: [killed[0], { id: 'echo', verdict: 'survived' }] })],
])('a proof %s is not complete', async (_, value) => {
  expect((await judge(value)).complete).toBe(false);
});
