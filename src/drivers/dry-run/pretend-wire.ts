import type { ApiDescription, TimeFormat } from '../../contract/api-description.js';
import { cloneJson } from '../../contract/clone-json.js';
import type { EntityContract, Json, JsonObject } from '../../contract/field.js';
import { renderTime } from '../../contract/http/time.js';
import { getPath, setInPlace } from '../../contract/path.js';
import type { PretendRecord } from './pretend-records.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a create or update as it was sent: what `bodyOf` put together, taken apart again. */
export function fieldsSent(api: ApiDescription, entity: EntityContract, body: JsonObject): JsonObject {
  const { record, concurrency, idempotency } = api;
  const sent = record.send ? body[record.send] : body;
  const outer = isObject(sent) ? cloneJson(sent) : {};
  const extras = [
    concurrency?.kind === 'version' ? concurrency.path : null,
    idempotency?.kind === 'body' ? idempotency.path : null,
  ];
  for (const name of extras) if (name !== null) delete outer[name];
  let fields = outer;
  if (record.fields !== null) {
    const inner = outer[record.fields];
    fields = isObject(inner) ? inner : {};
    for (const name of record.besideFields) if (outer[name] !== undefined) fields[name] = outer[name];
  }
  for (const { path, writePath } of entity.fields) {
    if (writePath === undefined) continue;
    const value = getPath(fields, writePath);
    if (value === null) continue;
    delete fields[writePath.split('.')[0] ?? writePath];
    setInPlace(fields, path, value);
  }
  return fields;
}

/** A record as the API shows it, without the envelope of one answer. */
export function shownRecord(api: ApiDescription, entity: EntityContract, one: PretendRecord): JsonObject {
  const { record, concurrency } = api;
  const fields = cloneJson(one.fields);
  const body: JsonObject = {};
  if (record.fields === null) Object.assign(body, fields);
  else {
    for (const name of record.besideFields) {
      if (fields[name] !== undefined) body[name] = fields[name];
      delete fields[name];
    }
    setInPlace(body, record.fields, fields);
  }
  setInPlace(body, record.id, entity.idKind === 'integer' ? Number(one.id) : one.id);
  if (record.createdAt !== null) setInPlace(body, record.createdAt, time(one.createdAt, record.timeFormat));
  if (record.updatedAt !== null) setInPlace(body, record.updatedAt, time(one.updatedAt, record.timeFormat));
  if (record.fieldTimes !== null) body[record.fieldTimes] = times(one, record.timeFormat);
  if (concurrency?.kind === 'version') setInPlace(body, concurrency.path, one.version);
  return body;
}

/** Members at paths such as `billing.city` keep their dots: it is a table, not a record. */
function times(one: PretendRecord, format: TimeFormat): JsonObject {
  return Object.fromEntries(Object.entries(one.times).map(([path, at]) => [path, time(at, format)]));
}

export const time = (at: number, format: TimeFormat): Json =>
  format === 'iso' ? renderTime(at, format) : Number(renderTime(at, format));

export const enveloped = (path: string | null, body: Json): Json => {
  if (path === null) return body;
  const outer: JsonObject = {};
  setInPlace(outer, path, body);
  return outer;
};
