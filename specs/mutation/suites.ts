import { join } from 'node:path';
import type { CompiledChecklist } from '../../src/checklist/compile.js';
import { packageRoot } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';

/** Documents whose sentence forms the bundled one does not have. */
export const FORMS = [
  'connected',
  'data-types',
  'link-first',
  'merge-existing-create-missing',
  'qualifiers',
  'several-sources',
] as const;
export type Suite = 'bundled' | 'conditional' | 'fan-out' | 'condition-not-carried' | (typeof FORMS)[number];

/** The checklist of a document under its own policies. */
export async function checklistOf(suite: Suite): Promise<CompiledChecklist> {
  if (suite === 'bundled' || suite === 'conditional' || suite === 'fan-out')
    return (await prepareVariant({ name: suite, suite, policies: {} })).compiled;
  if (suite === 'condition-not-carried') return withoutRow(await checklistOf('conditional'), 'kind');
  const folder = suite === 'connected' ? 'proof' : join('dataflows', 'forms');
  const documentPath = join(packageRoot(), 'fixtures', folder, `${suite}.rst`);
  return (await prepare({ documentPath, reversePath: null, profilePath: null, profile: null })).compiled;
}

function withoutRow(compiled: CompiledChecklist, slug: string): CompiledChecklist {
  const pairs = compiled.plan.pairs.map((pair) => ({
    ...pair,
    rows: pair.rows.filter((row) => row.slug !== slug),
  }));
  const checks = compiled.checks.filter((check) => check.property !== slug);
  return { ...compiled, checks, plan: { ...compiled.plan, pairs } };
}
