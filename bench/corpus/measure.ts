import { compile } from '../../src/checklist/compile.js';
import { CONTRACTS } from '../../src/cli/prepare.js';
import { countDocument } from '../../src/document/summary.js';
import { readDocument } from '../../src/document/read.js';
import { generateCorpus, type GeneratedDocument } from './generate.js';

const [WHOLE, BOUND_MS, GROWTH, ROUNDS] = [1152, 3000, 13, 3];
const seed = Number(process.argv.find((word) => word.startsWith('--seed='))?.slice('--seed='.length) ?? 1);
const totals = { pairs: 0, sentences: 0, unparsed: 0, propertyRows: 0, mergeRows: 0, checks: 0 };

/** Reads and compiles every document, keeping none of them; gives the time in milliseconds. */
function compileAll(corpus: GeneratedDocument[]): number {
  for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] = 0;
  const started = performance.now();
  for (const { name, text } of corpus) {
    const document = readDocument(text, `${name}.rst`);
    const { checks } = compile({ document, reverse: null, profile: null, contracts: CONTRACTS });
    const counts = countDocument(document);
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) totals[key] += counts[key];
    totals.checks += checks.length;
  }
  return performance.now() - started;
}

const peak = () => process.resourceUsage().maxRSS / 1024;

const corpus = generateCorpus(seed, WHOLE);
const bytes = corpus.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
const before = peak();
const cold = compileAll(corpus);
const after = peak();
console.log(`seed ${seed}: ${WHOLE} documents, ${(bytes / 1e6).toFixed(2)} MB, ${JSON.stringify(totals)}`);
console.log(`read and compile, cold process: ${cold.toFixed(0)} ms (bound: ${BOUND_MS})`);
const best = (count: number) =>
  Math.min(...Array.from({ length: ROUNDS }, () => compileAll(corpus.slice(0, count))));
const [hundred, thousand] = [best(100), best(1000)];
const growth = thousand / hundred;
console.log(`100 documents: ${hundred.toFixed(0)} ms, 1,000: ${thousand.toFixed(0)} ms (best of ${ROUNDS})`);
console.log(`ratio: ${growth.toFixed(1)} for 10 times the documents (bound: ${GROWTH})`);
console.log(
  `peak memory: ${after.toFixed(0)} MB, of it ${before.toFixed(0)} MB before the first document was read`,
);
process.exitCode = cold <= BOUND_MS && growth <= GROWTH && totals.unparsed === 0 ? 0 : 1;
