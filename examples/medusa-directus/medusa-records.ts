export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** One kind of record: where it lies in Medusa's API, and how it is turned into the profile's shape and back. */
export type Shape = {
  /** `/admin/<path>` */
  path: string;
  /** Envelope of one record and of many. */
  one: string;
  many: string;
  /** What an answer is asked to show. */
  fields: string;
  fromMedusa: (record: JsonObject) => JsonObject;
  /** Whether an update needs Medusa's own record as it is: for the id of a part, or since the record may be cancelled. */
  readsFirst: (fields: JsonObject) => boolean;
  /** The body of a create, for which `current` is null, or of an update; Medusa's own record when it was read first. */
  toMedusa: (fields: JsonObject, current: JsonObject | null) => JsonObject;
};

const CURRENCY = 'eur';
const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const listOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(objectOf) : []);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const latest = (...times: (Json | undefined)[]): string => times.map(textOf).toSorted().at(-1) ?? '';
const stamps = ({ id, created_at, updated_at }: JsonObject): JsonObject => ({
  id: id ?? null,
  created_at: created_at ?? null,
  updated_at: updated_at ?? null,
});

/** Keeps the fields that an update names; Medusa deletes a metadata key that is set to an empty text. */
function metadataOf(fields: JsonObject, names: string[]): JsonObject {
  const own = names.filter((name) => fields[name] !== undefined);
  if (own.length === 0) return {};
  return { metadata: Object.fromEntries(own.map((name) => [name, fields[name] ?? ''])) };
}

function only(fields: JsonObject, names: Record<string, string>): JsonObject {
  const named = Object.entries(names).filter(([name]) => fields[name] !== undefined);
  return Object.fromEntries(named.map(([name, theirs]) => [theirs, fields[name] ?? null]));
}

const CUSTOMER_FIELDS = {
  email: 'email',
  first_name: 'first_name',
  last_name: 'last_name',
  company: 'company_name',
  phone: 'phone',
};
const CUSTOMER_METADATA = ['vat_number', 'internal_note'];
const PRODUCT_FIELDS = { name: 'title', description: 'description', weight_grams: 'weight' };
const VARIANT_FIELDS = { sku: 'sku', barcode: 'barcode' };
const PART_FIELDS = [...Object.keys(VARIANT_FIELDS), 'price'];
const ORDER_METADATA = ['number', 'reference', 'note', 'internal_note'];

const metadataFields = (record: JsonObject, names: string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, objectOf(record['metadata'])[name] ?? null]));

const customers: Shape = {
  path: 'customers',
  one: 'customer',
  many: 'customers',
  fields: 'id,email,first_name,last_name,company_name,phone,metadata,created_at,updated_at',
  fromMedusa: (record) => ({
    ...stamps(record),
    ...Object.fromEntries(
      Object.entries(CUSTOMER_FIELDS).map(([name, theirs]) => [name, record[theirs] ?? null]),
    ),
    ...metadataFields(record, CUSTOMER_METADATA),
  }),
  readsFirst: () => false,
  toMedusa: (fields) => ({ ...only(fields, CUSTOMER_FIELDS), ...metadataOf(fields, CUSTOMER_METADATA) }),
};

/** A product is shown with its one variant and that variant's price; the variant has update times of its own. */
const products: Shape = {
  path: 'products',
  one: 'product',
  many: 'products',
  fields: [
    'id,title,description,weight,metadata,created_at,updated_at',
    'variants.id,variants.sku,variants.barcode,variants.updated_at',
    'variants.prices.amount,variants.prices.currency_code,variants.prices.updated_at',
  ].join(','),
  fromMedusa: (record) => {
    const variant = listOf(record['variants'])[0] ?? {};
    const price = listOf(variant['prices'])[0];
    return {
      ...stamps(record),
      updated_at: latest(record['updated_at'], variant['updated_at'], price?.['updated_at']),
      sku: variant['sku'] ?? null,
      name: record['title'] ?? null,
      description: record['description'] ?? null,
      price: price === undefined ? null : Number(price['amount']).toFixed(2),
      barcode: variant['barcode'] ?? null,
      weight_grams:
        record['weight'] === undefined || record['weight'] === null ? null : Number(record['weight']),
      ...metadataFields(record, ['internal_note']),
    };
  },
  readsFirst: (fields) => PART_FIELDS.some((name) => fields[name] !== undefined),
  toMedusa: (fields, current) => {
    const variant = {
      ...only(fields, VARIANT_FIELDS),
      ...(fields['price'] === undefined ? {} : { prices: pricesOf(fields['price']) }),
    };
    const own = {
      ...only(fields, PRODUCT_FIELDS),
      ...metadataOf(fields, ['internal_note']),
    };
    if (current !== null) {
      const id = listOf(current['variants'])[0]?.['id'] ?? null;
      return Object.keys(variant).length === 0 ? own : { ...own, variants: [{ id, ...variant }] };
    }
    const options = [{ title: 'kind', values: ['standard'] }];
    const handle = `p-${Buffer.from(textOf(fields['sku'])).toString('hex')}`;
    const first = { title: 'standard', options: { kind: 'standard' }, manage_inventory: false };
    return { ...own, status: 'published', handle, options, variants: [{ ...first, prices: [], ...variant }] };
  },
};

const pricesOf = (price: Json): JsonObject[] =>
  price === null ? [] : [{ currency_code: CURRENCY, amount: Number(price) }];

/** What an order holds besides its lines can be edited; lines stay as they were ordered. */
const orders: Shape = {
  path: 'orders',
  one: 'order',
  many: 'orders',
  fields: 'id,status,customer_id,currency_code,metadata,created_at,updated_at,*items',
  fromMedusa: (record) => ({
    ...stamps(record),
    customer_id: record['customer_id'] ?? null,
    currency: textOf(record['currency_code']).toUpperCase(),
    lines: listOf(record['items']).map((item) => ({
      product_id: item['product_id'] ?? null,
      quantity: item['quantity'] ?? null,
      unit_price: Number(item['unit_price']).toFixed(2),
    })),
    ...metadataFields(record, ORDER_METADATA),
  }),
  readsFirst: () => true,
  toMedusa: (fields) => metadataOf(fields, ORDER_METADATA),
};

/** The three collections under the names that the profile gives them. */
export const SHAPES: Record<string, Shape> = { customers, products, orders };
