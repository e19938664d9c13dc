import type { LoadedProfile } from '../checklist/profile/index.js';
import type { SystemContract } from '../contract/api-description.js';
import type { Capabilities } from '../contract/capabilities.js';
import { AuthError, Authoriser } from '../contract/http/authoriser.js';
import { credentialsFromEnv, withBaseUrl, type ApiCredentials } from '../contract/http/credentials.js';
import { apiFor, callUrl } from '../contract/http/entity-api.js';
import { NetworkError } from '../contract/http/network-error.js';
import { readJson } from '../contract/http/read-json.js';
import { wireHeaders, wireRequest } from '../contract/wire.js';
import { ContractFailure } from '../contract-checks/check.js';
import { findCapabilities } from '../contract-checks/find-capabilities.js';
import { liveFetch, liveTarget } from '../contract-checks/live-target.js';
import { InputError } from '../document/input-error.js';
import type { ContractSubject } from '../run/run-request.js';
import { EnvironmentError } from './environment-error.js';
import { UsageError } from './usage-error.js';

type Input = {
  contract: SystemContract;
  profile: LoadedProfile | null;
  baseUrl: string | null;
  /** Whether the profile says how the API is spoken to. */
  isDescribed: boolean;
  seed: number;
};

/**
 * A live provider, reached with the credentials of the environment and probed for what it lacks. Errors: `UsageError`,
 * `InputError`, and `EnvironmentError` for one that gives no answer that could be judged.
 */
export async function liveSubject({
  contract,
  profile,
  baseUrl,
  isDescribed,
  seed,
}: Input): Promise<ContractSubject> {
  refuseProduction(profile, contract);
  const there =
    baseUrl === null
      ? withBaseUrl(contract, process.env)
      : { ...contract, api: { ...contract.api, baseUrl: baseUrl.replace(/\/+$/, '') } };
  const credentials = isDescribed ? credentialsFromEnv(there, process.env) : plainCredentials(there);
  await demandAnswer(there, credentials);
  return { contract: there, live: { credentials, capabilities: await probe(there, credentials, seed) } };
}

/** A check makes, changes and deletes records. */
function refuseProduction(profile: LoadedProfile | null, { key, name }: SystemContract): void {
  if (profile?.profile.remote?.systems[key]?.production !== true) return;
  throw new InputError({
    code: 'production',
    message: `the ${name} is marked as production, and a check writes to it`,
    where: `${profile.path}:${profile.lineOf(['remote', 'systems', key, 'production'])}`,
    expected: 'a system made for tests',
    found: 'production: true',
    remedy: 'check a sandbox of the provider',
  });
}

/** One listing: a provider that is not there, lets nobody in or is something else is one error, not hundreds. */
async function demandAnswer(contract: SystemContract, credentials: ApiCredentials): Promise<void> {
  const [entity] = contract.entities;
  if (entity === undefined) return;
  const { api, name } = contract;
  const { list } = apiFor(api, entity).routes;
  const fetch = liveFetch(contract);
  try {
    const headers = wireHeaders();
    const plain = callUrl(api, list.path, entity, null, entity.api?.readQuery ?? {});
    const url = await new Authoriser(contract, credentials, fetch).authorise(plain, headers);
    const answer = await fetch(wireRequest(url, { method: list.method, headers }));
    if (answer.status === 401 || answer.status === 403)
      throw new EnvironmentError(
        `the ${name} lets nobody in with these credentials (status ${answer.status})`,
        'correct the secrets in the environment; their values are shown nowhere',
      );
    readJson(await answer.text(), answer.headers);
  } catch (error) {
    if (error instanceof NetworkError)
      throw new EnvironmentError(`${api.baseUrl} cannot be reached: ${error.message}`, error.remedy);
    if (error instanceof AuthError)
      throw new EnvironmentError(
        `the ${name} lets nobody in: ${error.message}`,
        'correct the secrets in the environment; their values are shown nowhere',
      );
    throw error;
  }
}

async function probe(
  contract: SystemContract,
  credentials: ApiCredentials,
  seed: number,
): Promise<Capabilities> {
  try {
    return await findCapabilities(liveTarget(contract, credentials), seed);
  } catch (error) {
    // What does not answer as the contract says is told by the checks themselves.
    if (error instanceof ContractFailure)
      return { schema: 'syncproof.capabilities/1', system: contract.key, lacks: {}, readOnly: {} };
    if (error instanceof NetworkError)
      throw new EnvironmentError(`${contract.api.baseUrl} cannot be reached: ${error.message}`, error.remedy);
    throw error;
  }
}

/** Credentials where no profile names the variables that hold them. */
function plainCredentials(contract: SystemContract): ApiCredentials {
  const read = (name: string) => process.env[`SYNCPROOF_${name}`] ?? '';
  const credentials = { key: read('KEY'), clientId: read('CLIENT_ID'), clientSecret: read('CLIENT_SECRET') };
  const { kind } = contract.api.auth;
  if (kind === 'none') return credentials;
  const isKey = kind === 'api-key-header' || kind === 'api-key-query' || kind === 'bearer';
  const missing = isKey
    ? credentials.key === ''
    : credentials.clientId === '' || credentials.clientSecret === '';
  if (!missing) return { ...credentials, token: credentials.key };
  throw new UsageError(
    'the credential of the provider is missing',
    isKey
      ? 'SYNCPROOF_KEY in the environment'
      : 'SYNCPROOF_CLIENT_ID and SYNCPROOF_CLIENT_SECRET in the environment',
    'export it before the command; it is never written anywhere',
  );
}
