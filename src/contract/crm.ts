import type { SystemContract } from './api-description.js';
import { CRM_API } from './conventions.js';
import type { EntityContract, FieldSpec, StringFormat } from './field.js';

const text = (path: string, maxLength: number, format?: StringFormat): FieldSpec => ({
  path,
  type: format === undefined ? { kind: 'string', maxLength } : { kind: 'string', maxLength, format },
});
const minor = (path: string): FieldSpec => ({ path, type: { kind: 'minor-units' } });
const count = (path: string): FieldSpec => ({
  path,
  type: { kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
});
const required = (field: FieldSpec): FieldSpec => ({ ...field, required: true });
const choice = (path: string, ...values: string[]): FieldSpec => ({ path, type: { kind: 'enum', values } });
const joined = (path: string): FieldSpec => ({
  path,
  type: { kind: 'joined-list', separator: ';', maxLength: 1000 },
});

const address = (prefix: string): FieldSpec[] => [
  text(`${prefix}Street`, 100, 'street'),
  text(`${prefix}Postcode`, 12, 'postcode'),
  text(`${prefix}City`, 60, 'city'),
  text(`${prefix}Country`, 2, 'country'),
];

const CUSTOMER: EntityContract = {
  name: 'Customer',
  collection: 'customers',
  idKind: 'string',
  fields: [
    required(text('email', 120, 'email')),
    text('firstName', 60, 'first-name'),
    text('lastName', 60, 'last-name'),
    { ...text('companyName', 80, 'company'), normalises: 'trim' },
    text('phone', 32, 'phone'),
    text('vatNumber', 20, 'vat'),
    { path: 'birthDate', type: { kind: 'date-epoch-ms' } },
    choice('marketingConsent', 'yes', 'no'),
    choice('lifecycle', 'active', 'blocked', 'lead', 'churned'),
    ...address('billing'),
    ...address('shipping'),
    joined('tags'),
    text('ownerNote', 2000),
  ],
};

const PRODUCT: EntityContract = {
  name: 'Product',
  collection: 'products',
  idKind: 'string',
  fields: [
    { ...required(text('sku', 40, 'sku')), unique: true },
    required(text('title', 150)),
    text('description', 4000),
    minor('priceMinor'),
    text('currencyCode', 3, 'currency'),
    { path: 'taxRate', type: { kind: 'number' } },
    count('stockLevel'),
    choice('state', 'active', 'inactive'),
    count('weightGrams'),
    text('ean', 14, 'barcode'),
    joined('categories'),
    text('ownerNote', 2000),
  ],
};

const LINE_ITEMS: FieldSpec[] = [
  { path: 'associations.product', type: { kind: 'reference', entity: 'Product' }, required: true },
  required(count('quantity')),
  required(minor('unitPriceMinor')),
  { path: 'taxRate', type: { kind: 'number' } },
  minor('discountMinor'),
];

const ORDER: EntityContract = {
  name: 'Order',
  collection: 'orders',
  idKind: 'string',
  fields: [
    { ...text('orderNumber', 30, 'number'), unique: true },
    choice('stage', 'open', 'inProgress', 'sent', 'done', 'cancelled', 'refunded', 'disputed'),
    { path: 'placedAt', type: { kind: 'epoch-ms' } },
    text('currencyCode', 3, 'currency'),
    { path: 'associations.customer', type: { kind: 'reference', entity: 'Customer' } },
    { path: 'lineItems', type: { kind: 'object-list', fields: LINE_ITEMS } },
    minor('shippingMinor'),
    minor('totalMinor'),
    text('comment', 500),
    text('ownerNote', 2000),
  ],
};

const ENTITIES = [CUSTOMER, ORDER, PRODUCT];

/** The CRM: opaque ids, camelCase in an envelope, minor units, epoch times. `name` is the spelling in the document. */
export function crmContract(name = 'CRM'): SystemContract {
  return { key: 'crm', name, api: CRM_API, entities: ENTITIES };
}
