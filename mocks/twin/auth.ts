import type { ApiAuth } from '../../src/contract/api-description.js';
import type { Json } from '../../src/contract/field.js';
import type { WireRequest } from '../../src/contract/wire.js';
import { isObject, Refusal, type Caller, type Credential, type TwinContext } from './call.js';

type Token = { caller: Caller; expiresAt: number };

/** Tells callers apart by credential and issues the CRM's tokens. */
export class Gatekeeper {
  private tokens = new Map<string, Token>();
  private issued = 0;

  constructor(
    private readonly auth: ApiAuth,
    private readonly context: TwinContext,
    private readonly newToken: (() => string) | undefined = undefined,
  ) {}

  /** Who calls; refuses a missing, wrong or expired credential with 401. */
  callerOf(request: WireRequest): Caller {
    if (this.auth.kind === 'none') return 'unknown';
    if (this.auth.kind === 'api-key-header') return this.byKey(request.headers.get(this.auth.header));
    const token = this.tokens.get(request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '');
    if (token === undefined) throw new Refusal(401, 'unauthorized', 'no valid token');
    if (token.expiresAt <= this.context.now())
      throw new Refusal(401, 'token-expired', 'the token has expired');
    return token.caller;
  }

  /** Whether the sync calls; a call without a valid credential is nobody's. */
  isSync(request: WireRequest): boolean {
    if (this.auth.kind === 'api-key-header') {
      return request.headers.get(this.auth.header) === this.context.credentials.sync.key;
    }
    const token = this.tokens.get(request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '');
    return token?.caller === 'sync' && token.expiresAt > this.context.now();
  }

  isTokenRequest(request: WireRequest, path: string): boolean {
    return (
      this.auth.kind === 'client-credentials' && request.method === 'POST' && path === this.auth.tokenPath
    );
  }

  issue(requestBody: Json): { caller: Caller; body: Json } {
    const body = isObject(requestBody) ? requestBody : {};
    const caller = this.find(
      (credential) =>
        credential.clientId === body['client_id'] && credential.clientSecret === body['client_secret'],
    );
    if (caller === null || body['grant_type'] !== 'client_credentials') {
      throw new Refusal(401, 'invalid-client', 'unknown client');
    }
    this.issued += 1;
    const token = this.newToken?.() ?? `token-${caller}-${this.issued}`;
    this.tokens.set(token, { caller, expiresAt: this.context.now() + this.context.tokenTtlMs });
    const expires = Math.floor(this.context.tokenTtlMs / 1000);
    return { caller, body: { access_token: token, token_type: 'Bearer', expires_in: expires } };
  }

  private byKey(key: string | null): Caller {
    const caller = this.find((credential) => credential.key === key);
    if (caller === null) throw new Refusal(401, 'unauthorized', 'the key is missing or unknown');
    return caller;
  }

  private find(matches: (credential: Credential) => boolean): Caller | null {
    if (matches(this.context.credentials.harness)) return 'harness';
    return matches(this.context.credentials.sync) ? 'sync' : null;
  }
}
