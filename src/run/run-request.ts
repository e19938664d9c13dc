/// <reference types="vitest" />
import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';

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
};

/** What is verified: a system or all, a stand-in or a live provider with the credentials of its environment. */
export type ContractRequest = {
  system: string | null;
  baseUrl: string | null;
  credentials: { key: string; clientId: string; clientSecret: string } | null;
  seed: number;
};

export type ProofRequest = { seed: number };

declare module 'vitest' {
  interface ProvidedContext {
    syncproof: RunRequest;
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
