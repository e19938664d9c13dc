import type { SyncPlan } from '../../checklist/plan.js';
import type { LoadedProfile } from '../../checklist/profile/index.js';
import type { MakeBreakage } from '../../drivers/breakage.js';
import { bundledDocument } from '../package-root.js';
import { prepare } from '../prepare.js';
import { UsageError } from '../usage-error.js';
import type { ServeOptions } from './options.js';

export type Planned = {
  documentPath: string;
  isBundled: boolean;
  plan: SyncPlan;
  profile: LoadedProfile | null;
  /** Names of the systems whose stand-ins speak another convention than the profile describes. */
  replaced?: string[];
  makeBreakage: MakeBreakage;
  /** What a faulty sync does wrong, and what the checks must be told to see it; null for the correct sync. */
  fault: { id: number; title: string; policies: Record<string, unknown> } | null;
};

/** Compiles what the roles need; a faulty sync comes with the document and the policies under which it shows. */
export async function planServed(options: ServeOptions): Promise<Planned> {
  const { documentPath, profilePath } = options;
  if (options.fault === null) {
    const path = documentPath ?? bundledDocument();
    const { compiled, profile } = await prepare({ documentPath: path, reversePath: null, profilePath });
    return {
      documentPath: path,
      isBundled: documentPath === null,
      plan: compiled.plan,
      profile,
      makeBreakage: () => ({}),
      fault: null,
    };
  }
  const { FAULTS } = await import('../../proof/faults/catalogue.js');
  const fault = FAULTS.find((one) => one.id === options.fault);
  if (fault === undefined)
    throw new UsageError(
      `the catalogue holds no fault ${options.fault}`,
      `a number from 1 to ${FAULTS.at(-1)?.id ?? 0}`,
      'see docs/generated/kill-matrix.md',
    );
  const shown = { id: fault.id, title: fault.title, policies: fault.policies ?? {} };
  if (documentPath !== null || profilePath !== null) {
    const path = documentPath ?? bundledDocument();
    const { compiled, profile } = await prepare({ documentPath: path, reversePath: null, profilePath });
    const isBundled = documentPath === null;
    return {
      documentPath: path,
      isBundled,
      plan: compiled.plan,
      profile,
      makeBreakage: fault.make,
      fault: shown,
    };
  }
  const { documentOf, prepareVariant } = await import('../proof-suite.js');
  const { variantOf } = await import('../../proof/variants.js');
  const variant = variantOf(fault);
  const { compiled, profile } = await prepareVariant(variant);
  return {
    documentPath: documentOf(variant),
    isBundled: variant.suite === 'bundled',
    plan: compiled.plan,
    profile,
    makeBreakage: fault.make,
    fault: shown,
  };
}
