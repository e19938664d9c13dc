import { inject, test } from 'vitest';
import { bundledDocument } from '../src/cli/package-root.js';
import { prepare } from '../src/cli/prepare.js';
import { runCheck } from '../src/checks/run-check.js';
import type { RunRequest } from '../src/run/run-request.js';
import { checkSeed } from '../src/run/seed.js';
import { referenceTarget } from './worlds/in-process-world.js';

/** Without the CLI (plain `vitest`), the bundled document is judged. */
const BUNDLED: RunRequest = {
  documentPath: bundledDocument(),
  reversePath: null,
  profilePath: null,
  seed: 1,
  via: 'msw',
  only: null,
};

const request = inject('syncproof') ?? BUNDLED;
const prepared = await prepare(request);
const target = referenceTarget(prepared.compiled.plan, request.via);
const only = request.only === null ? null : new Set(request.only);

for (const check of prepared.compiled.checks) {
  if (only !== null && !only.has(check.id)) continue;
  test(check.id, async (context) => {
    const outcome = await runCheck(check, prepared.compiled.plan, target, checkSeed(request.seed, check.id));
    context.task.meta.syncproof = outcome;
    if (outcome.verdict === 'not-testable') context.skip(outcome.reason ?? undefined);
    if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
  });
}
