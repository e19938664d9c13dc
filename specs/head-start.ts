import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { bundleChecks, shareOf } from '../src/checks/bundle.js';
import { planRun, toldOf, type ToldRun } from '../src/cli/plan-run.js';
import { requestOf } from '../src/cli/request-of.js';
import type { RunOptions } from '../src/cli/run-options.js';
import { type Answer, type Begun, claim, shareHead, tellOutcomes } from '../src/run/head-start.js';
import type { RunRecord } from '../src/run/record.js';
import { createJudge } from './judge.js';

const port = parentPort;
if (port !== null) await judgeAhead(port, workerData as RunOptions);

/**
 * The thread that compiles and judges while vitest starts, and writes Allure's results while the other reports are made.
 * What cannot be compiled is left to its owner, which finds the same and tells it.
 */
async function judgeAhead(owner: MessagePort, options: RunOptions): Promise<void> {
  const planned = await planRun(options).catch(() => null);
  if (planned === null) return owner.postMessage(null);
  const plan = toldOf(planned);
  const bundles = shareOf(bundleChecks(plan.selected), 0, 1);
  const head = shareHead(bundles.length);
  owner.postMessage({ plan, head } satisfies Begun<ToldRun>);
  owner.once('message', async (recordPath: string) => {
    owner.postMessage(await writeResults(recordPath));
    process.exit();
  });
  const judge = await createJudge(requestOf(plan, options, 1).request);
  const tell = tellOutcomes(head);
  for (const [index, bundle] of bundles.entries()) {
    if (!claim(head, index)) continue;
    tell([index, await judge(bundle)]);
    await setImmediate();
  }
  await import('../src/report/allure/write-results.js');
}

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
