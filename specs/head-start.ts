import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { bundleChecks, shareOf } from '../src/checks/bundle.js';
import { type Answer, claim, tellOutcomes } from '../src/run/head-start.js';
import type { RunRecord } from '../src/run/record.js';
import type { RunRequest } from '../src/run/run-request.js';
import { createJudge } from './judge.js';

const port = parentPort;

/** The thread that judges while vitest starts, and writes Allure's results while the other reports are made. */
port?.once('message', async (request: RunRequest) => {
  const { head, checks } = request;
  if (head === undefined) return;
  port.once('message', async (recordPath: string) => {
    port.postMessage(await writeResults(recordPath));
    process.exit();
  });
  const judge = await createJudge(request);
  const tell = tellOutcomes(head);
  for (const [index, bundle] of shareOf(bundleChecks(checks), 0, 1).entries()) {
    if (!claim(head, index)) continue;
    tell([index, await judge(bundle)]);
    await setImmediate();
  }
  await import('../src/report/allure/write-results.js');
});

async function writeResults(recordPath: string): Promise<Answer> {
  try {
    const { writeAllureResults } = await import('../src/report/allure/write-results.js');
    const run = JSON.parse(await readFile(recordPath, 'utf8')) as RunRecord;
    await writeAllureResults(run, dirname(recordPath));
    return { failed: null };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
