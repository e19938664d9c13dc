/** The part of `Headers` that clients and twins use. */
export type WireHeaders = Pick<Headers, 'get' | 'has' | 'set' | 'forEach'>;

/** The part of a `Request` that clients and twins use; a real one fits, and a plain one costs far less to make. */
export type WireRequest = Pick<Request, 'url' | 'method' | 'text'> & {
  readonly headers: WireHeaders;
  readonly body: unknown;
};

/** The part of a `Response` that clients use. */
export type WireResponse = Pick<Response, 'status' | 'ok' | 'text' | 'json'> & {
  readonly headers: WireHeaders;
};

export type WireFetch = (request: WireRequest) => Promise<WireResponse>;

export type WireInit = {
  method: string;
  headers?: WireHeaders | Record<string, string>;
  body?: string | null;
};

class PlainHeaders {
  private readonly values = new Map<string, string>();

  constructor(init: Record<string, string>) {
    for (const name of Object.keys(init)) this.values.set(name.toLowerCase(), init[name] ?? '');
  }

  get(name: string): string | null {
    return this.values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.values.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    this.values.set(name.toLowerCase(), value);
  }

  forEach(visit: (value: string, name: string, parent: Headers) => void): void {
    this.values.forEach((value, name) => visit(value, name, this as unknown as Headers));
  }
}

/** Headers that stay in this process: names without regard to case, one value each. */
export function wireHeaders(init: Record<string, string> = {}): WireHeaders {
  return new PlainHeaders(init);
}

function realHeaders(headers: WireHeaders): Headers {
  const real = new Headers();
  headers.forEach((value, name) => real.set(name, value));
  return real;
}

const isRecord = (headers: WireHeaders | Record<string, string>): headers is Record<string, string> =>
  typeof headers.forEach !== 'function';

/** A request that stays in this process. */
export function wireRequest(url: string, { method, headers = {}, body = null }: WireInit): WireRequest {
  return {
    url,
    method,
    headers: isRecord(headers) ? wireHeaders(headers) : headers,
    body,
    text: async () => body ?? '',
  };
}

/** An answer that stays in this process. */
export function wireResponse(
  text: string | null,
  status: number,
  headers: Record<string, string>,
): WireResponse {
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: wireHeaders(headers),
    text: async () => text ?? '',
    json: async () => JSON.parse(text ?? '') as unknown,
  };
}

/** Sends a request over the network, or to whatever intercepts it. */
export async function networkFetch(request: WireRequest): Promise<WireResponse> {
  const body = request.body === null ? null : await request.text();
  return fetch(request.url, { method: request.method, headers: realHeaders(request.headers), body });
}

/** The real counterpart of a request, for code that knows the platform's own only. */
export async function toRequest(request: WireRequest): Promise<Request> {
  const hasNone = request.body === null || request.body === undefined;
  return new Request(request.url, {
    method: request.method,
    headers: realHeaders(request.headers),
    body: hasNone ? null : await request.text(),
  });
}

/** The real counterpart of an answer, for servers and interceptors. */
export async function toResponse(answer: WireResponse): Promise<Response> {
  const text = await answer.text();
  const empty = answer.status === 204 || answer.status === 304;
  return new Response(empty ? null : text, { status: answer.status, headers: realHeaders(answer.headers) });
}
