import { InputError } from '../../document/input-error.js';
import type { ApiAuth, SystemContract } from '../api-description.js';

/** Secrets of one caller at one system; which of them count depends on the API's authentication. */
export type ApiCredentials = {
  key: string;
  clientId: string;
  clientSecret: string;
  user?: string;
  password?: string;
  token?: string;
};
export type Env = Readonly<Record<string, string | undefined>>;

const NO_CREDENTIALS: ApiCredentials = { key: '', clientId: '', clientSecret: '' };

/** The secrets that a description names, out of the environment. Errors: `InputError` for one that is not set. */
export function credentialsFromEnv(contract: SystemContract, env: Env): ApiCredentials {
  const read = (name: string | undefined, entry: string) => readEnv(contract, env, name, entry);
  const { auth } = contract.api;
  switch (auth.kind) {
    case 'none':
      return NO_CREDENTIALS;
    case 'api-key-header':
    case 'api-key-query':
      return { ...NO_CREDENTIALS, key: read(auth.keyEnv, 'auth.keyEnv') };
    case 'basic':
      return {
        ...NO_CREDENTIALS,
        user: read(auth.userEnv, 'auth.userEnv'),
        password: auth.passwordEnv === undefined ? '' : read(auth.passwordEnv, 'auth.passwordEnv'),
      };
    case 'bearer':
      return { ...NO_CREDENTIALS, token: read(auth.tokenEnv, 'auth.tokenEnv') };
    case 'login':
      return {
        ...NO_CREDENTIALS,
        user: read(auth.userEnv, 'auth.userEnv'),
        password: read(auth.passwordEnv, 'auth.passwordEnv'),
      };
    case 'client-credentials':
      return {
        ...NO_CREDENTIALS,
        clientId: read(auth.clientIdEnv, 'auth.clientIdEnv'),
        clientSecret: read(auth.clientSecretEnv, 'auth.clientSecretEnv'),
      };
  }
}

function readEnv(contract: SystemContract, env: Env, name: string | undefined, entry: string): string {
  const value = name === undefined ? undefined : env[name];
  if (value !== undefined && value !== '') return value;
  const said = `systems.${contract.key}.api.${entry}`;
  throw new InputError({
    code: 'missing-environment-variable',
    message:
      name === undefined
        ? `no environment variable is named in ${said}`
        : `the environment variable ${name} named in ${said} is not set`,
    where: contract.origin ?? contract.name,
    expected: 'the name of an environment variable that is set',
    found: name ?? 'no name',
    remedy: name === undefined ? `add ${said} to the profile` : `set ${name} and run again`,
  });
}

/** The secrets among credentials, for redaction. */
export function secretsOf(credentials: ApiCredentials): string[] {
  const { key, clientSecret, password, token } = credentials;
  return [key, clientSecret, password, token].flatMap((one) =>
    one === undefined || one === '' ? [] : [one, encodeURIComponent(one)],
  );
}

/** A URL that may be shown: without the key of an API that takes it in the query. */
export function shownUrl(auth: ApiAuth, url: string): string {
  if (auth.kind !== 'api-key-query') return url;
  const at = url.indexOf('?');
  if (at < 0) return url;
  const query = new URLSearchParams(url.slice(at + 1));
  if (query.has(auth.param)) query.set(auth.param, 'REDACTED');
  return `${url.slice(0, at)}?${query.toString()}`;
}
