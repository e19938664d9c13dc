import type { SystemContract } from '../contract/api-description.js';
import { checkSeed } from '../run/seed.js';
import { accessChecks } from './access.js';
import { ContractFailure, NotOffered, type ContractCheck } from './check.js';
import { operationChecks } from './operations.js';
import { Probe } from './probe.js';
import { readingChecks } from './reading.js';
import type { ServiceCheck, ServiceTarget } from './service.js';
import type { OpenTarget } from './target.js';
import { validationChecks, writingChecks } from './writing.js';

export type ContractOutcome = {
  id: string;
  system: string;
  operation: string;
  title: string;
  verdict: 'verified' | 'failed' | 'error' | 'not-testable';
  reason: string | null;
  remedy: string | null;
  durationMs: number;
};

/** Every check of a system, by its contract alone. */
export function contractChecks(contract: SystemContract): ContractCheck[] {
  return [
    ...contract.entities.flatMap((entity) => [
      ...operationChecks(contract, entity),
      ...readingChecks(contract, entity),
      ...writingChecks(contract, entity),
      ...validationChecks(contract, entity),
    ]),
    ...accessChecks(contract),
  ];
}

type Named = Pick<ContractCheck, 'id' | 'system' | 'operation' | 'title'>;

/** Runs one check against a provider of its own. Never throws. */
export function runContractCheck(
  check: ContractCheck,
  open: OpenTarget,
  seed: number,
): Promise<ContractOutcome> {
  return judged(check, async (onClose) => {
    const target = await open();
    onClose(target.close);
    await check.run(new Probe(target, open, checkSeed(seed, check.id)));
  });
}

/** Runs one check against a sync of its own. Never throws. */
export function runServiceCheck(
  check: ServiceCheck,
  open: () => Promise<ServiceTarget & { close(): Promise<void> }>,
): Promise<ContractOutcome> {
  return judged(check, async (onClose) => {
    const service = await open();
    onClose(service.close);
    await check.run(service);
  });
}

async function judged(
  { id, system, operation, title }: Named,
  work: (onClose: (close: () => Promise<void>) => void) => Promise<void>,
): Promise<ContractOutcome> {
  const started = performance.now();
  const done = (
    verdict: ContractOutcome['verdict'],
    reason: string | null,
    remedy: string | null,
  ): ContractOutcome => ({
    id,
    system,
    operation,
    title,
    verdict,
    reason,
    remedy,
    durationMs: Math.round((performance.now() - started) * 100) / 100,
  });
  let close: () => Promise<void> = async () => undefined;
  try {
    await work((own) => (close = own));
    return done('verified', null, null);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof NotOffered) return done('not-testable', reason, error.remedy);
    if (error instanceof ContractFailure)
      return done('failed', reason, 'Compare the answer with the exported OpenAPI document of the system.');
    return done(
      'error',
      reason,
      'The provider could not be reached, or the harness is at fault: see the reason.',
    );
  } finally {
    await close();
  }
}
