import { BroadcastChannel, threadId, Worker } from 'node:worker_threads';
import type { CheckOutcome } from './record.js';

/**
 * What a judging thread and vitest's worker share. `claims` holds one number for each bundle, 0 while nobody judges it,
 * and a last one that is 1 when the thread is gone. Outcomes come over the channel of that name.
 */
export type HeadStart = { claims: SharedArrayBuffer; channel: string };

/** A bundle, by its place in the list of all, with the outcome of each of its checks. */
export type Judged = [index: number, outcomes: Map<string, CheckOutcome>];

/**
 * The thread as its owner sees it. `planned` is what it made of its job and what it shares, as soon as it begins to judge;
 * null when it could not, which its owner finds out by doing the same. `ask` has it do one more thing when all is judged,
 * by the path of a record; false when it could not. Errors: what went wrong at the work.
 */
export type HeadThread<Plan> = {
  planned: Promise<Begun<Plan> | null>;
  ask: (recordPath: string) => Promise<boolean>;
  close: () => Promise<void>;
};

/** The first message of a thread: plain data. */
export type Begun<Plan> = { plan: Plan; head: HeadStart };

/** What the thread answers when it was asked: a message when the work went wrong. */
export type Answer = { failed: string | null };

const WANTED = 'wanted';

/** What a thread with so many bundles before it shares. */
export function shareHead(bundles: number): HeadStart {
  return {
    claims: new SharedArrayBuffer(4 * (bundles + 1)),
    channel: `syncproof-${process.pid}-${threadId}`,
  };
}

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
 * Starts a thread on a job. It compiles what there is to judge and goes on to judge it, from the first bundle on, while its
 * owner starts vitest; vitest's worker comes from the other end. A thread that dies takes nothing with it: the worker
 * judges again what was not told.
 */
export function openHeadStart<Plan>(entry: string, job: unknown): HeadThread<Plan> {
  const thread = new Worker(entry, { workerData: job });
  let head: HeadStart | null = null;
  let isOver = false;
  const ended = new Promise<null>((resolve) => {
    const onEnd = () => {
      isOver = true;
      if (head !== null) leave(head);
      resolve(null);
    };
    thread.once('error', onEnd);
    thread.once('exit', onEnd);
  });
  const begun = new Promise<Begun<Plan> | null>((resolve) => {
    thread.once('message', (first: Begun<Plan> | null) => {
      head = first?.head ?? null;
      resolve(first);
    });
  });
  return {
    planned: Promise.race([begun, ended]),
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
