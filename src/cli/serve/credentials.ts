import type { SystemContract } from '../../contract/api-description.js';
import type { ApiCredentials } from '../../drivers/credentials.js';
import { UsageError } from '../usage-error.js';

/** A variable of the environment that holds a credential, and what stands for it on loopback when it is not set. */
export type Variable = { name: string; use: string; fallback: string };

export type RoleCredentials = {
  harness: ApiCredentials;
  sync: ApiCredentials;
  webhookSecret: string;
  account: string;
};

/** A variable with the part of the credentials that it holds. */
export type PartVariable = Variable & { key: Part['key'] };

type Part = { key: 'key' | 'clientId' | 'clientSecret'; suffix: string };

const variable = (system: string, suffix: string) =>
  `SYNCPROOF_${system.toUpperCase().replaceAll('-', '_')}_${suffix}`;
const playground = (text: string) => `playground-${text}`.toLowerCase().replaceAll('_', '-');

function partsOf({ api }: SystemContract): Part[] {
  if (api.auth.kind === 'none') return [];
  if (api.auth.kind !== 'client-credentials') return [{ key: 'key', suffix: 'KEY' }];
  return [
    { key: 'clientId', suffix: 'CLIENT_ID' },
    { key: 'clientSecret', suffix: 'CLIENT_SECRET' },
  ];
}

function callerVariables(system: SystemContract, caller: 'harness' | 'sync'): PartVariable[] {
  const prefix = caller === 'sync' ? 'SYNC_' : '';
  return partsOf(system).map(({ key, suffix }) => ({
    key,
    name: variable(system.key, `${prefix}${suffix}`),
    use: `${system.name}, ${caller === 'sync' ? 'as the sync' : 'as you and the checks'}`,
    fallback: playground(`${system.key}-${caller}-${suffix}`),
  }));
}

const secretVariable = (system: SystemContract): Variable => ({
  name: variable(system.key, 'WEBHOOK_SECRET'),
  use: `${system.name}, signs its events`,
  fallback: playground(`${system.key}-webhook-secret`),
});
const accountVariable = (system: SystemContract): Variable => ({
  name: variable(system.key, 'ACCOUNT'),
  use: `${system.name}, account named in its events`,
  fallback: playground(`${system.key}-account`),
});

/** Every variable that a served system or the sync reads. */
export function variablesOf(system: SystemContract): Variable[] {
  return [
    ...callerVariables(system, 'harness'),
    ...callerVariables(system, 'sync'),
    secretVariable(system),
    accountVariable(system),
  ];
}

/** The variables of the caller whom the checks are. */
export const harnessVariables = (system: SystemContract): PartVariable[] =>
  callerVariables(system, 'harness');

/**
 * Credentials of one system out of the environment. Defaults that are no secret stand in only when `isLocal`.
 * `callers`: whose are needed. Errors: `UsageError` for a variable that is not set.
 */
export function credentialsFor(
  system: SystemContract,
  environment: NodeJS.ProcessEnv,
  { isLocal, callers }: { isLocal: boolean; callers: ('harness' | 'sync')[] },
): RoleCredentials {
  const read = ({ name, fallback }: Variable): string => {
    const value = environment[name];
    if (value !== undefined && value !== '') return value;
    if (isLocal) return fallback;
    throw new UsageError(
      `the credential of ${system.name} is missing`,
      `${name} in the environment; defaults hold on loopback alone`,
      `set ${name} before the command; it is never written anywhere`,
    );
  };
  const of = (caller: 'harness' | 'sync'): ApiCredentials => {
    const found: ApiCredentials = { key: '', clientId: '', clientSecret: '' };
    if (callers.includes(caller))
      for (const one of callerVariables(system, caller)) found[one.key] = read(one);
    return found;
  };
  return {
    harness: of('harness'),
    sync: of('sync'),
    webhookSecret: system.api.webhooks === null ? '' : read(secretVariable(system)),
    account: system.api.webhooks === null ? '' : read(accountVariable(system)),
  };
}
