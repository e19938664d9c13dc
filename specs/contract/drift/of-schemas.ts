import { body, CRM, field, inRecords, SHOP, type Drift } from './drift.js';

/** Fields that are renamed, removed, retyped, newly required, narrowed or widened. */
export const SCHEMA_DRIFTS: Drift[] = [
  {
    name: 'a field is removed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'phone', () => []),
    breaking: true,
  },
  {
    name: 'a field is renamed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'phone', (own) => [{ ...own, path: 'telephone' }]),
    breaking: true,
  },
  {
    name: 'a nested field is removed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'billing_address.city', () => []),
    breaking: true,
  },
  {
    name: 'a text becomes a number',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'barcode', (own) => [
      { ...own, type: { kind: 'integer', min: 0, max: 1e15 } },
    ]),
    breaking: true,
  },
  {
    name: 'a number becomes a text',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'stock', (own) => [{ ...own, type: { kind: 'string', maxLength: 20 } }]),
    breaking: true,
  },
  {
    name: 'money becomes minor units',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'price', (own) => [{ ...own, type: { kind: 'minor-units' } }]),
    breaking: true,
  },
  {
    name: 'money gets another scale',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'price', (own) => [{ ...own, type: { kind: 'decimal-string', scale: 4 } }]),
    breaking: true,
  },
  {
    name: 'a choice loses values',
    contract: SHOP,
    check: 'webshop/order/create/stores-what-was-sent',
    now: field(SHOP, 'Order', 'status', (own) => [{ ...own, type: { kind: 'enum', values: ['paid'] } }]),
    breaking: true,
  },
  {
    name: 'a choice gains a value',
    contract: SHOP,
    check: 'webshop/customer/create/status-unknown-value',
    now: field(SHOP, 'Customer', 'status', (own) => [
      {
        ...own,
        type: { kind: 'enum', values: ['active', 'disabled', 'invited', 'archived', 'surely-unknown'] },
      },
    ]),
    breaking: true,
  },
  {
    name: 'a text may be longer',
    contract: SHOP,
    check: 'webshop/customer/create/first_name-too-long',
    now: field(SHOP, 'Customer', 'first_name', (own) => [
      { ...own, type: { kind: 'string', maxLength: 500, format: 'first-name' } },
    ]),
    breaking: false,
  },
  {
    name: 'a text must be shorter',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'description', (own) => [{ ...own, type: { kind: 'string', maxLength: 3 } }]),
    breaking: true,
  },
  {
    name: 'a new field is required',
    contract: SHOP,
    check: 'webshop/customer/create/returns-the-record',
    now: field(SHOP, 'Customer', 'email', (own) => [
      own,
      { path: 'consent_id', type: { kind: 'string', maxLength: 20 }, required: true },
    ]),
    breaking: true,
  },
  {
    name: 'a new field is optional',
    contract: SHOP,
    check: 'webshop/customer/get/returns-the-record',
    now: field(SHOP, 'Customer', 'email', (own) => [
      own,
      { path: 'nickname', type: { kind: 'string', maxLength: 20 } },
    ]),
    breaking: false,
  },
  {
    name: 'a field may no longer be empty',
    contract: SHOP,
    check: 'webshop/customer/update/clears',
    now: field(SHOP, 'Customer', 'internal_note', (own) => [{ ...own, required: true }]),
    breaking: true,
  },
  {
    name: 'a required field may be left out',
    contract: SHOP,
    check: 'webshop/product/create/name-null',
    breaking: false,
    now: field(SHOP, 'Product', 'name', (own) => [{ ...own, required: false }]),
  },
  {
    name: 'a date becomes an instant',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'date_of_birth', (own) => [{ ...own, type: { kind: 'datetime' } }]),
    breaking: true,
  },
  {
    name: 'a list becomes a text',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    now: field(SHOP, 'Customer', 'tags', (own) => [
      { ...own, type: { kind: 'joined-list', separator: ';', maxLength: 200 } },
    ]),
    breaking: true,
  },
  {
    name: 'a yes or no becomes a text',
    contract: SHOP,
    check: 'webshop/product/create/stores-what-was-sent',
    now: field(SHOP, 'Product', 'active', (own) => [
      { ...own, type: { kind: 'enum', values: ['yes', 'no'] } },
    ]),
    breaking: true,
  },
  {
    name: 'a member of a line is removed',
    contract: SHOP,
    check: 'webshop/order/create/stores-what-was-sent',
    now: field(SHOP, 'Order', 'lines', (own) => [
      own.type.kind !== 'object-list'
        ? own
        : { ...own, type: { ...own.type, fields: own.type.fields.filter((one) => one.path !== 'discount') } },
    ]),
    breaking: true,
  },
  {
    name: 'text is trimmed',
    contract: SHOP,
    check: 'webshop/customer/create/stores-what-was-sent',
    breaking: true,
    answers: body(
      inRecords((record) =>
        typeof record['company'] === 'string'
          ? { ...record, company: record['company'].toUpperCase() }
          : record,
      ),
    ),
  },
  {
    name: 'a property of the CRM is removed',
    contract: CRM,
    check: 'crm/customer/create/stores-what-was-sent',
    now: field(CRM, 'Customer', 'phone', () => []),
    breaking: true,
  },
  {
    name: 'a property of the CRM is retyped',
    contract: CRM,
    check: 'crm/product/create/stores-what-was-sent',
    now: field(CRM, 'Product', 'priceMinor', (own) => [
      { ...own, type: { kind: 'decimal-string', scale: 2 } },
    ]),
    breaking: true,
  },
  {
    name: 'a choice of the CRM gains a value',
    contract: CRM,
    check: 'crm/customer/create/lifecycle-unknown-value',
    now: field(CRM, 'Customer', 'lifecycle', (own) => [
      { ...own, type: { kind: 'enum', values: ['active', 'blocked', 'lead', 'churned', 'surely-unknown'] } },
    ]),
    breaking: true,
  },
  {
    name: 'a property of the CRM is newly required',
    contract: CRM,
    check: 'crm/order/create/returns-the-record',
    now: field(CRM, 'Order', 'stage', (own) => [
      own,
      { path: 'ownerId', type: { kind: 'string', maxLength: 20 }, required: true },
    ]),
    breaking: true,
  },
];
