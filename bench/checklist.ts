import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '../src/cli/package-root.js';

const ROUNDS = 7;
const root = packageRoot();
mkdirSync(join(root, 'reports'), { recursive: true });
const scratch = mkdtempSync(join(root, 'reports', 'bench-'));
const vitest = join(createRequire(import.meta.url).resolve('vitest/package.json'), '..', 'vitest.mjs');

writeFileSync(join(scratch, 'empty.spec.js'), "import { test } from 'vitest';\ntest('nothing', () => {});\n");
writeFileSync(
  join(scratch, 'vitest.config.js'),
  "export default { test: { include: ['empty.spec.js'] } };\n",
);

function time(args: string[], cwd: string): number {
  const started = process.hrtime.bigint();
  const result = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  const took = Number(process.hrtime.bigint() - started) / 1e6;
  if (result.status !== 0)
    throw new Error(`${args.join(' ')} ended with ${result.status}\n${result.stdout}${result.stderr}`);
  return took;
}

const median = (values: number[]) =>
  values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;

const empty: number[] = [];
const checklist: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  empty.push(time([vitest, 'run', '--root', scratch, 'empty.spec.js'], scratch));
  checklist.push(
    time([join(root, 'bin', 'syncproof.mjs'), 'run', '--no-html', '--out', join(scratch, 'out')], root),
  );
}

rmSync(scratch, { recursive: true });
const ratio = median(checklist) / median(empty);
console.log(`vitest, one empty spec file: ${median(empty).toFixed(0)} ms (median of ${ROUNDS})`);
console.log(`syncproof run --no-html:     ${median(checklist).toFixed(0)} ms (median of ${ROUNDS})`);
console.log(`ratio: ${ratio.toFixed(2)} (bound: 3)`);
process.exitCode = ratio <= 3 ? 0 : 1;
