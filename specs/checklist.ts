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

/** Makes one test for each check of the given part; parts run in workers of their own. */
export async function defineChecklist(part: number, parts: number): Promise<void> {
  const request = inject('syncproof') ?? BUNDLED;
  const { compiled } = await prepare(request);
  const target = referenceTarget(compiled.plan, request.via);
  const only = request.only === null ? null : new Set(request.only);
  const selected = compiled.checks.filter((check) => only === null || only.has(check.id));
  const own = selected.filter((_check, index) => index % parts === part);
  for (const check of own) {
    test(check.id, async (context) => {
      const outcome = await runCheck(check, compiled.plan, target, checkSeed(request.seed, check.id));
      context.task.meta.syncproof = outcome;
      if (outcome.verdict === 'not-testable') context.skip(outcome.reason ?? undefined);
      if (outcome.verdict !== 'verified') throw new Error(outcome.reason ?? outcome.verdict);
    });
  }
  if (own.length === 0) test.skip('no check falls to this part', () => undefined);
}
