import { BroadcastChannel, Worker } from 'node:worker_threads';
import type { CheckOutcome } from './record.js';
import type { RunRequest } from './run-request.js';

/**
 * What a judging thread and vitest's worker share. `claims` holds one number for each bundle, 0 while nobody judges it,
 * and a last one that is 1 when the thread is gone. Outcomes come over the channel of that name.
 */
export type HeadStart = { claims: SharedArrayBuffer; channel: string };

/** A bundle, by its place in the list of all, with the outcome of each of its checks. */
export type Judged = [index: number, outcomes: Map<string, CheckOutcome>];

/**
 * The thread as its owner sees it: `begin` gives the request that vitest's worker must have. `ask` has it do one more
 * thing when all is judged, by the path of a record; false when it could not. Errors: what went wrong at the work.
 */
export type HeadThread = {
  begin: (request: RunRequest, bundles: number) => RunRequest;
  ask: (recordPath: string) => Promise<boolean>;
  close: () => Promise<void>;
};

/** What the thread answers when it was asked: a message when the work went wrong. */
export type Answer = { failed: string | null };

const WANTED = 'wanted';
let opened = 0;

const claimsOf = (head: HeadStart) => new Int32Array(head.claims);

/** Takes a bundle; false when the other thread has it. */
export function claim(head: HeadStart, index: number): boolean {
  return Atomics.compareExchange(claimsOf(head), index, 0, 1) === 0;
}

/** The bundles that somebody judges or has judged. */
export function claimed(head: HeadStart): Set<number> {
  const bundles = Array.from(claimsOf(head).subarray(0, -1));
  return new Set(bundles.flatMap((by, index) => (by === 0 ? [] : [index])));
}

function isGone(head: HeadStart): boolean {
  const claims = claimsOf(head);
  return Atomics.load(claims, claims.length - 1) === 1;
}

/**
 * Starts the thread, which loads what it needs while the caller compiles. `begin` makes it judge, from the first bundle
 * on, while vitest starts; vitest's worker comes from the other end. A thread that dies takes nothing with it: the
 * worker judges again what was not told.
 */
export function openHeadStart(entry: string): HeadThread {
  const thread = new Worker(entry);
  let head: HeadStart | null = null;
  let isOver = false;
  const onEnd = () => {
    isOver = true;
    if (head !== null) leave(head);
  };
  thread.once('error', onEnd);
  thread.once('exit', onEnd);
  return {
    begin(request, bundles) {
      opened += 1;
      head = {
        claims: new SharedArrayBuffer(4 * (bundles + 1)),
        channel: `syncproof-${process.pid}-${opened}`,
      };
      const begun = { ...request, head };
      if (isOver) leave(head);
      else thread.postMessage(begun);
      return begun;
    },
    ask(recordPath) {
      if (isOver || head === null) return Promise.resolve(false);
      return new Promise((resolve, reject) => {
        thread.once('exit', () => resolve(false));
        thread.once('message', ({ failed }: Answer) => {
          if (failed === null) resolve(true);
          else reject(new Error(failed));
        });
        thread.postMessage(recordPath);
      });
    },
    async close() {
      await thread.terminate();
    },
  };
}

function leave(head: HeadStart): void {
  const claims = claimsOf(head);
  Atomics.store(claims, claims.length - 1, 1);
  const channel = new BroadcastChannel(head.channel);
  channel.postMessage(null);
  channel.close();
}

/** Node's type of the channel leaves out that it is an event target. */
function listen(channel: BroadcastChannel, take: (data: unknown) => void): void {
  (channel as unknown as EventTarget).addEventListener('message', (event) =>
    take((event as MessageEvent).data),
  );
}

/** The thread's end of the channel: tells what is judged as soon as somebody wants to know. */
export function tellOutcomes(head: HeadStart): (judged: Judged) => void {
  const channel = new BroadcastChannel(head.channel);
  const kept: Judged[] = [];
  let isWanted = false;
  listen(channel, (data) => {
    if (data !== WANTED) return;
    isWanted = true;
    channel.postMessage(kept);
  });
  return (judged) => {
    kept.push(judged);
    if (isWanted) channel.postMessage([judged]);
  };
}

/** The other end: gives the outcomes of a bundle that the thread took, or null when the thread is gone. */
export function hearOutcomes(head: HeadStart): (index: number) => Promise<Map<string, CheckOutcome> | null> {
  const channel = new BroadcastChannel(head.channel);
  const heard = new Map<number, Map<string, CheckOutcome>>();
  const waiting = new Map<number, (outcomes: Map<string, CheckOutcome> | null) => void>();
  listen(channel, (data) => {
    if (Array.isArray(data)) for (const [index, outcomes] of data as Judged[]) heard.set(index, outcomes);
    for (const [index, resolve] of waiting) {
      const outcomes = heard.get(index);
      if (outcomes !== undefined || isGone(head)) resolve(outcomes ?? null);
    }
  });
  channel.unref();
  channel.postMessage(WANTED);
  return (index) =>
    new Promise((resolve) => {
      const outcomes = heard.get(index);
      if (outcomes !== undefined || isGone(head)) resolve(outcomes ?? null);
      else waiting.set(index, resolve);
    });
}
