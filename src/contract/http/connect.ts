import type { SystemContract } from '../api-description.js';
import type { WireFetch } from '../wire.js';
import { boundedFetch, type Pace } from './bounded-fetch.js';
import { credentialsFromEnv, withBaseUrl, type ApiCredentials, type Env } from './credentials.js';
import { hostOf, networkFetchWithin, type NetworkLimits } from './network.js';

/** A real system, ready to be called: where it is, the secrets for it, and a fetch within its bounds. */
export type Connected = { contract: SystemContract; credentials: ApiCredentials; fetch: WireFetch };

/** Reaches a system as its description says; only its own host is ever called. Errors: `InputError`. */
export function connectApi(
  described: SystemContract,
  env: Env,
  pace: Pace,
  limits: Omit<NetworkLimits, 'hosts'> = {},
): Connected {
  const contract = withBaseUrl(described, env);
  const fetch = networkFetchWithin({ ...limits, hosts: [hostOf(contract.api.baseUrl)] });
  const { rateLimit } = contract.api;
  return {
    contract,
    credentials: credentialsFromEnv(contract, env),
    fetch: rateLimit === undefined ? fetch : boundedFetch(fetch, rateLimit, pace),
  };
}
