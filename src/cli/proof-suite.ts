import { join } from 'node:path';
import { loadProfile } from '../checklist/profile/index.js';
import type { Variant } from '../proof/variants.js';
import { bundledDocument, bundledProfiles, packageRoot } from './package-root.js';
import { prepare, type Prepared } from './prepare.js';

/** The document of a variant. */
export function documentOf({ suite }: Pick<Variant, 'suite'>): string {
  return suite === 'bundled' ? bundledDocument() : join(packageRoot(), 'fixtures', 'proof', `${suite}.rst`);
}

/** The checklist by which a fault is judged: of the bundled document or of the one for its form, under its policies. */
export async function prepareVariant(variant: Variant): Promise<Prepared> {
  const loaded = await loadProfile(
    variant.suite === 'bundled'
      ? join(bundledProfiles(), 'webshop-crm.yaml')
      : join(packageRoot(), 'fixtures', 'proof', `${variant.suite}.yaml`),
  );
  const profile = { ...loaded.profile, policies: { ...loaded.profile.policies, ...variant.policies } };
  return prepare({
    documentPath: documentOf(variant),
    reversePath: null,
    profilePath: null,
    profile: { ...loaded, profile },
  });
}
