import { SHAPES, type Json, type JsonObject, type Shape } from './medusa-records.js';

const SINCE = 'updated_at[$gte]';

type Fetch = (request: Request) => Promise<Response>;

/**
 * Speaks Medusa's admin API for a client that knows a plain one: `/customers`, `/products` and `/orders` with GET,
 * POST, PATCH and DELETE, lists as `{items}`. Errors are passed on as Medusa answers them.
 */
export function adapt(fetch: Fetch): Fetch {
  const regions = new Map<string, Json>();
  return async (request) => {
    const url = new URL(request.url);
    const [, collection = '', id] = url.pathname.split('/');
    const shape = SHAPES[collection];
    if (shape === undefined) return problem(404, `Medusa is asked for ${url.pathname}`);
    const medusa = new Medusa(fetch, request, url.origin);
    if (request.method === 'GET') return id === undefined ? list(medusa, shape, url) : get(medusa, shape, id);
    if (request.method === 'DELETE') return remove(medusa, shape, id ?? '');
    const fields = JSON.parse(await request.text()) as JsonObject;
    if (request.method === 'PATCH') return update(medusa, shape, id ?? '', fields);
    if (shape !== SHAPES['orders']) return create(medusa, shape, fields);
    const region = regions.get(url.origin) ?? (await firstRegion(medusa));
    if (region !== null) regions.set(url.origin, region);
    return order(medusa, shape, fields, region);
  };
}

type Answer = { response: Response; body: JsonObject };

/** Calls with the credential of the request that is served. */
class Medusa {
  constructor(
    private readonly fetch: Fetch,
    private readonly request: Request,
    private readonly origin: string,
  ) {}

  async call(method: string, path: string, body?: JsonObject): Promise<Answer> {
    const headers = new Headers(this.request.headers);
    if (body !== undefined) headers.set('content-type', 'application/json');
    const sent = body === undefined ? null : JSON.stringify(body);
    const response = await this.fetch(
      new Request(`${this.origin}/admin/${path}`, { method, headers, body: sent }),
    );
    const text = await response.text();
    const copy = new Response(text, {
      status: response.status,
      headers: { 'content-type': 'application/json' },
    });
    return { response: copy, body: response.ok ? (JSON.parse(text) as JsonObject) : {} };
  }
}

const json = (body: Json, status = 200) => Response.json(body, { status });
const problem = (status: number, message: string) => json({ type: 'not_found', message }, status);
const isCancelled = (record: JsonObject) => record['status'] === 'canceled';
const recordIn = (body: JsonObject, name: string) => (body[name] ?? {}) as JsonObject;

const pathOf = (shape: Shape, id: string) => `${shape.path}/${encodeURIComponent(id)}`;
const showing = (path: string, shape: Shape) => `${path}?fields=${shape.fields}`;

/** What an answer shows of one record, in the profile's shape. */
function shown({ response, body }: Answer, shape: Shape): Response {
  if (!response.ok) return response;
  const record = recordIn(body, shape.one);
  return isCancelled(record) ? problem(404, 'the order was cancelled') : json(shape.fromMedusa(record));
}

async function get(medusa: Medusa, shape: Shape, id: string): Promise<Response> {
  return shown(await medusa.call('GET', showing(pathOf(shape, id), shape)), shape);
}

/** No update time of a product moves with its variant's or its price's: the profile asks for all products. */
async function list(medusa: Medusa, shape: Shape, url: URL): Promise<Response> {
  const query = new URLSearchParams({ order: 'created_at', fields: shape.fields });
  for (const name of ['limit', 'offset']) query.set(name, url.searchParams.get(name) ?? '0');
  const since = url.searchParams.get(SINCE);
  if (since !== null) query.set(SINCE, since);
  // Cancelled orders stay for ever; pages full of them would be read at every look.
  if (shape === SHAPES['orders']) for (const one of ['pending', 'completed']) query.append('status[]', one);
  const { response, body } = await medusa.call('GET', `${shape.path}?${query.toString()}`);
  if (!response.ok) return response;
  const records = (body[shape.many] ?? []) as JsonObject[];
  return json({
    items: records.filter((one) => !isCancelled(one)).map(shape.fromMedusa),
    more: records.length === Number(query.get('limit')),
  });
}

async function create(medusa: Medusa, shape: Shape, fields: JsonObject): Promise<Response> {
  const body = shape.toMedusa(fields, null);
  return shown(await medusa.call('POST', showing(shape.path, shape), body), shape);
}

async function update(medusa: Medusa, shape: Shape, id: string, fields: JsonObject): Promise<Response> {
  const path = showing(pathOf(shape, id), shape);
  const current = shape.readsFirst(fields) ? await medusa.call('GET', path) : null;
  if (current !== null && (!current.response.ok || isCancelled(recordIn(current.body, shape.one))))
    return shown(current, shape);
  const body = shape.toMedusa(fields, current === null ? {} : recordIn(current.body, shape.one));
  return shown(await medusa.call('POST', path, body), shape);
}

/** Orders are not deleted but cancelled, and a cancelled one is no longer shown. */
async function remove(medusa: Medusa, shape: Shape, id: string): Promise<Response> {
  const path = pathOf(shape, id);
  const isOrder = shape === SHAPES['orders'];
  const { response } = isOrder
    ? await medusa.call('POST', `${path}/cancel`, {})
    : await medusa.call('DELETE', path);
  return response.ok ? json({ id, deleted: true }) : response;
}

async function firstRegion(medusa: Medusa): Promise<Json> {
  const { body } = await medusa.call('GET', 'regions?limit=1&fields=id');
  return ((body['regions'] ?? []) as JsonObject[])[0]?.['id'] ?? null;
}

/** An order begins as a draft: of variants, in a region, for a customer whose e-mail is written out. */
async function order(medusa: Medusa, shape: Shape, fields: JsonObject, region: Json): Promise<Response> {
  const lines = (fields['lines'] ?? []) as JsonObject[];
  const wanted = [...new Set(lines.map((line) => String(line['product_id'])))];
  const query = new URLSearchParams({ fields: 'id,variants.id', limit: String(wanted.length) });
  for (const id of wanted) query.append('id[]', id);
  const { response, body } = await medusa.call('GET', `products?${query.toString()}`);
  if (!response.ok) return response;
  const products = (body['products'] ?? []) as JsonObject[];
  const missing = wanted.find((id) => products.every((one) => one['id'] !== id));
  if (missing !== undefined) return problem(404, `the product ${missing} is not there`);
  const variantOf = (id: Json | undefined): Json => {
    const variants = (products.find((one) => one['id'] === id)?.['variants'] ?? []) as JsonObject[];
    return variants[0]?.['id'] ?? null;
  };
  const { metadata } = shape.toMedusa(fields, null) as { metadata?: JsonObject };
  const draft = await medusa.call('POST', 'draft-orders?fields=id', {
    region_id: region,
    items: lines.map((line) => ({
      variant_id: variantOf(line['product_id']),
      quantity: Number(line['quantity'] ?? 1),
      unit_price: Number(line['unit_price'] ?? 0),
    })),
    ...(fields['customer_id'] === undefined ? {} : { customer_id: fields['customer_id'] }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  if (!draft.response.ok) return draft.response;
  const id = String(recordIn(draft.body, 'draft_order')['id']);
  const convert = showing(`draft-orders/${id}/convert-to-order`, shape);
  return shown(await medusa.call('POST', convert, {}), shape);
}
