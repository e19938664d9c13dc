import type { ApiDescription, Route, SystemContract } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { AdapterError } from '../contract/http/adapter.js';
import { AuthError, Authoriser } from '../contract/http/authoriser.js';
import { secretsOf, shownUrl, type ApiCredentials } from '../contract/http/credentials.js';
import { apiFor, callUrl, meansMissing } from '../contract/http/entity-api.js';
import { NetworkError } from '../contract/http/network-error.js';
import { readJson } from '../contract/http/read-json.js';
import { retryAfterMs } from '../contract/http/retry-after.js';
import { wireHeaders, wireRequest, type WireFetch, type WireResponse } from '../contract/wire.js';
import { SystemError } from './ports.js';

/** How the harness waits; left out, an answer 429 is an error at once. */
export type Patience = { now(): number; sleep(ms: number): Promise<void>; attempts?: number };

export type ApiAnswer = {
  status: number;
  missing: boolean;
  body: Json;
  etag: string | null;
  link: string | null;
};

export type ApiCall = {
  entity: EntityContract;
  route: Route;
  id: string | null;
  body?: JsonObject;
  headers?: Record<string, string>;
  /** A URL that is known already, such as that of a page. */
  url?: string;
};

const ATTEMPTS = 5;
const FIRST_WAIT_MS = 500;

/** Sends the harness's calls to one system. Errors: `SystemError`, without secrets. */
export class HttpCalls {
  private readonly authoriser: Authoriser;

  constructor(
    readonly contract: SystemContract,
    private readonly fetch: WireFetch,
    private readonly credentials: ApiCredentials,
    private readonly patience: Patience | null,
  ) {
    this.authoriser = new Authoriser(contract, credentials, fetch);
  }

  apiOf(entity: EntityContract): ApiDescription {
    return apiFor(this.contract.api, entity);
  }

  entity(name: string): EntityContract {
    const entity = this.contract.entities.find((one) => one.name === name);
    if (entity === undefined)
      throw new SystemError(this.contract.name, '-', name, null, 'the contract holds no such entity');
    return entity;
  }

  urlOf({ entity, route, id, url }: ApiCall): string {
    const query = route.method === 'GET' ? (entity.api?.readQuery ?? {}) : {};
    return url ?? callUrl(this.apiOf(entity), route.path, entity, id, query);
  }

  /** Sends a call; a record that is not there is an answer, everything else that is refused an error. */
  async send(call: ApiCall): Promise<ApiAnswer> {
    const url = this.urlOf(call);
    const response = await this.patiently(call, url);
    const text = await this.guarded(call, url, () => response.text());
    const missing = meansMissing(this.contract.api, response.status, call.id !== null);
    if (!response.ok && !missing) throw this.refused(call, url, response.status, text);
    const body = missing ? null : await this.guarded(call, url, async () => readJson(text, response.headers));
    const { headers, status } = response;
    return { status, missing, body, etag: headers.get('etag'), link: headers.get('link') };
  }

  private async patiently(call: ApiCall, url: string): Promise<WireResponse> {
    const most = this.patience === null ? 1 : (this.patience.attempts ?? ATTEMPTS);
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      const response = await this.guarded(call, url, () => this.once(call, url));
      if (response.status === 401 && !renewed && this.authoriser.renew()) {
        renewed = true;
        continue;
      }
      const busy = response.status === 429 || (response.status === 503 && call.route.method === 'GET');
      if (!busy || this.patience === null || attempt >= most) return response;
      const asked = retryAfterMs(response.headers, this.patience.now());
      await this.patience.sleep(asked > 0 ? asked : FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }

  private async once({ route, body, headers: extra = {} }: ApiCall, url: string): Promise<WireResponse> {
    const headers = wireHeaders(extra);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const target = await this.authoriser.authorise(url, headers);
    const text = body === undefined ? null : JSON.stringify(body);
    return this.fetch(wireRequest(target, { method: route.method, headers, body: text }));
  }

  private async guarded<T>(call: ApiCall, url: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof NetworkError) throw this.failed(call, url, null, error.message, error);
      if (error instanceof AdapterError)
        throw this.failed(call, url, null, error.message, {
          expected: 'an answer',
          remedy: `mend the file that systems.${this.contract.key}.adapter names`,
        });
      if (error instanceof AuthError)
        throw this.failed(call, url, error.status, error.message, {
          expected: 'a token',
          remedy: 'check the credentials that the profile names, and the path of the token',
        });
      throw error;
    }
  }

  private refused(call: ApiCall, url: string, status: number, text: string): SystemError {
    const help: Record<number, string> = {
      401: 'check the credentials that the profile names under auth',
      403: 'check what these credentials may do, or name 403 under missingStatuses if it means "not there"',
      429: 'lower rateLimit in the profile',
    };
    const remedy = help[status];
    return this.failed(
      call,
      url,
      status,
      text.slice(0, 400),
      remedy === undefined ? undefined : { expected: 'a status from 200 to 299', remedy },
    );
  }

  private failed(
    call: ApiCall,
    url: string,
    status: number | null,
    detail: string,
    help?: { expected: string; remedy: string },
  ): SystemError {
    const clean = (text: string) =>
      secretsOf(this.credentials).reduce((shown, secret) => shown.replaceAll(secret, 'REDACTED'), text);
    const shown = clean(shownUrl(this.contract.api.auth, url));
    return new SystemError(this.contract.name, call.route.method, shown, status, clean(detail), help);
  }
}
