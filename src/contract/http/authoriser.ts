import type { SystemContract } from '../api-description.js';
import type { Json } from '../field.js';
import { getPath } from '../path.js';
import { wireRequest, type WireFetch, type WireHeaders } from '../wire.js';
import type { ApiCredentials } from './credentials.js';
import { tokenSource } from './token-url.js';

/** No token was issued; the message holds no secret. */
export class AuthError extends Error {
  constructor(
    readonly path: string,
    readonly status: number,
  ) {
    super(`no token was issued by ${path} (status ${status})`);
    this.name = 'AuthError';
  }
}

/** Adds what an API asks for to a call; a token is asked for once and shared by calls at the same time. */
export class Authoriser {
  private token: Promise<string> | null = null;

  constructor(
    private readonly contract: SystemContract,
    private readonly credentials: ApiCredentials,
    private readonly fetch: WireFetch,
  ) {}

  /** Sets headers and gives the URL to call. Errors: `AuthError`, and those of the fetch. */
  async authorise(url: string, headers: WireHeaders): Promise<string> {
    const { auth, headers: own = {} } = this.contract.api;
    const { key, user = '', password = '', token = '' } = this.credentials;
    for (const [name, value] of Object.entries(own)) if (!headers.has(name)) headers.set(name, value);
    switch (auth.kind) {
      case 'none':
        return url;
      case 'api-key-header':
        headers.set(auth.header, `${auth.prefix ?? ''}${key}`);
        return url;
      case 'api-key-query':
        return `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams({ [auth.param]: key }).toString()}`;
      case 'basic':
        headers.set('authorization', `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
        return url;
      case 'bearer':
        headers.set('authorization', `Bearer ${token}`);
        return url;
      case 'login':
      case 'client-credentials':
        headers.set('authorization', `Bearer ${await this.issued()}`);
        return url;
    }
  }

  /** Lets go of a token that was refused; false where there is none to renew. */
  renew(): boolean {
    const had = this.token !== null;
    this.token = null;
    return had;
  }

  private async issued(): Promise<string> {
    this.token ??= this.askToken();
    try {
      return await this.token;
    } catch (error) {
      this.token = null;
      throw error;
    }
  }

  private async askToken(): Promise<string> {
    const { auth } = this.contract.api;
    const source = tokenSource(this.contract.api);
    if (source === null || (auth.kind !== 'login' && auth.kind !== 'client-credentials')) return '';
    const { clientId, clientSecret, user = '', password = '' } = this.credentials;
    const path = auth.kind === 'login' ? auth.path : auth.tokenPath;
    const sent: Record<string, string> =
      auth.kind === 'login'
        ? { [auth.userField]: user, [auth.passwordField]: password }
        : { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    if (auth.kind === 'client-credentials' && auth.scope !== undefined) sent['scope'] = auth.scope;
    const isForm = auth.kind === 'client-credentials' && auth.format === 'form';
    const response = await this.fetch(
      wireRequest(source.url, {
        method: 'POST',
        headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
        body: isForm ? new URLSearchParams(sent).toString() : JSON.stringify(sent),
      }),
    );
    const answer = parsed(await response.text());
    const token = getPath({ answer }, `answer.${source.token}`);
    if (!response.ok || typeof token !== 'string' || token === '') throw new AuthError(path, response.status);
    return token;
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
