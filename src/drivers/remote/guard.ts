import { AsyncLocalStorage } from 'node:async_hooks';
import type { Json } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import { wireResponse, type WireFetch, type WireRequest, type WireResponse } from '../../contract/wire.js';
import { SystemError, type Exchange } from '../ports.js';
import type { Limiter } from './limiter.js';
import type { Redactor } from './redact.js';
import { NoAnswer } from './send.js';
import type { RemoteClock } from './settings.js';

/** The run was interrupted: nothing more is sent but what cleans up. */
export class Interrupted extends Error {
  readonly remedy = 'Run it again; what the run had made is removed, or named at its end.';

  constructor() {
    super('the run was interrupted');
    this.name = 'Interrupted';
  }
}

/** Where the calls of one world are noted, in their order. */
export const currentExchanges = new AsyncLocalStorage<Exchange[]>();

export type GuardInput = {
  name: string;
  /** Requests leave for these origins only. */
  origins: string[];
  send: WireFetch;
  limiter: Limiter;
  redactor: Redactor;
  clock: RemoteClock;
  /** How long it may be unreachable, or ask to wait, ms. */
  outageMs: number;
  patienceMs: number;
  /** A request that may be sent twice without harm beside those that always may. */
  isRepeatable: (request: WireRequest) => boolean;
  /** Where a token is issued and where it lies in the answer; null: nowhere. */
  tokens: { url: string; token: string } | null;
  stopped: () => boolean;
  nextSeq: () => number;
};

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/**
 * A system's fetch as the harness uses it: to its own host only, no redirects, within its limits, patient with outages
 * and rate limits, every call noted without secrets. Errors: `SystemError`, `Interrupted`.
 */
export class Guard {
  private downSince: number | null = null;

  constructor(private readonly input: GuardInput) {}

  fetch: WireFetch = (request) => this.patiently(request, this.input.stopped);
  /** Goes on after an interruption. */
  cleanupFetch: WireFetch = (request) => this.patiently(request, () => false);

  private async patiently(request: WireRequest, stopped: () => boolean): Promise<WireResponse> {
    const { input } = this;
    const origin = new URL(request.url).origin;
    if (!input.origins.includes(origin))
      throw this.error(request, null, `${origin} is no host that the profile names`);
    const began = input.clock.now();
    for (let attempt = 0; ; attempt++) {
      if (stopped()) throw new Interrupted();
      const answer = await this.once(request);
      const wait = this.waitAfter(request, answer, attempt, began);
      if (wait === null) {
        if (answer instanceof NoAnswer) throw this.error(request, null, answer.message);
        return this.checked(request, answer);
      }
      await input.clock.sleep(wait);
    }
  }

  private async once(request: WireRequest): Promise<WireResponse | NoAnswer> {
    const { clock, limiter, send } = this.input;
    const at = clock.now();
    const answer = await limiter.run(async () => {
      try {
        return await send(request);
      } catch (error) {
        if (error instanceof NoAnswer) return error;
        if (error instanceof TypeError) return new NoAnswer(error.message, true, true);
        throw error;
      }
    });
    if (answer instanceof NoAnswer) this.downSince ??= clock.now();
    else this.downSince = null;
    await this.note(request, answer, at);
    return answer;
  }

  /** How long to wait before the same request is sent again; null when it is not. */
  private waitAfter(
    request: WireRequest,
    answer: WireResponse | NoAnswer,
    attempt: number,
    began: number,
  ): number | null {
    const { clock, limiter, outageMs, patienceMs, isRepeatable } = this.input;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
    const now = clock.now();
    if (answer instanceof NoAnswer) {
      const harmless = !answer.reached || REPEATABLE.has(request.method) || isRepeatable(request);
      const left = (this.downSince ?? now) + outageMs - now;
      return answer.passing && harmless && left > 0 ? Math.min(pause, left) : null;
    }
    const asked = retryAfterMs(answer, now);
    if (answer.status !== 429 && !(answer.status === 503 && asked !== null)) return null;
    const wait = asked ?? Math.max(pause, 1000);
    if (now + wait > began + patienceMs) return null;
    limiter.holdUntil(now + wait);
    return wait;
  }

  /** An answer that says what it must: no redirect, and JSON where there is a body. */
  private async checked(request: WireRequest, answer: WireResponse): Promise<WireResponse> {
    const { status } = answer;
    if (status >= 300 && status < 400) {
      const target = answer.headers.get('location') ?? '';
      const host = URL.canParse(target, request.url) ? new URL(target, request.url).host : 'nowhere';
      throw this.error(request, status, `it redirects to ${host}, which is not followed`);
    }
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? 'no content type';
    if (text === '' || parses(text)) {
      if (this.isTokenRequest(request)) this.learnToken(text);
      if (answer.ok) return answer;
      return wireResponse(this.input.redactor.text(text), status, { 'content-type': type });
    }
    const found = `${type.split(';')[0] ?? ''}, ${text.length} characters`;
    if (answer.ok) throw this.error(request, status, `its answer is no JSON, or is cut off: ${found}`);
    return wireResponse(`no JSON: ${found}`, status, { 'content-type': 'text/plain' });
  }

  private learnToken(text: string): void {
    const answer = text === '' ? null : (JSON.parse(text) as Json);
    const token = getPath({ answer }, `answer.${this.input.tokens?.token ?? ''}`);
    if (typeof token === 'string') this.input.redactor.add(token);
  }

  private isTokenRequest(request: WireRequest): boolean {
    return request.url === this.input.tokens?.url;
  }

  /** What no world notes, such as a listing for all who wait, is not made fit to be shown. */
  private async note(request: WireRequest, answer: WireResponse | NoAnswer, at: number): Promise<void> {
    const noted = currentExchanges.getStore();
    if (noted === undefined) return;
    const { input } = this;
    const isToken = this.isTokenRequest(request);
    const hidden = (text: string): Json =>
      isToken || text === ''
        ? null
        : input.redactor.json(parses(text) ? (JSON.parse(text) as Json) : `${text.length} characters`);
    noted.push({
      seq: input.nextSeq(),
      at,
      system: input.name,
      caller: 'harness',
      method: request.method,
      url: input.redactor.text(request.url),
      requestBody: request.body === null ? null : hidden(await request.text()),
      status: answer instanceof NoAnswer ? 0 : answer.status,
      responseBody:
        answer instanceof NoAnswer ? input.redactor.text(answer.message) : hidden(await answer.text()),
      mutation: null,
    });
  }

  private error(request: WireRequest, status: number | null, detail: string): SystemError {
    const { name, redactor } = this.input;
    return new SystemError(name, request.method, redactor.text(request.url), status, redactor.text(detail));
  }
}

const REPEATABLE = new Set(['GET', 'PUT', 'DELETE']);

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `Retry-After` in seconds, or as a date on the system's own clock; null when there is none. */
function retryAfterMs(answer: WireResponse, now: number): number | null {
  const value = answer.headers.get('retry-after');
  if (value === null) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(date) ? null : Math.max(0, date - (Number.isNaN(theirs) ? now : theirs));
}
