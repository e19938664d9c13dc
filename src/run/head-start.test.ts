import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { claim, claimed, hearOutcomes, openHeadStart, tellOutcomes, type HeadStart } from './head-start.js';
import type { CheckOutcome } from './record.js';

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
  return openHeadStart<string>(entry, 'job');
}

test('a bundle is taken once', () => {
  const head = headOf(2);

  expect([claim(head, 1), claim(head, 1), claim(head, 0)]).toEqual([true, false, true]);
});

test('who comes later sees what is taken', () => {
  const head = headOf(3);
  claim(head, 0);
  claim(head, 2);

  expect([...claimed(head)]).toEqual([0, 2]);
});

/** Begins with one bundle, then runs the code. */
const begun = (code: string) => `
  import { parentPort, workerData } from "node:worker_threads";
  const head = { claims: new SharedArrayBuffer(8), channel: "head-start-${(channels += 1)}" };
  parentPort.postMessage({ plan: workerData + " compiled", head });
  ${code}`;
const answering = (answer: string) =>
  begun(`parentPort.once("message", (path) => parentPort.postMessage(${answer}));`);

test('a thread tells what it made of its job', async () => {
  const thread = threadOf(answering('null'));

  expect((await thread.planned)?.plan).toBe('job compiled');
  await thread.close();
});

test('a thread that has judged does what it is asked', async () => {
  const thread = threadOf(answering('{ failed: path === "run.json" ? null : path }'));
  await thread.planned;

  expect(await thread.ask('run.json')).toBe(true);
  await thread.close();
});

test('what goes wrong in the thread reaches whoever asked', async () => {
  const thread = threadOf(answering('{ failed: "the disk is full" }'));
  await thread.planned;

  await expect(thread.ask('run.json')).rejects.toThrow('the disk is full');
  await thread.close();
});

test.each([
  ['cannot be loaded', 'import "./is-not-there.mjs";'],
  ['cannot compile', 'import { parentPort } from "node:worker_threads"; parentPort.postMessage(null);'],
  ['dies at once', 'process.exit(3)'],
])('a thread that %s leaves the plan to its owner', async (_how, code) => {
  const thread = threadOf(code);

  expect(await thread.planned).toBeNull();
  await thread.close();
});

test.each([
  ['never began', 'import { parentPort } from "node:worker_threads"; parentPort.postMessage(null);'],
  ['dies instead of answering', begun('parentPort.once("message", () => process.exit(3));')],
])('a thread that %s leaves the work to its owner', async (_how, code) => {
  const thread = threadOf(code);
  await thread.planned;

  expect(await thread.ask('run.json')).toBe(false);
  await thread.close();
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

test('nobody waits for a thread that dies under way', async () => {
  const thread = threadOf(begun('setTimeout(() => process.exit(3), 20);'));
  const head = (await thread.planned)?.head;
  if (head === undefined) throw new Error('the thread did not begin');

  const outcomes = await hearOutcomes(head)(0);

  expect(outcomes).toBeNull();
  await thread.close();
});
