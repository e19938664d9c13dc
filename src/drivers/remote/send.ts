import type { WireFetch, WireRequest } from '../../contract/wire.js';
import { wireResponse } from '../../contract/wire.js';

/** A request had no usable answer; `reached` is false when it surely never got to the system. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    readonly reached: boolean,
    /** Whether trying again may help: an outage passes, a wrong name or certificate does not. */
    readonly passing: boolean,
  ) {
    super(message);
    this.name = 'NoAnswer';
  }
}

const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const LASTING = new Set(['ENOTFOUND']);

/** Sends over the network: no redirect is followed, no answer is waited for or read beyond the limits. Errors: `NoAnswer`. */
export function networkSend(limits: { requestMs: number; largestBody: number }): WireFetch {
  return async (request) => {
    const headers: Record<string, string> = {};
    request.headers.forEach((value, name) => (headers[name] = value));
    const signal = AbortSignal.timeout(limits.requestMs);
    try {
      const answer = await fetch(request.url, {
        method: request.method,
        headers,
        body: request.body === null ? null : await request.text(),
        redirect: 'manual',
        signal,
      });
      const text = await readBody(answer, limits.largestBody);
      return wireResponse(text, answer.status, Object.fromEntries(answer.headers));
    } catch (error) {
      throw explain(error, request, limits.requestMs);
    }
  };
}

async function readBody(answer: Response, most: number): Promise<string> {
  if (answer.body === null) return '';
  const reader = answer.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts).toString('utf8');
    size += value.byteLength;
    if (size > most) {
      // Not waited for: a sender that never ends its answer could hold up the end of reading, too.
      reader.cancel().catch(() => undefined);
      throw new NoAnswer(`its answer is longer than ${most} bytes`, true, false);
    }
    parts.push(value);
  }
}

function explain(error: unknown, { url }: WireRequest, requestMs: number): NoAnswer {
  if (error instanceof NoAnswer) return error;
  const { host } = new URL(url);
  if (error instanceof Error && error.name === 'TimeoutError')
    return new NoAnswer(`no answer from ${host} within ${requestMs} ms`, true, true);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(cause);
  if (code === 'ENOTFOUND') return new NoAnswer(`the host ${host} is not known (ENOTFOUND)`, false, false);
  if (code === 'ECONNREFUSED')
    return new NoAnswer(`${host} refuses the connection (ECONNREFUSED)`, false, true);
  if (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/.test(code))
    return new NoAnswer(`no safe connection to ${host} (${code})`, false, false);
  const said = cause instanceof Error ? cause.message : String(cause);
  return new NoAnswer(
    `the connection to ${host} broke (${code === '' ? said : code})`,
    !NEVER_REACHED.has(code),
    !LASTING.has(code),
  );
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
