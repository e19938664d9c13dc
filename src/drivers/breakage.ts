import type { SyncPlan } from '../checklist/plan.js';
import type { WireFetch } from '../contract/wire.js';
import type { LogEvent } from '../sync/service.js';
import type { SyncStages } from '../sync/stages.js';
import type { SyncStore } from '../sync/store/port.js';
import type { SyncStatus } from './ports.js';

/** What a breakage may look at; `memory` is that of the process, gone with a restart. */
export type BreakTools = {
  now(): number;
  plan: SyncPlan;
  log(event: LogEvent): void;
  memory: Map<string, unknown>;
};

/** How a faulty sync differs from the correct one: a replaced stage, or a wrapped port. */
export type Breakage = {
  stages?: Partial<SyncStages>;
  /** What the sync is configured with: a wrong mapping. */
  plan?: (plan: SyncPlan) => SyncPlan;
  /** Its way to the two systems. */
  fetch?: (inner: WireFetch) => WireFetch;
  store?: (inner: SyncStore) => SyncStore;
  /** Its own HTTP service, where events arrive. */
  service?: (inner: WireFetch) => WireFetch;
  status?: (status: SyncStatus) => SyncStatus;
};

/** Made anew for every process of the sync. */
export type MakeBreakage = (tools: BreakTools) => Breakage;
