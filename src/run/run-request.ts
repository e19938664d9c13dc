import type { Check } from '../checklist/check.js';
import type { SyncPlan } from '../checklist/plan.js';

/** What a worker judges, compiled already; plain data. */
export type RunRequest = {
  plan: SyncPlan;
  checks: Check[];
  seed: number;
  /** How the reference reaches the twins: through MSW or by direct calls. */
  via: 'msw' | 'direct';
  /** Number of spec files that share the checks. */
  parts: number;
};

declare module 'vitest' {
  interface ProvidedContext {
    syncproof: RunRequest;
  }
  interface TaskMeta {
    syncproof?: import('./record.js').CheckOutcome;
  }
}
