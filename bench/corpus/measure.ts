import { compile } from '../../src/checklist/compile.js';
import { CONTRACTS } from '../../src/cli/prepare.js';
import { countDocument } from '../../src/document/summary.js';
import { readDocument } from '../../src/document/read.js';
import { generateCorpus, generateDocument, type GeneratedDocument } from './generate.js';

const [WHOLE, WHOLE_BYTES, BOUND_MS, GROWTH, ROUNDS] = [1152, 6_500_000, 3000, 13, 3];
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

const bytesOf = (documents: GeneratedDocument[]) =>
  documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

/** Further documents, since the made-up ones are terser than real ones: until both count and bytes are those of the corpus. */
function generateMore(from: number, bytes: number): GeneratedDocument[] {
  const more: GeneratedDocument[] = [];
  for (let left = bytes; left > 0; left -= bytesOf(more.slice(-1)))
    more.push(generateDocument(seed, from + more.length));
  return more;
}

const corpus = generateCorpus(seed, WHOLE);
const bytes = bytesOf(corpus);
const more = generateMore(WHOLE, WHOLE_BYTES - bytes);
const before = peak();
const cold = compileAll(corpus);
console.log(`seed ${seed}: ${WHOLE} documents, ${(bytes / 1e6).toFixed(2)} MB, ${JSON.stringify(totals)}`);
let unparsed = totals.unparsed;
const whole = cold + compileAll(more);
const after = peak();
unparsed += totals.unparsed;
console.log(`read and compile, cold process: ${cold.toFixed(0)} ms (bound: ${BOUND_MS})`);
const megabytes = (WHOLE_BYTES / 1e6).toFixed(1);
console.log(`with ${more.length} more, ${megabytes} MB in all: ${whole.toFixed(0)} ms (bound: ${BOUND_MS})`);
const best = (count: number) =>
  Math.min(...Array.from({ length: ROUNDS }, () => compileAll(corpus.slice(0, count))));
const [hundred, thousand] = [best(100), best(1000)];
const growth = thousand / hundred;
console.log(`100 documents: ${hundred.toFixed(0)} ms, 1,000: ${thousand.toFixed(0)} ms (best of ${ROUNDS})`);
console.log(`ratio: ${growth.toFixed(1)} for 10 times the documents (bound: ${GROWTH})`);
console.log(
  `peak memory: ${after.toFixed(0)} MB, of it ${before.toFixed(0)} MB before the first document was read`,
);
process.exitCode = whole <= BOUND_MS && growth <= GROWTH && unparsed === 0 ? 0 : 1;
