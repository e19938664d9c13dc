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

export type ProofRequest = { seed: number };

declare module 'vitest' {
  interface ProvidedContext {
    syncproof: RunRequest;
    proof: ProofRequest;
  }
  interface TaskMeta {
    syncproof?: import('./record.js').CheckOutcome;
    fault?: import('../proof/proof-record.js').FaultRow;
    reference?: import('../proof/proof-record.js').ReferenceRow;
  }
}
