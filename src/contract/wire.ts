/** The part of a `Request` that clients and twins use; a real one fits, and a plain one costs far less to make. */
export type WireRequest = Pick<Request, 'url' | 'method' | 'headers' | 'text'> & { readonly body: unknown };

/** The part of a `Response` that clients use. */
export type WireResponse = Pick<Response, 'status' | 'ok' | 'headers' | 'text' | 'json'>;

export type WireFetch = (request: WireRequest) => Promise<WireResponse>;

export type WireInit = { method: string; headers?: Headers | Record<string, string>; body?: string | null };

/** A request that stays in this process. */
export function wireRequest(url: string, { method, headers, body = null }: WireInit): WireRequest {
  return {
    url,
    method,
    headers: headers instanceof Headers ? headers : new Headers(headers),
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
    headers: new Headers(headers),
    text: async () => text ?? '',
    json: async () => JSON.parse(text ?? '') as unknown,
  };
}

/** Sends a request over the network, or to whatever intercepts it. */
export async function networkFetch(request: WireRequest): Promise<WireResponse> {
  const body = request.body === null ? null : await request.text();
  return fetch(request.url, { method: request.method, headers: request.headers, body });
}

/** The real counterpart of an answer, for servers and interceptors. */
export async function toResponse(answer: WireResponse): Promise<Response> {
  const text = await answer.text();
  const empty = answer.status === 204 || answer.status === 304;
  return new Response(empty ? null : text, { status: answer.status, headers: answer.headers });
}
