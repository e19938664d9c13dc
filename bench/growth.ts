import { compile } from '../src/checklist/compile.js';
import { initProfile } from '../src/checklist/init.js';
import { toInspection } from '../src/cli/inspect-documents.js';
import { CONTRACTS } from '../src/cli/prepare.js';
import { renderInspection } from '../src/cli/render-inspection.js';
import { toSarif } from '../src/cli/sarif.js';
import { diffDocuments } from '../src/document/diff.js';
import { readDocument } from '../src/document/read.js';
import { COMPILED_SHAPES, READ_SHAPES } from '../fixtures/growth.js';

/** Prints how the user time of each step grows with the document: a ratio of 2 is linear, 4 is the square. */
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);
const [READ_SIZE, COMPILE_SIZE, ROUNDS, WORST] = [10_000, 1_000, 2, 3.2];
const worst = { name: '', ratio: 0 };

function userTime(step: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = process.cpuUsage();
    step();
    return process.cpuUsage(started).user / 1000;
  });
  return Math.min(...times);
}

function measure(name: string, size: number, step: (size: number) => unknown): void {
  if (only !== undefined && !name.includes(only)) return;
  const times = [1, 2, 4].map((times) => userTime(() => step(size * times)));
  const [first = 0, second = 0, third = 0] = times;
  const ratio = second > 0 ? third / second : 0;
  if (third > 150 && ratio > worst.ratio) Object.assign(worst, { name, ratio });
  const mark = third > 150 && ratio > WORST ? '  <- grows faster than the document' : '';
  console.log(
    `${name.padEnd(44)} n=${size}: ${[first, second, third].map((ms) => ms.toFixed(0)).join(', ')} ms; ratio ${ratio.toFixed(1)}${mark}`,
  );
}

for (const [name, shape] of Object.entries(READ_SHAPES))
  measure(`read ${name}`, READ_SIZE, (size) => readDocument(shape(size), 'd.rst'));
for (const name of COMPILED_SHAPES) {
  const compiled = (size: number) => {
    const document = readDocument(READ_SHAPES[name]?.(size) ?? '', 'd.rst');
    return compile({ document, reverse: null, profile: null, contracts: CONTRACTS });
  };
  measure(`compile ${name}`, COMPILE_SIZE, compiled);
  const kept = new Map([1, 2, 4].map((times) => [COMPILE_SIZE * times, compiled(COMPILE_SIZE * times)]));
  const at = (size: number) => kept.get(size) ?? compiled(size);
  measure(`inspect ${name}`, COMPILE_SIZE, (size) => {
    const inspection = toInspection([{ path: 'd.rst', compiled: at(size) }]);
    return [renderInspection(inspection, true), JSON.stringify(toSarif(inspection))];
  });
  measure(`init ${name}`, COMPILE_SIZE, (size) => initProfile(at(size).document, at(size)));
  measure(`diff ${name}`, COMPILE_SIZE, (size) => diffDocuments(at(size).document, at(size).document));
}
console.log(`worst ratio: ${worst.ratio.toFixed(1)}, ${worst.name} (bound: ${WORST})`);
process.exitCode = worst.ratio > WORST ? 1 : 0;
