import type { SystemContract } from './api-description.js';
import { WEBSHOP_API } from './conventions.js';
import type { EntityContract, FieldSpec, StringFormat } from './field.js';

const text = (path: string, maxLength: number, format?: StringFormat): FieldSpec => ({
  path,
  type: format === undefined ? { kind: 'string', maxLength } : { kind: 'string', maxLength, format },
});
const money = (path: string): FieldSpec => ({ path, type: { kind: 'decimal-string', scale: 2 } });
const count = (path: string): FieldSpec => ({
  path,
  type: { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
});
const required = (field: FieldSpec): FieldSpec => ({ ...field, required: true });
const unique = (field: FieldSpec): FieldSpec => ({ ...field, required: true, unique: true });

const address = (prefix: string): FieldSpec[] => [
  text(`${prefix}.street`, 120, 'street'),
  text(`${prefix}.postcode`, 12, 'postcode'),
  text(`${prefix}.city`, 60, 'city'),
  text(`${prefix}.country`, 2, 'country'),
];

const CUSTOMER: EntityContract = {
  name: 'Customer',
  collection: 'customers',
  idKind: 'integer',
  fields: [
    required(text('email', 120, 'email')),
    text('first_name', 60, 'first-name'),
    text('last_name', 60, 'last-name'),
    text('company', 120, 'company'),
    text('phone', 32, 'phone'),
    text('vat_number', 20, 'vat'),
    { path: 'date_of_birth', type: { kind: 'date' } },
    { path: 'marketing_consent', type: { kind: 'boolean' } },
    { path: 'status', type: { kind: 'enum', values: ['active', 'disabled', 'invited', 'archived'] } },
    ...address('billing_address'),
    ...address('shipping_address'),
    { path: 'tags', type: { kind: 'string-list', maxLength: 40 } },
    text('internal_note', 2000),
  ],
};

const PRODUCT: EntityContract = {
  name: 'Product',
  collection: 'products',
  idKind: 'integer',
  fields: [
    unique(text('sku', 40, 'sku')),
    required(text('name', 200)),
    text('description', 4000),
    money('price'),
    text('currency', 3, 'currency'),
    { path: 'tax_rate', type: { kind: 'decimal-string', scale: 2 } },
    count('stock'),
    { path: 'active', type: { kind: 'boolean' } },
    count('weight_grams'),
    text('barcode', 14, 'barcode'),
    { path: 'categories', type: { kind: 'string-list', maxLength: 60 } },
    text('internal_note', 2000),
  ],
};

const ORDER_LINES: FieldSpec[] = [
  { path: 'product_id', type: { kind: 'reference', entity: 'Product' }, required: true },
  required(count('quantity')),
  required(money('unit_price')),
  { path: 'tax_rate', type: { kind: 'decimal-string', scale: 2 } },
  money('discount'),
];

const ORDER: EntityContract = {
  name: 'Order',
  collection: 'orders',
  idKind: 'integer',
  fields: [
    unique(text('number', 30, 'number')),
    {
      path: 'status',
      type: {
        kind: 'enum',
        values: ['pending', 'processing', 'shipped', 'completed', 'cancelled', 'refunded', 'on-hold'],
      },
    },
    { path: 'placed_at', type: { kind: 'datetime' } },
    text('currency', 3, 'currency'),
    { path: 'customer_id', type: { kind: 'reference', entity: 'Customer' }, required: true },
    { path: 'lines', type: { kind: 'object-list', fields: ORDER_LINES } },
    money('shipping_price'),
    money('total'),
    text('note', 1000),
    text('internal_note', 2000),
  ],
};

const ENTITIES = [CUSTOMER, ORDER, PRODUCT];

/** The webshop: integer ids, snake_case, decimal money, ISO times. `name` is the spelling in the document. */
export function webshopContract(name = 'Webshop'): SystemContract {
  return { key: 'webshop', name, api: WEBSHOP_API, entities: ENTITIES };
}
