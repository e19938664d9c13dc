import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { bundleChecks, shareOf } from '../src/checks/bundle.js';
import { claim, tellOutcomes } from '../src/run/head-start.js';
import type { RunRequest } from '../src/run/run-request.js';
import { createJudge } from './judge.js';

/** The thread that judges while vitest starts. */
parentPort?.once('message', async (request: RunRequest) => {
  const { head, checks } = request;
  if (head === undefined) return;
  const judge = await createJudge(request);
  const tell = tellOutcomes(head);
  for (const [index, bundle] of shareOf(bundleChecks(checks), 0, 1).entries()) {
    if (!claim(head, index)) continue;
    tell([index, await judge(bundle)]);
    await setImmediate();
  }
});
