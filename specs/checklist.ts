import { inject, test } from 'vitest';
import { bundleChecks, shareOf } from '../src/checks/bundle.js';
import { runBundle } from '../src/checks/run-bundle.js';
import type { CheckOutcome } from '../src/run/record.js';
import type { MakeBreakage } from '../src/drivers/breakage.js';
import type { RunRequest } from '../src/run/run-request.js';
import { MOST_PARTS } from '../src/run/spec-files.js';
import { checkSeed } from '../src/run/seed.js';
import { observed } from '../src/checks/observed-target.js';
import { referenceTarget } from './worlds/in-process-world.js';

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
  const { plan, checks, seed, via, fault, parts } = inject('syncproof') ?? (await bundled());
  const { target, observer } = observed(
    referenceTarget(plan, via, fault === null ? {} : { breakage: await breakageOf(fault) }),
    plan,
  );
  const own = shareOf(bundleChecks(checks), part, parts);
  for (const bundle of own) {
    let running: Promise<Map<string, CheckOutcome>> | null = null;
    const judge = () => (running ??= runBundle(bundle, plan, target, (key) => checkSeed(seed, key)));
    for (const check of bundle.checks) {
      test(check.id, async (context) => {
        const outcome = (await judge()).get(check.id);
        if (outcome === undefined) throw new Error('the check was not judged');
        const drift = observer.findings();
        context.task.meta.syncproof = drift.length === 0 ? outcome : { ...outcome, drift };
        if (outcome.verdict === 'not-testable') context.skip(outcome.reason ?? undefined);
        if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
      });
    }
  }
  if (own.length === 0) test.skip('no check falls to this part', () => undefined);
}

async function breakageOf(id: number): Promise<MakeBreakage> {
  const { FAULTS } = await import('../src/proof/faults/catalogue.js');
  const fault = FAULTS.find((one) => one.id === id);
  if (fault === undefined) throw new Error(`the catalogue holds no fault ${id}`);
  return fault.make;
}
