import type { SystemContract } from '../contract/api-description.js';
import type { Capabilities } from '../contract/capabilities.js';
import type { WireFetch } from '../contract/wire.js';
import type { ApiCredentials } from '../drivers/credentials.js';

/** What a stand-in offers beside its API; a live provider offers none of it. */
export type ContractControl = {
  now(): number;
  advance(ms: number): void;
  /** Events that wait to be delivered, oldest first, with the headers they would carry now. */
  events(): { body: string; headers: Record<string, string> }[];
  webhookSecret: string;
  webhookPath: string;
};

/** A provider as it is verified. */
export type ContractTarget = {
  name: string;
  contract: SystemContract;
  fetch: WireFetch;
  credentials: ApiCredentials;
  control: ContractControl | null;
  /** What it was found to lack; left out where it must keep its contract in full. */
  capabilities?: Capabilities;
  close(): Promise<void>;
};

/** Opens the provider anew; `callsPerMinute` sets a rate limit where the target can. */
export type OpenTarget = (settings?: { callsPerMinute?: number }) => Promise<ContractTarget>;
