import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/cli/package-root.js';
import { renderLivingDocument } from '../src/report/dataflow-html/render.js';
import { readRun } from '../src/report/read-run.js';

const [ROUNDS, CHECKS, PAGE_MS, RATIO] = [5, 5000, 2000, 2.5];
const [PAIRS, ROWS] = [23, 10];
const root = packageRoot();

const row = (cells: string[]) => cells.map((cell, at) => `   ${at === 0 ? '*' : ' '} - ${cell}`);
const rule = (text: string, sign: string) => sign.repeat(text.length);

/** A document whose pairs hold only plain text properties; it compiles to more than 5,000 checks. */
function largeDocument(): string {
  const title = 'Shop to Desk Dataflow';
  const lines = [rule(title, '='), title, rule(title, '='), '', 'Generated: 2026-01-01 00:00:00', ''];
  lines.push('Introduction', rule('Introduction', '-'), '', 'For measuring.', '');
  for (let pair = 1; pair <= PAIRS; pair++) {
    const [a, b] = [`Shop Thing${pair}`, `Desk Thing${pair}`];
    const properties = Array.from({ length: ROWS }, (_, at) => row([`p${at}`, `q${at}`, '"string"']));
    lines.push(`${a} to ${b}`, rule(`${a} to ${b}`, '-'), '');
    lines.push(`Every ${a} will be synchronized with a ${b}.`, '');
    lines.push(
      `Once a link between a ${a} and a ${b} is established, it will keep in sync between the two systems, regardless of where it is edited.`,
      '',
      `The following properties are synchronized between a ${a} and a ${b}:`,
      '',
      '.. list-table::',
      '   :header-rows: 1',
      '',
      ...row([`${a} Property`, `${b} Property`, `${b} Data Type`]),
      ...properties.flat(),
      '',
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}

function timeRun(args: string[]): number {
  const started = process.hrtime.bigint();
  const command = [join(root, 'bin', 'syncproof.mjs'), 'run', document, '--no-html', ...args];
  const result = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    env: { ...process.env, CI: 'true' },
  });
  const took = Number(process.hrtime.bigint() - started) / 1e6;
  if (result.status !== 0) throw new Error(`the run ended with ${result.status}\n${result.stderr}`);
  return took;
}

const median = (values: number[]) =>
  values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;

mkdirSync(join(root, 'reports'), { recursive: true });
const scratch = mkdtempSync(join(root, 'reports', 'bench-'));
const document = join(scratch, 'large.rst');
writeFileSync(document, largeDocument());

const [withResults, without, pages]: [number[], number[], number[]] = [[], [], []];
let checks = 0;
for (let round = 0; round < ROUNDS; round++) {
  without.push(timeRun(['--no-allure', '--out', join(scratch, 'without')]));
  withResults.push(timeRun(['--out', join(scratch, 'with')]));
  const run = await readRun(join(scratch, 'with', 'run.json'));
  checks = run.summary.total;
  const started = performance.now();
  renderLivingDocument(run);
  pages.push(performance.now() - started);
}
rmSync(scratch, { recursive: true });

const ratio = median(withResults) / median(without);
console.log(`${checks} checks, median of ${ROUNDS} rounds`);
console.log(`living document:             ${median(pages).toFixed(0)} ms (bound: ${PAGE_MS})`);
console.log(`run without Allure results:  ${median(without).toFixed(0)} ms`);
console.log(`run with Allure results:     ${median(withResults).toFixed(0)} ms`);
console.log(`ratio: ${ratio.toFixed(2)} (bound: ${RATIO})`);
process.exitCode = checks >= CHECKS && median(pages) <= PAGE_MS && ratio <= RATIO ? 0 : 1;
