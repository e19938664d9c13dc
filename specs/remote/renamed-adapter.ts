/**
 * Makes another API of json-server, so that a system that needs an adapter can be tried: collections lie below `/v2`,
 * records in `{data}`, and a record is updated by POST. Written with the platform's own Request and Response, as an
 * adapter outside of this project is.
 */
type Fetch = (request: Request) => Promise<Response>;

export function adapt(fetch: Fetch): Fetch {
  return async (request) => {
    const url = new URL(request.url);
    const [, version, collection, id] = url.pathname.split('/');
    if (version !== 'v2') return Response.json({ error: `no ${url.pathname}` }, { status: 404 });
    const isUpdate = request.method === 'POST' && id !== undefined;
    const body = request.method === 'GET' || request.method === 'DELETE' ? null : await request.text();
    url.pathname = [collection, id].filter((part) => part !== undefined).join('/');
    const answer = await fetch(
      new Request(url, {
        method: isUpdate ? 'PUT' : request.method,
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
    if (!answer.ok) return answer;
    return Response.json({ data: await answer.json() }, { status: answer.status });
  };
}
