import { bundleChecks } from '../src/checks/bundle.js';
import { runBundle } from '../src/checks/run-bundle.js';
import { FAULTS } from '../src/proof/faults/catalogue.js';
import { checkSeed } from '../src/run/seed.js';
import { compileSuite } from '../src/cli/proof-suite.js';
import { referenceTarget } from '../specs/worlds/in-process-world.js';

const wanted = process.argv.slice(2).map(Number);
console.log(
  FAULTS.length,
  'faults; missing:',
  Array.from({ length: 100 }, (_n, i) => i + 1)
    .filter((id) => !FAULTS.some((f) => f.id === id))
    .join(' '),
);
for (const fault of FAULTS) {
  if (wanted.length > 0 && !wanted.includes(fault.id)) continue;
  const compiled = await compileSuite(fault);
  const started = performance.now();
  const target = referenceTarget(compiled.plan, 'direct', { breakage: fault.make });
  const red: string[] = [];
  const reasons: string[] = [];
  let errors = 0;
  for (const bundle of bundleChecks(compiled.checks)) {
    for (const [id, outcome] of await runBundle(bundle, compiled.plan, target, (key) => checkSeed(1, key))) {
      if (outcome.verdict === 'failed') red.push(id);
      if (outcome.verdict === 'error') errors += 1;
      if (outcome.verdict === 'error' || (outcome.verdict === 'failed' && wanted.length > 0))
        reasons.push(`${outcome.verdict} ${id}: ${outcome.reason ?? ''}`);
    }
  }
  const right = red.filter((id) => fault.expected.test(id));
  const verdict = right.length > 0 ? 'killed' : red.length > 0 ? 'WRONG' : 'SURVIVED';
  console.log(
    `${verdict.padEnd(9)} ${String(fault.id).padStart(3)} right ${right.length} other ${red.length - right.length} errors ${errors} ${(performance.now() - started).toFixed(0)} ms  ${fault.title}`,
  );
  if (verdict !== 'killed') console.log('          others:', red.slice(0, 6).join(' '));
  for (const reason of reasons.slice(0, wanted.length > 0 ? 40 : 3)) console.log('          ', reason);
}
