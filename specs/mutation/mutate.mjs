import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';

import { compareWritten } from './open-mutants.mjs';

const STRYKER = 'node_modules/@stryker-mutator/core/bin/stryker.js';
const FOLDERS = ['document', 'checklist', 'checks', 'run', 'sync'];
const [folder, ...unforced] = process.argv.slice(2);
/** Stryker sees new tests, not that the body of one has changed: what is asked for by name is judged anew. */
const options = unforced.includes('--mutate') ? [...unforced, '--force'] : unforced;
if (folder !== undefined && !FOLDERS.includes(folder)) {
  console.error(
    `There are no mutants for ${folder}: expected one of ${FOLDERS.join(', ')}, or nothing for all of them.`,
  );
  process.exit(2);
}

/** Tests that fail whatever the mutant: they killed the control, which nothing uses. */
function brokenTests(report) {
  const names = new Map(
    Object.values(report.testFiles ?? {}).flatMap(({ tests }) => tests.map(({ id, name }) => [id, name])),
  );
  const control = Object.entries(report.files).find(([path]) => path.endsWith('in-mocha/control.mjs'));
  const mutants = control?.[1].mutants ?? [];
  if (mutants.length === 0) return ['the control was not mutated'];
  return mutants
    .filter(({ status }) => status !== 'Survived')
    .map(
      ({ status, killedBy = [], statusReason }) =>
        `${status} by ${names.get(killedBy[0]) ?? 'no test'}: ${statusReason ?? ''}`,
    );
}

/** A survivor is killed by a test or written down as equivalent; what is written down must still survive. */
function judgeSurvivors(one) {
  const { mutants, unexplained, stale } = compareWritten(one);
  const open = mutants.filter((mutant) => mutant.open).length;
  console.log(
    `${one}: ${open} survivors, ${open - unexplained.length} of them written down as equivalent, ${unexplained.length} not: npm run mutate:survivors -- ${one}`,
  );
  for (const { path, key } of stale) console.log(`${path} ${key} is written down but does not survive`);
  return unexplained.length === 0 ? 0 : 1;
}

let worst = 0;
for (const one of folder === undefined ? FOLDERS : [folder]) {
  const env = { ...process.env, MUTATE: one };
  rmSync(`reports/mutation/${one}.json`, { force: true });
  const command = [STRYKER, 'run', 'stryker.config.mjs', ...options];
  const { status } = spawnSync(process.execPath, command, { env, stdio: 'inherit' });
  worst = Math.max(worst, status ?? 4);
  const report = `reports/mutation/${one}.json`;
  if (!existsSync(report)) {
    console.error(`There is no report of ${one}: the run was cut off, or its tests fail without any mutant.`);
    worst = 4;
    continue;
  }
  worst = Math.max(worst, judgeSurvivors(one));
  const broken = brokenTests(JSON.parse(readFileSync(report, 'utf8')));
  if (broken.length === 0) continue;
  console.error(
    `The report of ${one} proves nothing, since tests fail when they are run again: ${broken.join('; ')}`,
  );
  worst = 4;
}
process.exitCode = worst;
