import type { SystemContract } from '../contract/api-description.js';
import { networkFetch } from '../contract/wire.js';
import type { ApiCredentials } from '../drivers/credentials.js';
import type { OpenTarget } from './target.js';

/** A provider that runs somewhere; nothing but its API is under control. */
export function liveTarget(contract: SystemContract, credentials: ApiCredentials): OpenTarget {
  return async () => ({
    name: contract.api.baseUrl,
    contract,
    fetch: networkFetch,
    credentials,
    control: null,
    close: async () => undefined,
  });
}
