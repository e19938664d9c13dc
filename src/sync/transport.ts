import type { SystemContract } from '../contract/api-description.js';
import type { Json, JsonObject } from '../contract/field.js';
import { AdapterError } from '../contract/http/adapter.js';
import { AuthError, Authoriser } from '../contract/http/authoriser.js';
import type { ApiCredentials } from '../contract/http/credentials.js';
import { meansMissing } from '../contract/http/entity-api.js';
import { NetworkError } from '../contract/http/network-error.js';
import { retryAfterMs } from '../contract/http/retry-after.js';
import { remembered } from '../contract/remembered.js';
import {
  wireHeaders,
  wireRequest,
  type WireFetch,
  type WireHeaders,
  type WireResponse,
} from '../contract/wire.js';
import { ClientError } from './client-error.js';
import { isObject } from './json.js';
import { MalformedAnswer } from './malformed-answer.js';

export type Credentials = ApiCredentials & { webhookSecret: string; account: string };
export type SyncClock = { now(): number; sleep(ms: number): Promise<void> };
export type Answer = { status: number; headers: WireHeaders; body: Json };
export type Call = {
  method: string;
  url: string;
  body?: JsonObject;
  headers?: Record<string, string>;
  repeatable: boolean;
  /** Whether the call is about one record, which may be missing. */
  ofRecord?: boolean;
  /** Whether the same is asked over and over, so that the answer is likely the last one. */
  isPoll?: boolean;
  /** Told right before each attempt. */
  onSend?: () => void;
};

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
const SKEW_FLOOR_MS = 2000;

/** Sends calls to one system: authenticates, backs off, obeys Retry-After and bounds its attempts (I23). */
export class Transport {
  /** How far the system's clock runs ahead of ours, ms; differences below two seconds count as none. */
  skewMs = 0;
  private readonly authoriser: Authoriser;
  /** Why the last call got no answer; without secrets. */
  private lastFault = '';
  /** Whether the last call was answered with something that is no JSON. */
  private wasNoJson = false;
  /** The last answer of each poll, by its place: one that repeats it is not read again, so nobody may change a body. */
  private readonly polled = new Map<string, { text: string; body: Json }>();
  /** Until when the system asked to be left alone, by our clock; 0 once that was waited for. */
  private closedUntil = 0;

  constructor(
    private readonly contract: SystemContract,
    credentials: Credentials,
    private readonly fetch: WireFetch,
    private readonly clock: SyncClock,
  ) {
    this.authoriser = new Authoriser(contract, credentials, fetch);
  }

  /** The time on the system's clock, as far as it is known, epoch ms. */
  now(): number {
    return this.clock.now() + this.skewMs + SKEW_FLOOR_MS;
  }

  async send(call: Call): Promise<Answer> {
    let refreshed = false;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.attempt(call);
      if (answer?.status === 401 && !refreshed) {
        refreshed = true;
        this.authoriser.renew();
        continue;
      }
      const asked = answer === null ? 0 : retryAfterMs(answer.headers, this.clock.now());
      if (asked > 0) this.closedUntil = this.clock.now() + asked;
      const again =
        answer === null
          ? call.repeatable
          : answer.status === 429 || (answer.status >= 500 && call.repeatable);
      if (!again || attempt === ATTEMPTS) return this.conclude(call, answer);
      if (asked === 0) await this.clock.sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }

  private async attempt(call: Call): Promise<Answer | null> {
    try {
      const closed = this.closedUntil - this.clock.now();
      this.closedUntil = 0;
      if (closed > 0) await this.clock.sleep(closed);
      const headers = wireHeaders(call.headers);
      if (call.body !== undefined) headers.set('content-type', 'application/json');
      const url = await this.authoriser.authorise(call.url, headers);
      const sent = call.body && JSON.stringify(call.body);
      call.onSend?.();
      const response = await this.fetch(wireRequest(url, { method: call.method, headers, body: sent }));
      this.noteClock(response.headers.get('date'));
      const text = await response.text();
      const body = call.isPoll === true ? this.readPoll(call.url, response, text) : parsed(response, text);
      return { status: response.status, headers: response.headers, body };
    } catch (error) {
      if (error instanceof AuthError || error instanceof AdapterError)
        throw new ClientError('transient', error.message, null);
      this.lastFault = error instanceof NetworkError ? `: ${error.message}` : '';
      this.wasNoJson = error instanceof SyntaxError;
      if (error instanceof TypeError || error instanceof SyntaxError || error instanceof NetworkError)
        return null;
      throw error;
    }
  }

  private conclude(call: Call, answer: Answer | null): Answer {
    if (answer === null && this.wasNoJson)
      throw new MalformedAnswer(`${call.method} is answered with something that is no JSON`, null);
    if (answer === null)
      throw new ClientError('transient', `no answer to ${call.method}${this.lastFault}`, null);
    const { status, body } = answer;
    if (status < 400) return answer;
    const field = blamedField(body);
    const what = `${call.method} was answered with ${status}${field === null ? '' : ` because of ${field}`}`;
    if (meansMissing(this.contract.api, status, call.ofRecord === true))
      throw new ClientError('missing', what, null);
    if (status === 412) throw new ClientError('conflict', what, null);
    if (status === 409) throw new ClientError(field === null ? 'conflict' : 'duplicate', what, field);
    if (status === 429 || status >= 500 || status === 401)
      throw new ClientError('transient', what, null, retryAfterMs(answer.headers, this.clock.now()));
    throw new ClientError('permanent', what, field);
  }

  private readPoll(url: string, response: WireResponse, text: string): Json {
    const place = url.split('?')[0] ?? '';
    const last = this.polled.get(place);
    if (last?.text === text && response.ok) return last.body;
    const body = parsed(response, text);
    if (response.ok) this.polled.set(place, { text, body });
    return body;
  }

  private noteClock(date: string | null): void {
    const server = date === null ? Number.NaN : dateOf(date);
    if (Number.isNaN(server)) return;
    const skew = server - this.clock.now();
    this.skewMs = Math.abs(skew) < SKEW_FLOOR_MS ? 0 : skew;
  }
}

/** The answers of one second all name it. */
const dateOf = remembered(Date.parse);

function parsed({ ok }: WireResponse, text: string): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (ok) throw error;
    return null;
  }
}

/** The first field that an error body names, in either convention. */
function blamedField(body: Json): string | null {
  if (!isObject(body)) return null;
  const list = body['errors'] ?? body['details'];
  const first = Array.isArray(list) ? list[0] : null;
  if (!isObject(first)) return null;
  const field = first['pointer'] ?? first['field'];
  return typeof field === 'string' && field !== '' ? field : null;
}
