import { interruptRuns } from '../specs/remote/interruptions.js';

/** Runs that are ended by a signal at a random point, and what was left after `syncproof cleanup`. */
const [times = 50, seed = 1] = process.argv.slice(2).map(Number);
const told = await interruptRuns(times, 1000, seed);
const cleanedUp = told.interruptions.reduce((sum, one) => sum + one.cleanedUp, 0);
process.stdout.write(
  `${told.interruptions.length} interruptions (seed ${seed}): ${cleanedUp} records removed by cleanup, ` +
    `${told.tagged} tagged records left, ${told.touched} of ${told.bystanders} bystanders touched, ` +
    `${told.problems.length} problems\n`,
);
for (const problem of told.problems) process.stdout.write(`  ${problem}\n`);
process.exitCode = told.tagged + told.touched + told.problems.length === 0 ? 0 : 1;
