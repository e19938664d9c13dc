import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../src/checklist/compile.js';
import { parseProfile } from '../../src/checklist/profile/load.js';
import { runCheck } from '../../src/checks/run-check.js';
import { bundledDocument, bundledProfiles } from '../../src/cli/package-root.js';
import { CONTRACTS, prepare } from '../../src/cli/prepare.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from './in-process-world.js';

test('without rows for the order its creation and linking are verified all the same', async () => {
  const profile = parseProfile(readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8'), 'p.yaml');
  for (const pair of profile.profile.pairs) if (pair.source === 'Order') pair.rows = [];
  const { document } = await prepare({
    documentPath: bundledDocument(),
    reversePath: null,
    profilePath: null,
  });
  const { checks, plan } = compile({ document, reverse: null, profile, contracts: CONTRACTS });
  const target = referenceTarget(plan, 'direct');

  const verdicts = new Map<string, number>();
  for (const check of checks.filter((one) => one.pair === 'order')) {
    const { verdict } = await runCheck(check, plan, target, checkSeed(1, check.id));
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  }

  expect(Object.fromEntries(verdicts)).toEqual({ verified: 19, 'not-testable': 3 });
});
