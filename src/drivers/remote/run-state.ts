import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { System } from '../ports.js';
import type { Ledger } from './ledger.js';
import type { Redactor } from './redact.js';
import type { RemoteClock, RemoteSettings } from './settings.js';
import type { SyncDoor } from './sync-access.js';
import type { Watch } from './watch.js';

/** How long one change took to be seen on the other side, ms. */
export type LatencySample = { check: string; ms: number };

/** What all worlds of a run share. */
export type RunState = {
  plan: SyncPlan;
  settings: RemoteSettings;
  clock: RemoteClock;
  /** How long the harness itself stood still so far, ms. */
  stoodStill: () => number;
  systems: Record<Side, System>;
  /** The same systems for cleaning up, which goes on after an interruption. */
  cleaners: Record<Side, System>;
  watch: (side: Side, entity: string) => Watch;
  door: SyncDoor;
  ledger: Pick<Ledger, 'write'>;
  redactor: Redactor;
  /** The run was interrupted: checks go no further. */
  stopped: () => boolean;
  latencies: LatencySample[];
  /** Starts of the worlds that are open, epoch ms. */
  open: Set<{ since: number }>;
  /** `<side> <entity> <id>` of everything made. */
  made: Set<string>;
};
