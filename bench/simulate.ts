import { availableParallelism, cpus } from 'node:os';
import { Pool } from '../src/cli/simulate/pool.js';

const HISTORIES = 2000;
const WARM_UP = 200;
const CHUNK = 20;
const LENGTH = 30;
const SEED = 1;
const BOUND = 5000;

const setting = { documentPath: null, profilePath: null, policies: {}, fault: null };

/** Histories a minute on so many threads, and the CPU time of one history, ms. */
async function measure(threads: number): Promise<{ rate: number; cpuMs: number }> {
  const pool = new Pool(threads);
  const play = (from: number, count: number) =>
    Promise.all(
      Array.from({ length: Math.ceil(count / CHUNK) }, (_none, index) => {
        const runs = Array.from({ length: CHUNK }, (_also, at) => from + index * CHUNK + at);
        return pool.do<'play'>({ kind: 'play', setting, seed: SEED, length: LENGTH, runs });
      }),
    );
  try {
    await play(0, WARM_UP * threads);
    const started = process.hrtime.bigint();
    const before = process.cpuUsage();
    await play(0, HISTORIES);
    const minutes = Number(process.hrtime.bigint() - started) / 60e9;
    const { user, system } = process.cpuUsage(before);
    return { rate: HISTORIES / minutes, cpuMs: (user + system) / 1000 / HISTORIES };
  } finally {
    await pool.close();
  }
}

const threads = availableParallelism();
const one = await measure(1);
const all = threads === 1 ? one : await measure(threads);
const rate = (figure: { rate: number }) => Math.round(figure.rate).toString().padStart(6);
console.log(`machine: ${cpus()[0]?.model ?? 'unknown'}, ${threads} cores`);
console.log(
  `1 thread:  ${rate(one)} histories of ${LENGTH} operations a minute, ${one.cpuMs.toFixed(1)} ms of CPU each`,
);
console.log(`${threads} threads: ${rate(all)} histories a minute, ${all.cpuMs.toFixed(1)} ms of CPU each`);
console.log(`ratio of ${threads} threads to 1: ${(all.rate / one.rate).toFixed(2)}`);
console.log(
  `by CPU time alone: ${Math.round((60_000 / all.cpuMs) * threads)} a minute on ${threads} cores (bound: ${BOUND} on 2)`,
);
