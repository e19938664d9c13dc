import type { EntityApi } from './api-description.js';

/** A JSON value as it travels over an API. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * How a system represents one field on the wire. `decimal-string` is `"12.50"` with `scale` digits,
 * `minor-units` the same amount as the integer 1250, `date` is `YYYY-MM-DD`, `datetime` ISO 8601 with zone,
 * `epoch-ms` milliseconds, `date-epoch-ms` midnight UTC of a calendar day in milliseconds, `joined-list` one
 * string such as `a;b`, `untyped` a scalar or list of texts of which the
 * document says no more.
 */
export type FieldType =
  | { kind: 'string'; maxLength: number; format?: StringFormat }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'number' }
  | { kind: 'decimal-string'; scale: number }
  | { kind: 'minor-units' }
  | { kind: 'boolean' }
  | { kind: 'date' }
  | { kind: 'datetime' }
  | { kind: 'epoch-ms' }
  | { kind: 'date-epoch-ms' }
  | { kind: 'enum'; values: string[] }
  | { kind: 'string-list'; maxLength: number; allowed?: string[] }
  | { kind: 'joined-list'; separator: string; maxLength: number; allowed?: string[] }
  | { kind: 'reference'; entity: string }
  | { kind: 'object-list'; fields: FieldSpec[] }
  | { kind: 'untyped' };

export type StringFormat =
  | 'email'
  | 'phone'
  | 'postcode'
  | 'country'
  | 'currency'
  | 'url'
  | 'first-name'
  | 'last-name'
  | 'company'
  | 'street'
  | 'city'
  | 'vat'
  | 'sku'
  | 'barcode'
  | 'number'
  | 'pattern';

/** What a text looks like whose provider enforces no format; a calendar day and an instant are in ISO form. */
export type SampleHint = StringFormat | 'day' | 'instant';

/**
 * One field of an entity. `path` is dotted (`billing_address.postcode`); `[]` marks a list that is passed through
 * (`Emails[].Value`). A field that is not `required` may be null. `unique` is enforced by the provider.
 * `normalises` names what the provider does to a value before it stores it.
 */
export type FieldSpec = {
  path: string;
  type: FieldType;
  required?: boolean;
  readOnly?: boolean;
  /** Set when a record is made, and never changed afterwards. */
  createOnly?: boolean;
  unique?: boolean;
  normalises?: 'lower-case' | 'trim';
  pattern?: string;
  /** What values look like where the provider enforces no format; for samples only. */
  hint?: SampleHint;
  example?: Json;
  /** Path under which a value is written where it differs from the one it is read at. */
  writePath?: string;
};

/** An entity of a system: `name` is singular (`Customer`), `collection` its path segment (`customers`). */
export type EntityContract = {
  name: string;
  collection: string;
  idKind: 'integer' | 'string';
  fields: FieldSpec[];
  /** Where this entity's part of the API differs. */
  api?: EntityApi;
};
