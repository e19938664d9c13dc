import { prepare } from '../src/cli/prepare.js';
import { bundleChecks } from '../src/checks/bundle.js';
import { runBundle } from '../src/checks/run-bundle.js';
import { checkSeed } from '../src/run/seed.js';
import { referenceTarget } from '../specs/worlds/in-process-world.js';

/** Judges documents in this process by direct calls, without vitest: for figures and for looking at one check. */
const reversePath = process.argv.find((word) => word.startsWith('--reverse='))?.slice(10) ?? null;
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);
const counts: Record<string, number> = {};
let checks = 0;
const started = performance.now();
for (const documentPath of process.argv.slice(2).filter((word) => !word.startsWith('--'))) {
  const { compiled } = await prepare({ documentPath, reversePath, profilePath: null });
  const target = referenceTarget(compiled.plan, 'direct');
  const own: Record<string, number> = {};
  const wanted = compiled.checks.filter((check) => only === undefined || check.id.includes(only));
  for (const bundle of bundleChecks(wanted)) {
    for (const [id, outcome] of await runBundle(bundle, compiled.plan, target, (key) => checkSeed(1, key))) {
      checks += 1;
      counts[outcome.verdict] = (counts[outcome.verdict] ?? 0) + 1;
      own[outcome.verdict] = (own[outcome.verdict] ?? 0) + 1;
      if (outcome.verdict === 'failed' || outcome.verdict === 'error') {
        console.log(`${outcome.verdict}  ${id}\n    ${outcome.reason ?? ''}`);
      }
    }
  }
  console.log(documentPath, JSON.stringify(own));
}
const took = performance.now() - started;
console.log(
  `${checks} checks ${JSON.stringify(counts)} in ${took.toFixed(0)} ms, ${(took / Math.max(checks, 1)).toFixed(2)} ms each`,
);
