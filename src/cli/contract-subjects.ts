import type { SystemContract } from '../contract/api-description.js';
import type { Capabilities } from '../contract/capabilities.js';
import { crmContract } from '../contract/crm.js';
import { webshopContract } from '../contract/webshop.js';
import { ContractFailure } from '../contract-checks/check.js';
import { findCapabilities } from '../contract-checks/find-capabilities.js';
import { liveTarget } from '../contract-checks/live-target.js';
import type { ApiCredentials } from '../drivers/credentials.js';
import type { ContractRequest } from '../run/run-request.js';
import { prepare } from './prepare.js';
import { UsageError } from './usage-error.js';

export type Asked = {
  system: string | null;
  baseUrl: string | null;
  documentPath: string | null;
  profilePath: string | null;
  seed: number;
};

/** The provider gives no answer at all: exit code 4. */
export class Unreachable extends Error {}

/** The contracts that a document and its profile give, or those of the webshop and the CRM. */
export async function contractsFor({
  documentPath,
  profilePath,
}: Pick<Asked, 'documentPath' | 'profilePath'>): Promise<SystemContract[]> {
  if (documentPath === null && profilePath !== null)
    throw new UsageError(
      '--profile without a document',
      '--document with the document that the profile belongs to',
      'name both',
    );
  if (documentPath === null) return [webshopContract(), crmContract()];
  const { compiled } = await prepare({ documentPath, reversePath: null, profilePath });
  return [compiled.plan.systems.a, compiled.plan.systems.b];
}

/** What `contract check` is asked to verify. Errors: `UsageError`, and `Unreachable` for a dead base URL. */
export async function contractRequest(asked: Asked): Promise<ContractRequest> {
  const { system, baseUrl, seed } = asked;
  if (baseUrl !== null && !/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : ''))
    throw new UsageError(
      `--base-url ${baseUrl} is no http or https URL`,
      'such as http://127.0.0.1:8080',
      'correct it',
    );
  const contracts = await contractsFor(asked);
  const known = [...contracts.map((one) => one.key), 'sync'];
  if (system !== null && !known.includes(system))
    throw new UsageError(
      `no contract of "${system}"`,
      `one of ${known.join(', ')}`,
      'leave out --system for all, or name the document with --document',
    );
  const chosen = contracts.filter((one) => system === null || one.key === system);
  if (baseUrl === null)
    return {
      subjects: chosen.map((contract) => ({ contract, live: null })),
      service: asked.documentPath === null && (system === null || system === 'sync'),
      seed,
    };
  const [contract] = chosen;
  if (contract === undefined || chosen.length > 1)
    throw new UsageError(
      '--base-url without a system that it is the address of',
      `--system ${contracts.map((one) => one.key).join(' or --system ')}`,
      'say which contract the provider keeps',
    );
  const there: SystemContract = {
    ...contract,
    api: { ...contract.api, baseUrl: baseUrl.replace(/\/+$/, '') },
  };
  const credentials = credentialsFor(contract);
  const capabilities = await probe(there, credentials, seed);
  return { subjects: [{ contract: there, live: { credentials, capabilities } }], service: false, seed };
}

async function probe(
  contract: SystemContract,
  credentials: ApiCredentials,
  seed: number,
): Promise<Capabilities> {
  const nothing: Capabilities = {
    schema: 'syncproof.capabilities/1',
    system: contract.key,
    lacks: {},
    readOnly: {},
  };
  try {
    return await findCapabilities(liveTarget(contract, credentials), seed);
  } catch (error) {
    // What does not answer as the contract says is told by the checks themselves.
    if (error instanceof ContractFailure) return nothing;
    if (error instanceof TypeError) throw new Unreachable(reasonOf(error));
    throw error;
  }
}

function reasonOf(error: TypeError): string {
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : error.message;
}

/** Credentials of a live provider come from the environment alone. */
function credentialsFor(contract: SystemContract): ApiCredentials {
  const read = (name: string) => process.env[`SYNCPROOF_${name}`] ?? '';
  const credentials = { key: read('KEY'), clientId: read('CLIENT_ID'), clientSecret: read('CLIENT_SECRET') };
  const { kind } = contract.api.auth;
  if (kind === 'none') return credentials;
  const isKey = kind === 'api-key-header' || kind === 'api-key-query' || kind === 'bearer';
  const missing = isKey
    ? credentials.key === ''
    : credentials.clientId === '' || credentials.clientSecret === '';
  if (!missing) return credentials;
  throw new UsageError(
    'the credential of the provider is missing',
    isKey
      ? 'SYNCPROOF_KEY in the environment'
      : 'SYNCPROOF_CLIENT_ID and SYNCPROOF_CLIENT_SECRET in the environment',
    'export it before the command; it is never written anywhere',
  );
}
