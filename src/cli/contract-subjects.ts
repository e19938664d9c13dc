import { loadProfile, type LoadedProfile } from '../checklist/profile/index.js';
import { resolveSystem } from '../checklist/profile/resolve-system.js';
import type { SystemContract } from '../contract/api-description.js';
import { crmContract } from '../contract/crm.js';
import { REST_API } from '../contract/conventions.js';
import { webshopContract } from '../contract/webshop.js';
import { InputError } from '../document/input-error.js';
import type { ContractRequest, ContractSubject } from '../run/run-request.js';
import { liveSubject } from './contract-live.js';
import { CONTRACTS, prepare } from './prepare.js';
import { UsageError } from './usage-error.js';

export type Asked = {
  system: string | null;
  baseUrl: string | null;
  documentPath: string | null;
  profilePath: string | null;
  seed: number;
};

type Known = { contracts: SystemContract[]; profile: LoadedProfile | null };

/** The contracts that a document and its profile give, or a profile alone, or those of the webshop and the CRM. */
export async function contractsFor({
  documentPath,
  profilePath,
}: Pick<Asked, 'documentPath' | 'profilePath'>): Promise<Known> {
  if (documentPath !== null) {
    const { compiled, profile } = await prepare({ documentPath, reversePath: null, profilePath });
    return { contracts: [compiled.plan.systems.a, compiled.plan.systems.b], profile };
  }
  if (profilePath === null) return { contracts: [webshopContract(), crmContract()], profile: null };
  const profile = await loadProfile(profilePath);
  return { contracts: contractsOf(profile), profile };
}

/** What a profile says of its systems by itself. Errors: `InputError` where it leaves the entities to a document. */
function contractsOf(loaded: LoadedProfile): SystemContract[] {
  return Object.entries(loaded.profile.systems).map(([key, system]) => {
    const locate = (path: PropertyKey[]) => `${loaded.path}:${loaded.lineOf(['systems', key, ...path])}`;
    const name = system.names[0] ?? key;
    if (system.contract === 'derived')
      throw new InputError({
        code: 'contract-needs-document',
        message: `the profile leaves the entities of ${name} to its document`,
        where: locate(['contract']),
        expected: 'a contract that needs no document',
        found: 'contract: derived',
        remedy: 'name the document with --document, or give the entities with "contract: profile"',
      });
    const known = CONTRACTS[system.contract as keyof typeof CONTRACTS]?.(name);
    const base = known ?? { key, name, api: REST_API, entities: [] };
    return resolveSystem({ ...base, key }, system, locate, loaded.openapi?.get(key));
  });
}

/**
 * What `contract check` is asked to verify: a system is live where a base URL or the profile says where it is, and is
 * its stand-in elsewhere. Errors: `UsageError`, `InputError`, and `EnvironmentError` for one that gives no answer.
 */
export async function contractRequest(asked: Asked): Promise<ContractRequest> {
  const { system, baseUrl, seed } = asked;
  if (baseUrl !== null && !/^https?:$/.test(URL.canParse(baseUrl) ? new URL(baseUrl).protocol : ''))
    throw new UsageError(
      `--base-url ${baseUrl} is no http or https URL`,
      'such as http://127.0.0.1:8080',
      'correct it',
    );
  const { contracts, profile } = await contractsFor(asked);
  const known = [...contracts.map((one) => one.key), 'sync'];
  if (system !== null && !known.includes(system))
    throw new UsageError(
      `no contract of "${system}"`,
      `one of ${known.join(', ')}`,
      'leave out --system for all, or name the document with --document',
    );
  const chosen = contracts.filter((one) => system === null || one.key === system);
  if (baseUrl !== null && chosen.length !== 1)
    throw new UsageError(
      '--base-url without a system that it is the address of',
      `--system ${contracts.map((one) => one.key).join(' or --system ')}`,
      'say which contract the provider keeps',
    );
  const subjects: ContractSubject[] = [];
  for (const contract of chosen) {
    const isDescribed = profile?.profile.systems[contract.key]?.api !== undefined;
    subjects.push(
      baseUrl !== null || isDescribed
        ? await liveSubject({ contract, profile, baseUrl, isDescribed, seed })
        : { contract, live: null },
    );
  }
  const isOwn = asked.documentPath === null && asked.profilePath === null && baseUrl === null;
  return { subjects, service: isOwn && (system === null || system === 'sync'), seed };
}
