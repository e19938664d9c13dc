import { compile, type CompiledChecklist } from '../../src/checklist/compile.js';
import { parseProfile } from '../../src/checklist/profile/load.js';
import { runCheck } from '../../src/checks/run-check.js';
import { CONTRACTS } from '../../src/cli/prepare.js';
import { readDocument } from '../../src/document/read.js';
import type { CheckOutcome } from '../../src/run/record.js';
import { checkSeed } from '../../src/run/seed.js';
import type { InProcessOptions } from '../../src/drivers/in-process.js';
import { referenceTarget } from './in-process-world.js';

export type TextInput = { text: string; reverse?: string; profile?: string };

/** Compiles documents, and a profile, that a spec writes itself. */
export function compileText({ text, reverse, profile }: TextInput): CompiledChecklist {
  return compile({
    document: readDocument(text, 'there.rst'),
    reverse: reverse === undefined ? null : readDocument(reverse, 'back.rst'),
    profile: profile === undefined ? null : parseProfile(profile, 'profile.yaml'),
    contracts: CONTRACTS,
  });
}

/** Runs the checks whose id holds one of `only` against the reference; the outcome of each by its id. */
export async function judgeText(
  input: TextInput,
  only: string[],
  seeds: readonly number[] = [1],
  breakage?: InProcessOptions['breakage'],
): Promise<Map<string, CheckOutcome>> {
  const { checks, plan } = compileText(input);
  const target = referenceTarget(plan, 'direct', breakage === undefined ? {} : { breakage });
  const outcomes = new Map<string, CheckOutcome>();
  for (const check of checks.filter(({ id }) => only.some((part) => id.includes(part)))) {
    for (const seed of seeds) {
      const outcome = await runCheck(check, plan, target, checkSeed(seed, check.id));
      const before = outcomes.get(check.id);
      if (before === undefined || before.verdict === 'verified') outcomes.set(check.id, outcome);
    }
  }
  return outcomes;
}

/** Verdicts by id, with the reason for what did not verify. */
export function verdictsOf(outcomes: Map<string, CheckOutcome>): Record<string, string> {
  return Object.fromEntries(
    [...outcomes].map(([id, { verdict, reason }]) => [
      id,
      verdict === 'verified' ? verdict : `${verdict}: ${reason ?? ''}`,
    ]),
  );
}
