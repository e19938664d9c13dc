import type { ApiDescription } from '../contract/api-description.js';
import type { Json } from '../contract/field.js';
import { openRecord } from '../contract/http/envelope.js';
import type { StoredRecord } from './ports.js';

/** Takes a record out of an API's body; null when it holds none. */
export function decodeRecord(api: ApiDescription, body: Json, etag: string | null): StoredRecord | null {
  const opened = openRecord(api, body, etag);
  if (opened === null) return null;
  const { id, fields, createdAt, updatedAt, version } = opened;
  return { id, fields, version, updatedAt: updatedAt ?? (api.record.updatedAt === null ? null : createdAt) };
}
