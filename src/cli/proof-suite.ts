import { join } from 'node:path';
import type { CompiledChecklist } from '../checklist/compile.js';
import type { Policies } from '../checklist/policies.js';
import { loadProfile } from '../checklist/profile/index.js';
import { bundledDocument, bundledProfiles, packageRoot } from './package-root.js';
import { prepare } from './prepare.js';

export type ProofSuite = { suite?: 'conditional'; policies?: Partial<Policies> };

/** The checklist by which a fault is judged: of the bundled document or of the one for its form, under its policies. */
export async function compileSuite({ suite, policies = {} }: ProofSuite): Promise<CompiledChecklist> {
  const proof = join(packageRoot(), 'fixtures', 'proof');
  const [documentPath, profilePath] =
    suite === undefined
      ? [bundledDocument(), join(bundledProfiles(), 'webshop-crm.yaml')]
      : [join(proof, `${suite}.rst`), join(proof, `${suite}.yaml`)];
  const loaded = await loadProfile(profilePath);
  const profile = { ...loaded.profile, policies: { ...loaded.profile.policies, ...policies } };
  const { compiled } = await prepare({
    documentPath,
    reversePath: null,
    profilePath: null,
    profile: { ...loaded, profile },
  });
  return compiled;
}

/** Names a variant: two faults of one variant are compared with one run of the correct sync. */
export const suiteKey = ({ suite, policies = {} }: ProofSuite): string =>
  JSON.stringify([suite ?? 'bundled', Object.entries(policies).toSorted()]);
