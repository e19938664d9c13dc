import { parentPort } from 'node:worker_threads';
import type { Reply, Request } from './pool.js';
import { perform } from './tasks.js';

/** One thread of a simulation: does the tasks that it is sent, one after the other. */
parentPort?.on('message', ({ id, task }: Request) => {
  perform(task).then(
    (result) => parentPort?.postMessage({ id, result } satisfies Reply),
    (error: unknown) => {
      const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
      parentPort?.postMessage({ id, error: told } satisfies Reply);
    },
  );
});
