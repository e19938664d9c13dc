/// <reference types="vitest" />
import { deserialize, serialize } from 'node:v8';
import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';
import type { SystemContract } from '../contract/api-description.js';
import type { Capabilities } from '../contract/capabilities.js';
import type { ApiCredentials } from '../drivers/credentials.js';
import type { HeadStart } from './head-start.js';

/** What a worker judges, compiled already; plain data. */
export type RunRequest = {
  plan: SyncPlan;
  checks: Check[];
  seed: number;
  /** How the reference reaches the twins: through MSW or by direct calls. */
  via: 'msw' | 'direct';
  /** Number of the fault that the sync shall have; null for the correct one. */
  fault: number | null;
  /** Number of spec files that share the checks. */
  parts: number;
  /** Set when a thread judges beside vitest's worker. */
  head?: HeadStart;
};

/**
 * A request on its way to a worker: vitest copies what it hands over name by name several times, which a text spares it.
 */
export type PackedRequest = { packed: string; head?: HeadStart };

export function packRequest({ head, ...request }: RunRequest): PackedRequest {
  const packed = serialize(request).toString('latin1');
  return head === undefined ? { packed } : { packed, head };
}

export function unpackRequest({ packed, head }: PackedRequest): RunRequest {
  const request = deserialize(Buffer.from(packed, 'latin1')) as RunRequest;
  return head === undefined ? request : { ...request, head };
}

/** A provider that is verified: its stand-in, or a live one with the credentials of its environment. */
export type ContractSubject = {
  contract: SystemContract;
  live: { credentials: ApiCredentials; capabilities: Capabilities } | null;
};

/** What is verified; `service` adds the sync's own HTTP service. */
export type ContractRequest = { subjects: ContractSubject[]; service: boolean; seed: number };

export type ProofRequest = { seed: number };

declare module 'vitest' {
  interface ProvidedContext {
    syncproof: PackedRequest;
    proof: ProofRequest;
    contract: ContractRequest;
  }
  interface TaskMeta {
    syncproof?: import('./record.js').CheckOutcome;
    contract?: import('../contract-checks/run.js').ContractOutcome;
    fault?: import('../proof/proof-record.js').FaultRow;
    reference?: import('../proof/proof-record.js').ReferenceRow;
  }
}
