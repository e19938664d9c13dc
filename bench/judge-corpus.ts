import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { generateCouple, generateDocument } from './corpus/generate.js';
import type { Judged } from './corpus/judge-worker.js';

/**
 * Runs every executable check of a corpus of synthetic documents against the reference, in two worker threads that
 * hold one document each. `--documents=N` and `--seed=N` choose another corpus, `--reverse` judges each document
 * together with its reverse.
 */
const [WORKERS, SMALL, LARGE, BOUND_S, TIME_GROWTH, MEMORY_GROWTH] = [2, 100, 1000, 300, 1.25, 1.5];
const option = (name: string, otherwise: number) =>
  Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise);
const [seed, documents] = [option('seed', 1), option('documents', 1152)];

const generate = process.argv.includes('--reverse') ? generateCouple : generateDocument;

type Mark = { checks: number; wall: number; cpu: number; peak: number };
const marks = new Map<number, Mark>();
const counts: Record<string, number> = {};
let [checks, given, done, bad, lost] = [0, 0, 0, 0, 0];
const started = performance.now();
const cpuBefore = process.cpuUsage();

function mark(): Mark {
  const { user, system } = process.cpuUsage(cpuBefore);
  const wall = (performance.now() - started) / 1000;
  return { checks, wall, cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024 };
}

function count(judged: Judged): void {
  done += 1;
  checks += judged.checks;
  const verdicts = Object.entries(judged.counts);
  for (const [verdict, number] of verdicts) counts[verdict] = (counts[verdict] ?? 0) + number;
  lost += judged.checks - verdicts.reduce((sum, [, number]) => sum + number, 0);
  bad += judged.bad.length;
  for (const line of judged.bad.slice(0, 5)) console.log(line);
  if (done === SMALL || done === LARGE) marks.set(done, mark());
}

async function work(): Promise<void> {
  const worker = new Worker(new URL('./corpus/judge-worker.js', import.meta.url));
  try {
    while (given < documents) {
      const answer = once(worker, 'message');
      worker.postMessage(generate(seed, given++));
      const [judged] = (await answer) as [Judged];
      count(judged);
    }
  } finally {
    await worker.terminate();
  }
}

await Promise.all(Array.from({ length: WORKERS }, work));
const end = mark();
const perCheck = ({ cpu, checks: number }: Mark) => (cpu * 1000) / Math.max(number, 1);
const say = (what: string, one: Mark) =>
  console.log(
    `${what}: ${one.checks} checks in ${one.wall.toFixed(1)} s (${one.cpu.toFixed(1)} s of CPU), ` +
      `${perCheck(one).toFixed(2)} ms of CPU per check, peak memory ${one.peak.toFixed(0)} MB`,
  );
const [small, large] = [marks.get(SMALL), marks.get(LARGE)];
for (const [size, one] of marks) say(`first ${size} documents`, one);
say(`all ${documents} documents`, end);
console.log(`verdicts: ${JSON.stringify(counts)}, not judged: ${lost}`);
let grew = false;
if (small !== undefined && large !== undefined) {
  const [time, memory] = [perCheck(large) / perCheck(small), large.peak / small.peak];
  grew = time > TIME_GROWTH || memory > MEMORY_GROWTH;
  console.log(`growth from ${SMALL} to ${LARGE} documents:`);
  console.log(
    `  checks ${(large.checks / small.checks).toFixed(1)}, CPU ${(large.cpu / small.cpu).toFixed(1)}`,
  );
  console.log(`  CPU per check: ratio ${time.toFixed(2)} (bound: ${TIME_GROWTH})`);
  console.log(`  peak memory:   ratio ${memory.toFixed(2)} (bound: ${MEMORY_GROWTH})`);
}
console.log(`seconds: ${end.wall.toFixed(1)} (bound: ${BOUND_S})`);
const sound = checks > 0 && bad === 0 && lost === 0 && !grew;
process.exitCode = sound && end.wall <= BOUND_S ? 0 : 1;
