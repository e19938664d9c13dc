import { InputError } from '../../document/input-error.js';
import type { ApiAuth, ApiDescription, SystemContract } from '../api-description.js';

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

/** The names of variables that an authentication gives. */
export function namedVariables(auth: ApiAuth): string[] {
  return Object.entries(auth).flatMap(([entry, name]) => (entry.endsWith('Env') ? [String(name)] : []));
}

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

/** The contract with its base URL out of the environment. Errors: `InputError` for a name that is not set or no URL. */
export function withBaseUrl(contract: SystemContract, env: Env): SystemContract {
  const { baseUrlEnv } = contract.api;
  if (baseUrlEnv === undefined) return contract;
  const baseUrl = readEnv(contract, env, baseUrlEnv, 'baseUrlEnv').replace(/\/+$/, '');
  const isUrl = /^https?:\/\/[^/@?#]+(?:\/[^@?#]*)?$/.test(baseUrl) && URL.canParse(baseUrl);
  if (!isUrl)
    throw new InputError({
      code: 'no-base-url',
      message: `the environment variable ${baseUrlEnv} holds no base URL`,
      where: contract.origin ?? contract.name,
      expected: 'an http or https URL without user, query and fragment',
      found: 'something else (not shown, it may hold a secret)',
      remedy: `set ${baseUrlEnv} to the URL of ${contract.name}`,
    });
  const api: ApiDescription = { ...contract.api, baseUrl };
  return { ...contract, api };
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

/** The secrets among credentials in all forms in which a call carries them, for redaction. */
export function secretsOf(credentials: ApiCredentials): string[] {
  const { key, clientSecret, user = '', password = '', token } = credentials;
  const basic = user === '' && password === '' ? '' : Buffer.from(`${user}:${password}`).toString('base64');
  return [key, clientSecret, password, token, basic].flatMap((one) =>
    one === undefined || one === '' ? [] : [one, encodeURIComponent(one), formEncoded(one)],
  );
}

const formEncoded = (text: string) => new URLSearchParams({ text }).toString().slice('text='.length);

/** A URL that may be shown: without the key of an API that takes it in the query. */
export function shownUrl(auth: ApiAuth, url: string): string {
  if (auth.kind !== 'api-key-query') return url;
  const at = url.indexOf('?');
  if (at < 0) return url;
  const query = new URLSearchParams(url.slice(at + 1));
  if (query.has(auth.param)) query.set(auth.param, 'REDACTED');
  return `${url.slice(0, at)}?${query.toString()}`;
}
