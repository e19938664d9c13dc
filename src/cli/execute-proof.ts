import { join } from 'node:path';
import { writeWhole } from '../files/write-file.js';
import { FAULTS } from '../proof/faults/catalogue.js';
import { summariseProof, type FaultRow, type ProofRecord, type ReferenceRow } from '../proof/proof-record.js';
import { allVariants } from '../proof/variants.js';
import { renderProofHtml } from '../report/proof/html.js';
import { renderProofMarkdown } from '../report/proof/markdown.js';
import { renderProofRow, renderProofSummary } from '../report/proof/terminal.js';
import { runSpecs } from '../run/vitest-runner.js';
import { EXIT } from './exit-codes.js';
import { packageVersion, shown, specFolder } from './package-root.js';

type Options = { outDir: string; seed: number; json: boolean; color: boolean; docs: string | null };

/** Judges the correct sync and every fault; gives 0 only when all were killed and the correct sync is spotless. */
export async function executeProof(options: Options): Promise<number> {
  const started = Date.now();
  const faults: FaultRow[] = [];
  const reference: ReferenceRow[] = [];
  const problems: string[] = [];
  const run = await runSpecs({
    folder: specFolder(),
    pattern: 'proof-*.spec.js',
    provide: { proof: { seed: options.seed } },
    onTest: (test) => {
      const { fault, reference: row } = test.meta();
      if (fault !== undefined) faults.push(fault);
      if (row !== undefined) reference.push(row);
      if (fault !== undefined && !options.json)
        process.stdout.write(`${renderProofRow(fault, options.color)}\n`);
      if (fault === undefined && row === undefined) problems.push(`${test.name} gave no result`);
    },
  });
  problems.push(...run.problems);
  const missing = FAULTS.filter((fault) => !faults.some((row) => row.id === fault.id)).map(
    (fault) => fault.id,
  );
  if (missing.length > 0) problems.push(`the faults ${missing.join(', ')} were not judged`);
  if (reference.length < allVariants().length)
    problems.push('the correct sync was not judged under every policy');
  const proof: ProofRecord = {
    schema: 'syncproof.proof/1',
    tool: { name: 'syncproof', version: packageVersion() },
    seed: options.seed,
    startedAt: new Date(started).toISOString(),
    durationMs: Date.now() - started,
    reference: reference.toSorted((one, other) => (one.variant < other.variant ? -1 : 1)),
    faults: faults.toSorted((one, other) => one.id - other.id),
    summary: summariseProof(reference, faults),
  };
  await writeWhole(join(options.outDir, 'proof.json'), `${JSON.stringify(proof, null, 2)}\n`);
  await writeWhole(join(options.outDir, 'proof.html'), renderProofHtml(proof));
  if (options.docs !== null) await writeWhole(options.docs, renderProofMarkdown(proof));
  if (options.json) process.stdout.write(`${JSON.stringify(proof, null, 2)}\n`);
  else process.stdout.write(`${renderProofSummary(proof, options.color)}\n`);
  for (const problem of problems) process.stderr.write(`error: ${problem}\n`);
  if (!options.json)
    for (const name of ['proof.json', 'proof.html'])
      process.stdout.write(`  ${shown(join(options.outDir, name))}\n`);
  if (problems.length > 0) return EXIT.harness;
  const { killed, faults: all, referenceRed } = proof.summary;
  return killed === all && referenceRed === 0 ? EXIT.ok : EXIT.failed;
}
