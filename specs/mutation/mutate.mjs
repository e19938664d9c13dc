import { spawnSync } from 'node:child_process';

const FOLDERS = ['document', 'checklist', 'checks', 'run', 'sync'];
const [folder, ...options] = process.argv.slice(2);
if (folder !== undefined && !FOLDERS.includes(folder)) {
  console.error(
    `There are no mutants for ${folder}: expected one of ${FOLDERS.join(', ')}, or nothing for all of them.`,
  );
  process.exit(2);
}
let worst = 0;
for (const one of folder === undefined ? FOLDERS : [folder]) {
  const env = { ...process.env, MUTATE: one };
  const { status } = spawnSync('npx', ['stryker', 'run', 'stryker.config.mjs', ...options], {
    env,
    stdio: 'inherit',
  });
  worst = Math.max(worst, status ?? 4);
}
process.exitCode = worst;
