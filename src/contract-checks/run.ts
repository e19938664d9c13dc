import type { SystemContract } from '../contract/api-description.js';
import { apiFor } from '../contract/http/entity-api.js';
import { checkSeed } from '../run/seed.js';
import { accessChecks } from './access.js';
import { ContractFailure, isBreaking, NotOffered, type ContractCheck } from './check.js';
import { operationChecks } from './operations.js';
import { Probe } from './probe.js';
import { readingChecks } from './reading.js';
import type { ServiceCheck, ServiceTarget } from './service.js';
import type { ContractTarget, OpenTarget } from './target.js';
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
  /** Whether the sync breaks when the check does not hold. */
  breaking: boolean;
};

/** Every check of a system, by its contract alone. */
export function contractChecks(contract: SystemContract): ContractCheck[] {
  return [
    ...contract.entities.flatMap((entity) => {
      const own = { ...contract, api: apiFor(contract.api, entity) };
      return [
        ...operationChecks(own, entity),
        ...readingChecks(own, entity),
        ...writingChecks(own, entity),
        ...validationChecks(own, entity),
      ];
    }),
    ...accessChecks(contract),
  ];
}

/** A check of what the provider was found to lack is not made. */
function passOver({ needs, field, entity }: ContractCheck, { capabilities }: ContractTarget): void {
  const lack = needs === undefined ? undefined : capabilities?.lacks[needs];
  if (lack !== undefined)
    throw new NotOffered(lack, REMEDIES[needs ?? ''] ?? 'nothing: the sync does without');
  if (field === undefined || capabilities?.readOnly[entity ?? '']?.includes(field) !== true) return;
  throw new NotOffered(
    `${field} is read-only: an update of it did not take effect`,
    'name the written capabilities file in the profile; the property then becomes one-way',
  );
}

const REMEDIES: Record<string, string> = {
  validation: 'what is wrong is taken there: check the values on the other side',
  uniqueness: 'a record may be made twice there: let the sync match before it creates',
  concurrency: 'edits at the same moment overwrite each other there',
  idempotency: 'a create whose answer is lost may be made twice there: let it match on a key',
  deletions: 'deletions there are not carried over',
  'changed-since': 'its lists are read whole each time',
  webhooks: 'changes are found by polling alone',
  authentication: 'protect it by other means',
};

type Named = Pick<ContractCheck, 'id' | 'system' | 'operation' | 'title'> & { breaking?: boolean };

/** Runs one check against a provider of its own. Never throws. */
export function runContractCheck(
  check: ContractCheck,
  open: OpenTarget,
  seed: number,
): Promise<ContractOutcome> {
  return judged(check, async (onClose) => {
    const target = await open();
    onClose(target.close);
    passOver(check, target);
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
  { id, system, operation, title, breaking = isBreaking(id.split('/').at(-1) ?? '') }: Named,
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
    breaking,
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
