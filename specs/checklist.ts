import { inject, test } from 'vitest';
import { type Bundle, bundleChecks, shareOf } from '../src/checks/bundle.js';
import { claim, claimed, type HeadStart, hearOutcomes } from '../src/run/head-start.js';
import type { CheckOutcome } from '../src/run/record.js';
import { type RunRequest, unpackRequest } from '../src/run/run-request.js';
import { MOST_PARTS } from '../src/run/spec-files.js';
import { createJudge } from './judge.js';

/** Without the CLI (plain `vitest`), the bundled document is judged. */
async function bundled(): Promise<RunRequest> {
  const { prepare } = await import('../src/cli/prepare.js');
  const { bundledDocument } = await import('../src/cli/package-root.js');
  const { compiled } = await prepare({
    documentPath: bundledDocument(),
    reversePath: null,
    profilePath: null,
  });
  return {
    plan: compiled.plan,
    checks: compiled.checks,
    seed: 1,
    via: 'msw',
    fault: null,
    parts: MOST_PARTS,
  };
}

/** Makes one test for each check of the given part; parts run in workers of their own. */
export async function defineChecklist(part: number): Promise<void> {
  const given = inject('syncproof');
  const request = given === undefined ? await bundled() : unpackRequest(given);
  const own = shareOf(bundleChecks(request.checks), part, request.parts);
  const judge = judgeOnce(await createJudge(request), request.head);
  const tests = own.map((bundle, index) => ({ bundle, index }));
  for (const { bundle, index } of request.head === undefined ? tests : inTurn(tests, request.head)) {
    for (const check of bundle.checks) {
      test(check.id, async (context) => {
        const outcome = (await judge(bundle, index)).get(check.id);
        if (outcome === undefined) throw new Error('the check was not judged');
        context.task.meta.syncproof = outcome;
        if (outcome.verdict === 'not-testable') context.skip(outcome.reason ?? undefined);
        if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
      });
    }
  }
  if (own.length === 0) test.skip('no check falls to this part', () => undefined);
}

/**
 * The thread with a head start comes from the first bundle on. What it has judged is told first, while it goes on; the
 * others are judged backwards until both meet.
 */
function inTurn<One extends { index: number }>(tests: One[], head: HeadStart): One[] {
  const taken = claimed(head);
  const isTold = ({ index }: One) => taken.has(index) && taken.has(index + 1);
  return [...tests.filter(isTold), ...tests.filter((one) => !isTold(one)).toReversed()];
}

type Outcomes = Map<string, CheckOutcome>;

/** Judges each bundle once, or waits for the outcomes of one that the thread took. */
function judgeOnce(judge: (bundle: Bundle) => Promise<Outcomes>, head: HeadStart | undefined) {
  const running = new Map<number, Promise<Outcomes>>();
  const heard = head === undefined ? null : hearOutcomes(head);
  const begin = async (bundle: Bundle, index: number): Promise<Outcomes> => {
    if (head === undefined || heard === null || claim(head, index)) return judge(bundle);
    return (await heard(index)) ?? judge(bundle);
  };
  return (bundle: Bundle, index: number): Promise<Outcomes> => {
    const outcomes = running.get(index) ?? begin(bundle, index);
    running.set(index, outcomes);
    return outcomes;
  };
}
