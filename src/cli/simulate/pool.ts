import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { specFolder } from '../package-root.js';
import type { Results, Task } from './tasks.js';

export type Request = { id: number; task: Task };
export type Reply = { id: number; result: Results[Task['kind']] } | { id: number; error: string };

type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; busy: boolean };

/** Threads that do tasks side by side. What comes of a task does not depend on the thread, nor on their number. */
export class Pool {
  private readonly threads: Thread[];
  private readonly queue: Request[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;

  constructor(readonly size: number) {
    const file = join(specFolder(), 'simulate-worker.js');
    this.threads = Array.from({ length: size }, () => this.start(file));
  }

  do<K extends Task['kind']>(task: Extract<Task, { kind: K }>): Promise<Results[K]> {
    const id = (this.count += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: (result) => resolve(result as Results[K]), reject });
      this.queue.push({ id, task });
      this.handOut();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private start(file: string): Thread {
    const thread: Thread = { worker: new Worker(file), busy: false };
    thread.worker.on('message', (reply: Reply) => {
      thread.busy = false;
      const waiting = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(new Error(reply.error));
      else waiting?.resolve(reply.result);
      this.handOut();
    });
    thread.worker.on('error', (error) => {
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
    return thread;
  }

  private handOut(): void {
    for (const thread of this.threads) {
      if (thread.busy) continue;
      const request = this.queue.shift();
      if (request === undefined) return;
      thread.busy = true;
      thread.worker.postMessage(request);
    }
  }
}

/**
 * Does tasks side by side and takes their results in the order of the tasks, until `take` gives false; a few tasks
 * beyond that one may then have been done in vain.
 */
export async function inOrder<K extends Task['kind']>(
  pool: Pool,
  tasks: Iterable<Extract<Task, { kind: K }>>,
  take: (result: Results[K], task: Extract<Task, { kind: K }>) => boolean,
): Promise<void> {
  const ahead: { task: Extract<Task, { kind: K }>; result: Promise<Results[K]> }[] = [];
  const source = tasks[Symbol.iterator]();
  const fill = () => {
    while (ahead.length < 2 * pool.size) {
      const next = source.next();
      if (next.done === true) return;
      const result = pool.do<K>(next.value);
      result.catch(() => undefined);
      ahead.push({ task: next.value, result });
    }
  };
  for (fill(); ahead.length > 0; fill()) {
    const first = ahead.shift();
    if (first === undefined || !take(await first.result, first.task)) return;
  }
}
