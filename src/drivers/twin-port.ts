import type { SystemContract } from '../contract/api-description.js';
import type { Side } from '../checklist/policies.js';
import type { WireFetch } from '../contract/wire.js';
import type { ApiCredentials } from './credentials.js';
import type { Disturbance, Disturbed, Exchange } from './ports.js';

/** What a world in process needs of a system's stand-in; `mocks/twin` implements it. */
export type TwinPort = {
  contract: SystemContract;
  credentials: { harness: ApiCredentials; sync: ApiCredentials; webhookSecret: string; account: string };
  journal: Exchange[];
  outbox: {
    pending: { id: string; body: string }[];
    delivered: { id: string; body: string }[];
    headers(delivery: { id: string; body: string }, now: number): Record<string, string>;
  };
  fetch: WireFetch;
  disturb(disturbance: Disturbance): Disturbed;
  now(): number;
};

export type VirtualClock = { now(): number; advance(ms: number): void };

/** Makes the stand-in of one side of a world. */
export type MakeTwin = (input: {
  side: Side;
  contract: SystemContract;
  clock: VirtualClock;
  nextSeq: () => number;
  webhookPath: string;
  skewMs: () => number;
  zoneMinutes: number;
}) => TwinPort;
