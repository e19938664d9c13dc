import type { CompiledChecklist } from '../checklist/compile.js';
import { bundleChecks } from '../checks/bundle.js';
import { runBundle } from '../checks/run-bundle.js';
import type { Target } from '../drivers/ports.js';
import { checkSeed } from '../run/seed.js';
import type { Fault } from './faults/fault.js';
import type { FaultRow, ReferenceRow } from './proof-record.js';

/** More checks than this are counted, not listed, for one fault. */
const MOST_LISTED = 12;

type Judged = { red: { id: string; reason: string }[]; errors: string[]; verified: number };

async function judgeAll(compiled: CompiledChecklist, target: Target, seed: number): Promise<Judged> {
  const judged: Judged = { red: [], errors: [], verified: 0 };
  for (const bundle of bundleChecks(compiled.checks)) {
    const outcomes = await runBundle(bundle, compiled.plan, target, (key) => checkSeed(seed, key));
    for (const [id, { verdict, reason }] of outcomes) {
      if (verdict === 'failed') judged.red.push({ id, reason: reason ?? '' });
      if (verdict === 'error') judged.errors.push(`${id}: ${reason ?? ''}`);
      if (verdict === 'verified') judged.verified += 1;
    }
  }
  return judged;
}

/** Runs the whole checklist against a faulty sync. */
export async function judgeFault(
  fault: Fault,
  compiled: CompiledChecklist,
  target: Target,
  seed: number,
): Promise<FaultRow> {
  const started = performance.now();
  const { red, errors } = await judgeAll(compiled, target, seed);
  const right = red.filter(({ id }) => fault.expected.test(id));
  const others = red.filter(({ id }) => !fault.expected.test(id)).map(({ id }) => id);
  return {
    id: fault.id,
    catalogue: fault.id <= 100 ? fault.id : null,
    title: fault.title,
    breaks: fault.breaks,
    expected: fault.expected.source.replaceAll(String.raw`\/`, '/'),
    policies: fault.policies ?? {},
    nearest: fault.nearest ?? null,
    killedBy: right.slice(0, MOST_LISTED),
    others,
    errors,
    checks: compiled.checks.length,
    durationMs: Math.round(performance.now() - started),
    verdict: right.length > 0 ? 'killed' : red.length > 0 ? 'wrong-check' : 'survived',
  };
}

/** Runs the whole checklist against the correct sync. */
export async function judgeReference(
  variant: string,
  compiled: CompiledChecklist,
  target: Target,
  seed: number,
): Promise<ReferenceRow> {
  const { red, errors, verified } = await judgeAll(compiled, target, seed);
  return { variant, checks: compiled.checks.length, verified, red, errors };
}
