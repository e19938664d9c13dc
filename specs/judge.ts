import type { Bundle } from '../src/checks/bundle.js';
import { observed } from '../src/checks/observed-target.js';
import { runBundle } from '../src/checks/run-bundle.js';
import type { MakeBreakage } from '../src/drivers/breakage.js';
import type { CheckOutcome } from '../src/run/record.js';
import type { RunRequest } from '../src/run/run-request.js';
import { checkSeed } from '../src/run/seed.js';
import { referenceTarget } from './worlds/in-process-world.js';

/** Judges bundles of a request against the reference; drift seen in the traffic goes with a bundle's first outcome. */
export async function createJudge({
  plan,
  via,
  fault,
  seed,
}: RunRequest): Promise<(bundle: Bundle) => Promise<Map<string, CheckOutcome>>> {
  const { target, observer } = observed(
    referenceTarget(plan, via, fault === null ? {} : { breakage: await breakageOf(fault) }),
    plan,
  );
  return async (bundle) => {
    const outcomes = await runBundle(bundle, plan, target, (key) => checkSeed(seed, key));
    const drift = observer.findings();
    const [first] = outcomes;
    if (drift.length > 0 && first !== undefined) outcomes.set(first[0], { ...first[1], drift });
    return outcomes;
  };
}

async function breakageOf(id: number): Promise<MakeBreakage> {
  const { FAULTS } = await import('../src/proof/faults/catalogue.js');
  const fault = FAULTS.find((one) => one.id === id);
  if (fault === undefined) throw new Error(`the catalogue holds no fault ${id}`);
  return fault.make;
}
