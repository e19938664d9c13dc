import { FAULTS } from '../proof/faults/catalogue.js';
import { variantOf } from '../proof/variants.js';
import { executeRun } from './execute-run.js';
import { documentOf, prepareVariant } from './proof-suite.js';
import { UsageError } from './usage-error.js';

type Options = {
  id: number;
  outDir: string;
  seed: number;
  json: boolean;
  color: boolean;
  html: boolean;
  only: string[];
};

/** Judges one faulty sync as if it were a user's, with all reports; gives the exit code of the gate. */
export async function runFault({ id, ...options }: Options): Promise<number> {
  const fault = FAULTS.find((one) => one.id === id);
  if (fault === undefined) {
    const last = FAULTS.at(-1)?.id ?? 0;
    throw new UsageError(
      `the catalogue holds no fault ${id}`,
      `a number from 1 to ${last}`,
      'see docs/generated/kill-matrix.md',
    );
  }
  const variant = variantOf(fault);
  if (!options.json) process.stdout.write(`Fault ${id}: ${fault.title} (breaks ${fault.breaks})\n`);
  return executeRun(
    {
      ...options,
      documentPath: documentOf(variant),
      isBundled: variant.suite === 'bundled',
      reversePath: null,
      profilePath: null,
      changedSince: null,
      shard: null,
      allure: true,
      via: 'direct',
      target: 'reference',
      repeat: 1,
      allowProduction: false,
      fault: id,
    },
    { given: await prepareVariant(variant) },
  );
}
