import type { ApiDescription, TimeFormat } from '../api-description.js';
import { cloneJson } from '../clone-json.js';
import type { EntityContract, Json, JsonObject } from '../field.js';
import { getPath, setInPlace } from '../path.js';
import { readTime } from './time.js';

/** A record out of its envelope. `updatedAt` is the provider's own, `createdAt` stands in where that is null. */
export type OpenedRecord = {
  id: string;
  fields: JsonObject;
  createdAt: number | null;
  updatedAt: number | null;
  version: string | null;
  fieldTimes: Record<string, number> | null;
};

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An id or a version is a text or a number; anything else is none. */
const scalar = (value: Json): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

/** The record of a get, create or update answer, without the envelope around it. */
export function unwrapOne({ record }: ApiDescription, body: Json): Json {
  return record.one === null || !isObject(body) ? body : getPath(body, record.one);
}

/** Takes a record apart; null when the body holds none. The fields share what lies in them with the body. */
export function openRecord(api: ApiDescription, body: Json, etag: string | null): OpenedRecord | null {
  if (!isObject(body)) return null;
  const { record, concurrency } = api;
  const id = scalar(getPath(body, record.id));
  if (id === null || id === '') return null;
  const versionPath = concurrency?.kind === 'version' ? concurrency.path : null;
  const fields =
    record.fields === null
      ? without(body, [record.id, record.createdAt, record.updatedAt, versionPath])
      : { ...asObject(getPath(body, record.fields)) };
  if (record.fields !== null)
    for (const name of record.besideFields) if (body[name] !== undefined) fields[name] = body[name];
  const inBody = versionPath === null ? null : scalar(getPath(body, versionPath));
  const times = record.fieldTimes === null ? null : getPath(body, record.fieldTimes);
  const timeAt = (path: string | null) =>
    path === null ? null : readTime(getPath(body, path), record.timeFormat);
  return {
    id: String(id),
    fields,
    createdAt: timeAt(record.createdAt),
    updatedAt: timeAt(record.updatedAt),
    version: inBody === null ? etag : String(inBody),
    fieldTimes: isObject(times) ? momentsOf(times, record.timeFormat) : null,
  };
}

function momentsOf(times: JsonObject, format: TimeFormat): Record<string, number> {
  const moments: Record<string, number> = {};
  for (const path of Object.keys(times)) {
    const at = readTime(times[path], format);
    if (at !== null) moments[path] = at;
  }
  return moments;
}

const asObject = (value: Json): JsonObject => (isObject(value) ? value : {});

/** Builds the object anew: one that members were deleted from is slow ever after. */
function without(body: JsonObject, left: (string | null)[]): JsonObject {
  const fields: JsonObject = {};
  for (const name of Object.keys(body)) {
    const value = body[name];
    if (value !== undefined && !left.includes(name)) fields[name] = value;
  }
  return fields;
}

/** The body of a create or update: fields in their envelope, `extras` (a version, a key) at their paths. */
export function bodyOf(
  api: ApiDescription,
  entity: EntityContract,
  fields: JsonObject,
  extras: Record<string, Json> = {},
): JsonObject {
  const { record } = api;
  const written = writable(entity, fields);
  let body: JsonObject = written === fields ? { ...fields } : written;
  if (record.fields !== null) {
    const inside: JsonObject = {};
    const outer: JsonObject = { [record.fields]: inside };
    for (const [name, value] of Object.entries(body))
      (record.besideFields.includes(name) ? outer : inside)[name] = value;
    body = outer;
  }
  for (const [path, value] of Object.entries(extras)) setInPlace(body, path, value);
  return record.send === undefined || record.send === '' ? body : { [record.send]: body };
}

/** Fields without those that cannot be written, and under the paths they are written at. */
function writable(entity: EntityContract, fields: JsonObject): JsonObject {
  const special = entity.fields.filter((field) => field.readOnly === true || field.writePath !== undefined);
  if (special.length === 0) return fields;
  const copy = cloneJson(fields);
  for (const { path, readOnly, writePath } of special) {
    const value = take(copy, path);
    if (value !== undefined && readOnly !== true && writePath !== undefined)
      setInPlace(copy, writePath, value);
  }
  return copy;
}

/** Removes what stands at a dotted path and gives it; an object left empty by that goes with it. */
function take(record: JsonObject, path: string): Json | undefined {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    const value = record[head];
    delete record[head];
    return value;
  }
  const inner = record[head];
  if (!isObject(inner)) return undefined;
  const value = take(inner, rest.join('.'));
  if (value !== undefined && Object.keys(inner).length === 0) delete record[head];
  return value;
}
