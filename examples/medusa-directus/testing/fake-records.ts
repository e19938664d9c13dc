import type { Json, JsonObject } from '../medusa-records.js';

/** Medusa says no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Records as Medusa keeps them; each write is a second later than the one before. */
export class Catalogue {
  private readonly kinds: Record<string, Map<string, JsonObject>> = {
    customers: new Map(),
    products: new Map(),
    orders: new Map(),
  };
  private readonly drafts = new Map<string, JsonObject>();
  private seconds = 0;
  private ids = 0;

  make(kind: string, body: JsonObject): JsonObject {
    if (kind === 'orders') throw new Refused(404, 'not_found', 'orders begin as drafts');
    this.demandFit(kind, body);
    const at = this.now();
    const times = { created_at: at, updated_at: at };
    const variants = objects(body['variants']).map((one) => ({
      ...one,
      id: this.id('variant'),
      ...times,
      prices: objects(one['prices']).map((price) => ({ ...price, updated_at: at })),
    }));
    const record = {
      ...body,
      id: this.id(kind),
      ...times,
      metadata: mergedMetadata({}, body),
      ...(kind === 'products' ? { variants } : {}),
    };
    return this.put(kind, record);
  }

  /** Metadata is merged; a variant that is named by its id keeps the rest; its times are its own. */
  update(kind: string, id: string, body: JsonObject): JsonObject {
    const before = this.get(kind, id);
    this.demandFit(kind, body);
    const at = this.now();
    const { variants, metadata, ...own } = body;
    const isOwn = Object.keys(own).length > 0 || metadata !== undefined;
    return this.put(kind, {
      ...before,
      ...own,
      metadata: mergedMetadata(before, body),
      ...(variants === undefined ? {} : { variants: changedVariants(before, objects(variants), at) }),
      updated_at: isOwn ? at : (before['updated_at'] ?? null),
    });
  }

  get(kind: string, id: string): JsonObject {
    const record = this.kinds[kind]?.get(id);
    if (record === undefined) throw new Refused(404, 'not_found', `${kind} with id: ${id} was not found`);
    return record;
  }

  remove(kind: string, id: string): JsonObject {
    this.get(kind, id);
    this.kinds[kind]?.delete(id);
    return { id, deleted: true };
  }

  list(kind: string, query: URLSearchParams): JsonObject[] {
    const since = query.get('updated_at[$gte]') ?? '';
    const statuses = query.getAll('status[]');
    const ids = query.getAll('id[]');
    const found = [...(this.kinds[kind]?.values() ?? [])].filter(
      (one) =>
        String(one['updated_at']) >= since &&
        (statuses.length === 0 || statuses.includes(String(one['status']))) &&
        (ids.length === 0 || ids.includes(String(one['id']))),
    );
    const offset = Number(query.get('offset') ?? 0);
    return found.slice(offset, offset + Number(query.get('limit') ?? 20));
  }

  draft(body: JsonObject): JsonObject {
    if (body['region_id'] !== 'reg_1') throw new Refused(400, 'invalid_data', 'no such region');
    const items = objects(body['items']).map((item) => {
      const product = [...(this.kinds['products']?.values() ?? [])].find((one) =>
        objects(one['variants']).some(({ id }) => id === item['variant_id']),
      );
      if (product?.['status'] !== 'published')
        throw new Refused(400, 'invalid_data', 'the variant does not exist or belongs to a draft');
      return { ...item, product_id: product['id'] ?? null };
    });
    const draft = { ...body, id: this.id('draft'), items };
    this.drafts.set(draft.id, draft);
    return draft;
  }

  convert(id: string): JsonObject {
    const draft = this.drafts.get(id);
    if (draft === undefined) throw new Refused(404, 'not_found', `no draft ${id}`);
    const at = this.now();
    this.drafts.delete(id);
    return this.put('orders', {
      ...draft,
      status: 'pending',
      currency_code: 'eur',
      created_at: at,
      updated_at: at,
    });
  }

  cancel(id: string): JsonObject {
    return this.put('orders', { ...this.get('orders', id), status: 'canceled', updated_at: this.now() });
  }

  private demandFit(kind: string, body: JsonObject): void {
    if (kind === 'customers' && /[^\p{ASCII}]/u.test(String(body['email'] ?? '')))
      throw new Refused(400, 'invalid_data', 'Invalid request: Invalid email address');
    const handles = [...(this.kinds['products']?.values() ?? [])].map(handleOf);
    if (kind === 'products' && 'title' in body && 'variants' in body && handles.includes(handleOf(body)))
      throw new Refused(400, 'invalid_data', 'Product with that handle already exists.');
  }

  private put(kind: string, record: JsonObject): JsonObject {
    this.kinds[kind]?.set(String(record['id']), record);
    return record;
  }

  private id(kind: string): string {
    return `${kind}_${(this.ids += 1)}`;
  }

  private now(): string {
    return new Date(Date.UTC(2026, 0, 15, 9, 0, (this.seconds += 1))).toISOString();
  }
}

const handleOf = (product: JsonObject): Json => product['handle'] ?? product['title'] ?? null;

/** A key that is set to an empty text is deleted. */
function mergedMetadata(before: JsonObject, { metadata }: JsonObject): JsonObject {
  const held = isObject(before['metadata']) ? before['metadata'] : {};
  const all = Object.entries({ ...held, ...(isObject(metadata) ? metadata : {}) });
  return Object.fromEntries(all.filter(([, value]) => value !== ''));
}

function changedVariants(before: JsonObject, changes: JsonObject[], at: string): JsonObject[] {
  const held = objects(before['variants']);
  return changes.map(({ prices, ...change }) => {
    const own = held.find(({ id }) => id === change['id']);
    if (own === undefined) throw new Refused(404, 'not_found', 'no such variant');
    const priced = objects(prices).map((price) => ({ ...price, updated_at: at }));
    return { ...own, ...change, ...(prices === undefined ? {} : { prices: priced }), updated_at: at };
  });
}
