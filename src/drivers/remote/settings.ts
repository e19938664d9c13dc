import type { Side } from '../../checklist/policies.js';
import type { Adapt } from '../../contract/http/adapter.js';
import type { ApiCredentials } from '../credentials.js';

/** The sync under test as the harness can reach it; secrets are resolved. */
export type SyncAccess = {
  kind: 'none' | 'trigger' | 'status' | 'webhook';
  url: string | null;
  method: string;
  status: string | null;
  links: string | null;
  headers: Record<string, string>;
};

export type SystemAccess = {
  baseUrl: string;
  production: boolean;
  credentials: ApiCredentials;
  /** Shows the provider's API as the profile describes it; left out: it is as described. */
  adapt?: Adapt | null;
  /** Bounds of this system where they differ from those of the run. */
  limits?: { connections: number; requestsPerSecond: number };
};

/** Everything a run against a deployed sync needs to know, times in ms; see docs/remote.md. */
export type RemoteSettings = {
  runTag: string;
  systems: Record<Side, SystemAccess>;
  sync: SyncAccess;
  settleMs: number;
  absenceMs: number;
  quietMs: number;
  pollMs: number;
  requestMs: number;
  outageMs: number;
  largestBody: number;
  concurrency: number;
  connections: number;
  requestsPerSecond: number;
};

/** Time as the run sees it, epoch ms. */
export type RemoteClock = { now(): number; sleep(ms: number): Promise<void> };
