import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { setTimeout } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import {
  claim,
  claimed,
  hearOutcomes,
  openHeadStart,
  shareHead,
  tellOutcomes,
  type HeadStart,
  type Judged,
} from './head-start.js';
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

test('what is shared has a number for each bundle and one for the thread, and a channel of this thread', () => {
  const head = shareHead(3);

  expect(head.claims.byteLength).toBe(16);
  expect(head.channel).toBe(`syncproof-${process.pid}-${threadId}`);
});

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

test('a thread that could not compile is asked nothing, even while it lives', async () => {
  const thread = threadOf(`
    import { parentPort } from "node:worker_threads";
    parentPort.postMessage(null);
    parentPort.once("message", () => parentPort.postMessage({ failed: null }));`);
  await thread.planned;

  expect(await thread.ask('run.json')).toBe(false);
  await thread.close();
});

test('a thread that is closed has ended and does nothing more', async () => {
  const thread = threadOf(answering('{ failed: null }'));
  await thread.planned;

  await thread.close();

  expect(await thread.ask('run.json')).toBe(false);
});

test('a thread that died before it was asked is not waited for', async () => {
  const thread = threadOf(begun('setTimeout(() => process.exit(3), 20);'));
  await hearOutcomes((await thread.planned)?.head ?? headOf(0))(0);

  const answer = await Promise.race([thread.ask('run.json'), setTimeout(500, 'no answer')]);

  expect(answer).toBe(false);
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

test('each bundle is waited for until it is told itself', async () => {
  const head = headOf(2);
  const tell = tellOutcomes(head);
  const heard = hearOutcomes(head);
  const [late, early] = [heard(0), heard(1)];

  tell([1, outcomesOf('early')]);
  await early;
  tell([0, outcomesOf('late')]);

  expect([...((await late) ?? [])].map(([id]) => id)).toEqual(['late']);
});

test('nothing is told before somebody wants it, then all at once, and after that each by itself', async () => {
  const head = headOf(3);
  const told: number[][] = [];
  const listener = new BroadcastChannel(head.channel);
  const allTold = new Promise<void>((resolve) => {
    listener.addEventListener('message', (event) => {
      const data: unknown = (event as MessageEvent).data;
      if (!Array.isArray(data)) return;
      told.push((data as Judged[]).map(([index]) => index));
      if (told.flat().includes(2)) resolve();
    });
  });
  const tell = tellOutcomes(head);

  listener.postMessage('of something else');
  tell([0, outcomesOf('first')]);
  tell([1, outcomesOf('second')]);
  await hearOutcomes(head)(1);
  tell([2, outcomesOf('third')]);
  await allTold;

  expect(told).toEqual([[0, 1], [2]]);
  listener.close();
});

test('outcomes that were heard already are given at once, and again', async () => {
  const head = headOf(1);
  tellOutcomes(head)([0, outcomesOf('told')]);
  const heard = hearOutcomes(head);

  const once = await heard(0);
  const again = await heard(0);

  expect([...(again ?? [])].map(([id]) => id)).toEqual(['told']);
  expect(again).toBe(once);
});

test('nobody waits for a thread that dies under way', async () => {
  const thread = threadOf(begun('setTimeout(() => process.exit(3), 20);'));
  const head = (await thread.planned)?.head;
  if (head === undefined) throw new Error('the thread did not begin');

  const heard = hearOutcomes(head);

  expect(await heard(0)).toBeNull();
  expect(await heard(0)).toBeNull();
  await thread.close();
});
