import { SHAPES, type Json, type JsonObject, type Shape } from './medusa-records.js';

type Fetch = (request: Request) => Promise<Response>;

/**
 * Speaks Medusa's admin API for a client that knows a plain one: `/customers`, `/products` and `/orders` with GET,
 * POST, PATCH and DELETE, lists as `{items}`. Errors are passed on as Medusa answers them.
 */
export function adapt(fetch: Fetch): Fetch {
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
    return shape === SHAPES['orders'] ? order(medusa, shape, fields) : create(medusa, shape, fields);
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

async function read(medusa: Medusa, shape: Shape, id: string): Promise<Answer> {
  const query = shape.fields === null ? '' : `?fields=${shape.fields}`;
  return medusa.call('GET', `${shape.path}/${encodeURIComponent(id)}${query}`);
}

async function get(medusa: Medusa, shape: Shape, id: string): Promise<Response> {
  const { response, body } = await read(medusa, shape, id);
  if (!response.ok) return response;
  const record = recordIn(body, shape.one);
  return isCancelled(record) ? problem(404, 'the order was cancelled') : json(shape.fromMedusa(record));
}

/** Update times are filtered here: those of a product do not move with its variant's. */
async function list(medusa: Medusa, shape: Shape, url: URL): Promise<Response> {
  const query = new URLSearchParams({ order: 'created_at' });
  for (const name of ['limit', 'offset']) query.set(name, url.searchParams.get(name) ?? '0');
  if (shape.fields !== null) query.set('fields', shape.fields);
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
  const { response, body } = await medusa.call('POST', shape.path, shape.toMedusa(fields, null));
  return response.ok ? get(medusa, shape, String(recordIn(body, shape.one)['id'])) : response;
}

async function update(medusa: Medusa, shape: Shape, id: string, fields: JsonObject): Promise<Response> {
  const current = await read(medusa, shape, id);
  if (!current.response.ok) return current.response;
  const body = shape.toMedusa(fields, recordIn(current.body, shape.one));
  const { response } = await medusa.call('POST', `${shape.path}/${encodeURIComponent(id)}`, body);
  return response.ok ? get(medusa, shape, id) : response;
}

/** Orders are not deleted but cancelled, and a cancelled one is no longer shown. */
async function remove(medusa: Medusa, shape: Shape, id: string): Promise<Response> {
  const path = `${shape.path}/${encodeURIComponent(id)}`;
  const isOrder = shape === SHAPES['orders'];
  const { response } = isOrder
    ? await medusa.call('POST', `${path}/cancel`, {})
    : await medusa.call('DELETE', path);
  return response.ok ? json({ id, deleted: true }) : response;
}

/** An order begins as a draft: of variants, in a region, for a customer whose e-mail is written out. */
async function order(medusa: Medusa, shape: Shape, fields: JsonObject): Promise<Response> {
  const regions = await medusa.call('GET', 'regions?limit=1');
  const region = ((regions.body['regions'] ?? []) as JsonObject[])[0]?.['id'] ?? null;
  const items: JsonObject[] = [];
  for (const line of (fields['lines'] ?? []) as JsonObject[]) {
    const product = await medusa.call('GET', `products/${String(line['product_id'])}?fields=id,*variants`);
    if (!product.response.ok) return product.response;
    const variants = (recordIn(product.body, 'product')['variants'] ?? []) as JsonObject[];
    items.push({
      variant_id: variants[0]?.['id'] ?? null,
      quantity: Number(line['quantity'] ?? 1),
      unit_price: Number(line['unit_price'] ?? 0),
    });
  }
  const { metadata } = shape.toMedusa(fields, null) as { metadata?: JsonObject };
  const draft = await medusa.call('POST', 'draft-orders', {
    region_id: region,
    items,
    ...(fields['customer_id'] === undefined ? {} : { customer_id: fields['customer_id'] }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  if (!draft.response.ok) return draft.response;
  const id = String(recordIn(draft.body, 'draft_order')['id']);
  const { response } = await medusa.call('POST', `draft-orders/${id}/convert-to-order`, {});
  return response.ok ? get(medusa, shape, id) : response;
}
