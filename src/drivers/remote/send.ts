import { exchangeOnce, type OnceLimits } from '../../contract/http/exchange-once.js';
import { NetworkError } from '../../contract/http/network-error.js';
import type { WireFetch } from '../../contract/wire.js';

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

const NEVER_REACHED = new Set(['EHOSTUNREACH', 'ENETUNREACH']);

/** Sends over the network: no redirect is followed, no answer is waited for or read beyond the limits. Errors: `NoAnswer`. */
export function networkSend({
  requestMs,
  largestBody,
}: {
  requestMs: number;
  largestBody: number;
}): WireFetch {
  const limits = { connectMs: requestMs, answerMs: requestMs, maxBytes: largestBody };
  return async (request) => {
    const { method, url, headers } = request;
    try {
      const body = request.body === null ? null : await request.text();
      return await exchangeOnce({ method, url, headers, body }, limits);
    } catch (error) {
      throw error instanceof NetworkError ? explain(error, new URL(url), limits) : error;
    }
  };
}

function explain(error: NetworkError, { host }: URL, limits: OnceLimits): NoAnswer {
  const { fault, code } = error;
  switch (fault) {
    case 'body-too-large':
      return new NoAnswer(`its answer is longer than ${limits.maxBytes} bytes`, true, false);
    case 'connect-timeout':
    case 'answer-timeout':
      return new NoAnswer(`no answer from ${host} within ${limits.answerMs} ms`, true, true);
    case 'unknown-host':
      return new NoAnswer(`the host ${host} is not known (${code})`, false, code !== 'ENOTFOUND');
    case 'refused':
      return new NoAnswer(`${host} refuses the connection (${code})`, false, true);
    case 'tls':
      return new NoAnswer(`no safe connection to ${host} (${code})`, false, false);
    default:
      return new NoAnswer(
        `the connection to ${host} broke (${code === '' ? 'unknown cause' : code})`,
        !NEVER_REACHED.has(code),
        true,
      );
  }
}
