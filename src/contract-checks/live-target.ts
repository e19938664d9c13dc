import type { SystemContract } from '../contract/api-description.js';
import { boundedFetch } from '../contract/http/bounded-fetch.js';
import type { ApiCredentials } from '../contract/http/credentials.js';
import { hostOf } from '../contract/http/host-of.js';
import { networkFetchWithin } from '../contract/http/network.js';
import { urlsOf } from '../contract/http/token-url.js';
import type { WireFetch } from '../contract/wire.js';
import type { OpenTarget } from './target.js';

/** Reaches the hosts of one provider and no others, within the bounds of its description. */
export function liveFetch({ api }: SystemContract): WireFetch {
  const network = networkFetchWithin({ hosts: urlsOf(api).map(hostOf) });
  return api.rateLimit === undefined ? network : boundedFetch(network, api.rateLimit);
}

/** A provider that runs somewhere; nothing but its API is under control. */
export function liveTarget(contract: SystemContract, credentials: ApiCredentials): OpenTarget {
  const fetch = liveFetch(contract);
  return async () => ({
    name: contract.api.baseUrl,
    contract,
    fetch,
    credentials,
    control: null,
    close: async () => undefined,
  });
}
