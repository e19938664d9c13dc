import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { claim, hearOutcomes, openHeadStart, tellOutcomes, type HeadStart } from './head-start.js';
import type { CheckOutcome } from './record.js';
import type { RunRequest } from './run-request.js';

const folder = mkdtempSync(join(tmpdir(), 'head-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

let channels = 0;
const headOf = (bundles: number): HeadStart => ({
  claims: new SharedArrayBuffer(4 * (bundles + 1)),
  channel: `head-start-test-${(channels += 1)}`,
});
const outcomesOf = (id: string) => new Map([[id, { verdict: 'verified' } as CheckOutcome]]);

/** A thread whose code is the text given. */
function threadOf(code: string) {
  const entry = join(folder, `thread-${(channels += 1)}.mjs`);
  writeFileSync(entry, code);
  return openHeadStart(entry);
}

test('a bundle is taken once', () => {
  const head = headOf(2);

  expect([claim(head, 1), claim(head, 1), claim(head, 0)]).toEqual([true, false, true]);
});

test('outcomes told before and after somebody listens are heard', async () => {
  const head = headOf(2);
  const tell = tellOutcomes(head);
  tell([0, outcomesOf('before')]);
  const heard = hearOutcomes(head);

  const before = await heard(0);
  const after = heard(1);
  tell([1, outcomesOf('after')]);

  expect([...(before ?? [])].map(([id]) => id)).toEqual(['before']);
  expect([...((await after) ?? [])].map(([id]) => id)).toEqual(['after']);
});

test.each([
  ['cannot be loaded', 'import "./is-not-there.mjs";'],
  [
    'dies under way',
    'import { parentPort } from "node:worker_threads"; parentPort.once("message", () => process.exit(3));',
  ],
])('nobody waits for a thread that %s', async (_how, code) => {
  const thread = threadOf(code);
  const { head } = thread.begin({} as RunRequest, 1);
  if (head === undefined) throw new Error('no head start was given');

  const outcomes = await hearOutcomes(head)(0);

  expect(outcomes).toBeNull();
  await thread.close();
});
