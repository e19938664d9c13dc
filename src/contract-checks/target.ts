import type { SystemContract } from '../contract/api-description.js';
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
  close(): Promise<void>;
};

/** Opens the provider anew; `callsPerMinute` sets a rate limit where the target can. */
export type OpenTarget = (settings?: { callsPerMinute?: number }) => Promise<ContractTarget>;
