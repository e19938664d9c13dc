import type { SystemContract } from '../api-description.js';
import type { WireFetch } from '../wire.js';
import { withAdapter, type Adapt } from './adapter.js';
import { boundedFetch, type Pace } from './bounded-fetch.js';
import { credentialsFromEnv, withBaseUrl, type ApiCredentials, type Env } from './credentials.js';
import { hostOf } from './host-of.js';
import { networkFetchWithin, type NetworkLimits } from './network.js';
import { urlsOf } from './token-url.js';

/** A real system, ready to be called: where it is, the secrets for it, and a fetch within its bounds. */
export type Connected = { contract: SystemContract; credentials: ApiCredentials; fetch: WireFetch };

export type ConnectOptions = {
  /** How requests leave; left out: over the network, to the system's own hosts only. */
  fetch?: WireFetch;
  adapt?: Adapt | null;
  pace?: Pace;
  limits?: Omit<NetworkLimits, 'hosts'>;
};

/**
 * Reaches a system as its description says, bounded in time, size and rate; only the hosts of its base URL and its
 * token are ever called. Credentials come from the variables that the description names. Errors: `InputError`.
 */
export function connectApi(described: SystemContract, env: Env, options: ConnectOptions = {}): Connected {
  const contract = withBaseUrl(described, env);
  const { api } = contract;
  const network = options.fetch ?? networkFetchWithin({ ...options.limits, hosts: urlsOf(api).map(hostOf) });
  const bounded = api.rateLimit === undefined ? network : boundedFetch(network, api.rateLimit, options.pace);
  const { adapt = null } = options;
  return {
    contract,
    credentials: credentialsFromEnv(contract, env),
    fetch: adapt === null ? bounded : withAdapter(api, adapt, bounded),
  };
}
