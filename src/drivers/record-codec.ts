import type { ApiDescription } from '../contract/api-description.js';
import type { Json } from '../contract/field.js';
import { openRecord } from '../contract/http/envelope.js';
import type { StoredRecord } from './ports.js';

/** Takes a record out of an API's body; null when it holds none. */
export function decodeRecord(api: ApiDescription, body: Json, etag: string | null): StoredRecord | null {
  const opened = openRecord(api, body, etag);
  if (opened === null) return null;
  const { id, fields, createdAt, updatedAt, version } = opened;
  const record: StoredRecord = { id, fields, version, updatedAt };
  if (updatedAt !== null || api.record.updatedAt === null) return record;
  return { ...record, updatedAt: createdAt, isNeverUpdated: true };
}
