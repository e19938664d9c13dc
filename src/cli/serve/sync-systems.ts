import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { loadAdapters } from '../../checklist/profile/index.js';
import type { SystemContract } from '../../contract/api-description.js';
import { connectApi, type Connected } from '../../contract/http/connect.js';
import { namedVariables } from '../../contract/http/credentials.js';
import { urlsOf } from '../../contract/http/token-url.js';
import type { WireFetch } from '../../contract/wire.js';
import type { Credentials } from '../../sync/transport.js';
import { UsageError } from '../usage-error.js';
import { credentialsFor } from './credentials.js';
import { isLoopback, type ServeOptions } from './options.js';
import type { Planned } from './plan.js';

/** The two systems as the served sync reaches them. */
export type SyncSystems = {
  plan: SyncPlan;
  credentials: Record<Side, Credentials>;
  fetch: WireFetch;
};

const CALL_TIMEOUT_MS = 30_000;

/** Whether the profile says how a system is reached; `syncproof serve` then needs no URL for it. */
export const isDescribed = ({ profile }: Planned, key: string): boolean =>
  profile?.profile.systems[key]?.api !== undefined;

/**
 * Connects the sync: a system that the profile describes with its own variables and adapter, a stand-in with those of
 * the playground. `urls` overrule the described base URLs; null where none is given. Errors: `InputError`, `UsageError`.
 */
export async function connectSync(
  planned: Planned,
  urls: Record<Side, string | null>,
  options: ServeOptions,
): Promise<SyncSystems> {
  const adapters = await loadAdapters(planned.profile);
  const connect = (side: Side): Connected & { credentials: Credentials } => {
    const contract = located(planned.plan.systems[side], urls[side]);
    const { key, api } = contract;
    const isOwn =
      options.only === 'sync' &&
      isDescribed(planned, key) &&
      (namedVariables(api.auth).length > 0 || api.auth.kind === 'none');
    const connected = connectApi(isOwn ? contract : withoutSecrets(contract), process.env, {
      adapt: options.only === 'sync' ? (adapters.get(key) ?? null) : null,
      limits: { answerMs: CALL_TIMEOUT_MS },
    });
    const isLocal = isLoopback(options.host) && isLoopback(new URL(connected.contract.api.baseUrl).hostname);
    const { sync, webhookSecret, account } = credentialsFor(contract, process.env, {
      isLocal,
      callers: isOwn ? [] : ['sync'],
    });
    return {
      contract: { ...connected.contract, api: { ...connected.contract.api, auth: api.auth } },
      fetch: connected.fetch,
      credentials: { ...(isOwn ? connected.credentials : sync), webhookSecret, account },
    };
  };
  const [a, b] = [connect('a'), connect('b')];
  return {
    plan: { ...planned.plan, systems: { a: a.contract, b: b.contract } },
    credentials: { a: a.credentials, b: b.credentials },
    fetch: bySystem([a, b]),
  };
}

const withoutSecrets = (contract: SystemContract): SystemContract => ({
  ...contract,
  api: { ...contract.api, auth: { kind: 'none' } },
});

function located(contract: SystemContract, url: string | null): SystemContract {
  if (url === null) return contract;
  const { baseUrlEnv: _elsewhere, ...api } = contract.api;
  return { ...contract, api: { ...api, baseUrl: url } };
}

/** Sends each request the way of the system whose URL it begins with. */
function bySystem(systems: Connected[]): WireFetch {
  const ways = systems
    .flatMap(({ contract, fetch }) => urlsOf(contract.api).map((url) => ({ url, fetch })))
    .toSorted((one, other) => other.url.length - one.url.length);
  return async (request) => {
    const way = ways.find(({ url }) => request.url === url || request.url.startsWith(`${url}/`));
    if (way === undefined) throw new TypeError('a call to no system of the profile');
    return way.fetch(request);
  };
}

/** Says which of the two systems the sync is not told of. Errors: `UsageError`. */
export function demandUrls(planned: Planned, { only, urls }: ServeOptions): Record<Side, string | null> {
  const { a, b } = planned.plan.systems;
  const none = { a: null, b: null };
  if (only !== 'sync') return none;
  const known = [a.key, b.key];
  const stranger = [...urls.keys()].find((one) => !known.includes(one));
  if (stranger !== undefined)
    throw new UsageError(
      `--url ${stranger} names no system`,
      `one of ${known.join(', ')}`,
      'correct the key',
    );
  const missing = known.find((key) => !urls.has(key) && !isDescribed(planned, key));
  if (missing !== undefined)
    throw new UsageError(
      `the sync is not told where ${missing} is`,
      `${known.map((one) => `--url ${one}=http://127.0.0.1:PORT`).join(' ')}, or systems.${missing}.api in the profile`,
      'serve the systems first and give their URLs, or describe them in the profile',
    );
  return { a: urls.get(a.key) ?? null, b: urls.get(b.key) ?? null };
}
