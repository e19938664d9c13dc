import { parentPort } from 'node:worker_threads';
import { compile } from '../../src/checklist/compile.js';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { CONTRACTS } from '../../src/cli/prepare.js';
import { readDocument } from '../../src/document/read.js';
import { checkSeed } from '../../src/run/seed.js';
import type { Verdict } from '../../src/run/record.js';
import { referenceTarget } from '../../specs/worlds/in-process-world.js';
import type { GeneratedDocument } from './generate.js';

/** What a worker says of one document; `bad` names what failed or broke, with the reason, and rows without a check. */
export type Judged = { counts: Partial<Record<Verdict, number>>; checks: number; bad: string[] };

async function judge({ name, text, reverse: back }: GeneratedDocument): Promise<Judged> {
  const document = readDocument(text, `${name}.rst`);
  const reverse = back === undefined ? null : readDocument(back, `${name}-reverse.rst`);
  const { checks, plan, coverage } = compile({ document, reverse, profile: null, contracts: CONTRACTS });
  const target = referenceTarget(plan, 'direct');
  const judged: Judged = { counts: {}, checks: checks.length, bad: [] };
  for (const [read, which] of [[document], [reverse, 'reverse']] as const) {
    const own = checks.filter((check) => check.document === which);
    const said = new Set(own.map((check) => check.line));
    const checked = coverage.filter((one) => one.document === which && one.checks.length > 0);
    for (const pair of read?.pairs ?? []) {
      const isOpen = !pair.sentences.some(({ span }) => checked.some((one) => one.line === span.line));
      for (const { span } of isOpen ? [] : [...pair.propertyRows, ...pair.mergeRows])
        if (!said.has(span.line)) judged.bad.push(`unaccounted  ${name}: the row on line ${span.line}`);
    }
  }
  for (const bundle of bundleChecks(checks)) {
    for (const [id, { verdict, reason }] of await runBundle(bundle, plan, target, (key) =>
      checkSeed(1, key),
    )) {
      judged.counts[verdict] = (judged.counts[verdict] ?? 0) + 1;
      if (verdict === 'failed' || verdict === 'error')
        judged.bad.push(`${verdict}  ${name} ${id}: ${reason ?? ''}`);
    }
  }
  return judged;
}

parentPort?.on('message', (document: GeneratedDocument) => {
  void judge(document).then((judged) => parentPort?.postMessage(judged));
});
