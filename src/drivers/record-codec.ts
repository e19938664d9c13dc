import { cloneJson } from '../contract/clone-json.js';
import type { ApiDescription } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { getPath } from '../contract/path.js';
import type { StoredRecord } from './ports.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Takes a record out of an API's envelope; null when the body holds none. */
export function decodeRecord(api: ApiDescription, body: Json, version: string | null): StoredRecord | null {
  if (!isObject(body)) return null;
  const { record } = api;
  const id = getPath(body, record.id);
  if (id === null) return null;
  const fields: JsonObject = {};
  const source = record.fields === null ? body : getPath(body, record.fields);
  if (isObject(source)) Object.assign(fields, cloneJson(source));
  for (const name of record.besideFields) {
    if (body[name] !== undefined) fields[name] = cloneJson(body[name]);
  }
  if (record.fields === null) {
    for (const name of [record.id, record.createdAt, record.updatedAt])
      if (name !== null) delete fields[name];
  }
  const stamp = record.updatedAt === null ? null : getPath(body, record.updatedAt);
  const inBody = api.concurrency?.kind === 'version' ? getPath(body, api.concurrency.path) : null;
  return {
    id: String(id),
    fields,
    updatedAt: typeof stamp === 'number' ? stamp : typeof stamp === 'string' ? Date.parse(stamp) : null,
    version: inBody === null ? version : String(inBody),
  };
}

/** Puts fields into the envelope that an API expects in a body. */
export function encodeFields(api: ApiDescription, fields: JsonObject): JsonObject {
  if (api.record.fields === null) return fields;
  const inside: JsonObject = {};
  const body: JsonObject = { [api.record.fields]: inside };
  for (const [name, value] of Object.entries(fields)) {
    if (api.record.besideFields.includes(name)) body[name] = value;
    else inside[name] = value;
  }
  return body;
}

export function routeUrl(
  api: ApiDescription,
  path: string,
  entity: EntityContract,
  id: string | null,
): string {
  return `${api.baseUrl}${path.replace('{collection}', entity.collection).replace('{id}', encodeURIComponent(id ?? ''))}`;
}
