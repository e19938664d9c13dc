import type { ApiDescription } from '../contract/api-description.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { unwrapOne } from '../contract/http/envelope.js';
import { dig, accessor, lacks } from './paths.js';
import { takes } from './fit.js';
import { isObject } from './json.js';
import { MalformedAnswer } from './malformed-answer.js';
import type { Answer } from './transport.js';

/**
 * A record as read: `createdAt`, `updatedAt` and `fieldTimes` on the sync's own clock, epoch ms; `stamp` is the update
 * time on the provider's clock, in which its listings are asked for. `createdAt` is null where the provider tells none.
 */
export type Remote = {
  id: string;
  fields: JsonObject;
  stamp: number;
  createdAt: number | null;
  updatedAt: number;
  version: string | null;
  fieldTimes: Record<string, number> | null;
};

/** Whether a record has the object in which its fields lie; without it every field would look empty. */
export function hasFields({ record }: ApiDescription, body: Json): boolean {
  return record.fields === null || isObject(dig(body, record.fields));
}

/** The record that a read answered with. Errors: `MalformedAnswer` for anything else than the one that was asked for. */
export function recordFrom(
  api: ApiDescription,
  { name }: EntityContract,
  id: string,
  answer: Answer,
  remote: Remote | null,
): Remote {
  const said = `the answer to reading ${name} ${id}`;
  if (remote === null) throw new MalformedAnswer(`${said} holds no record`, api.record.id);
  if (remote.id !== id) throw new MalformedAnswer(`${said} holds the record ${remote.id}`, api.record.id);
  if (!hasFields(api, unwrapOne(api, answer.body)))
    throw new MalformedAnswer(`${said} holds no ${api.record.fields ?? 'fields'}`, api.record.fields);
  if (api.concurrency !== null && remote.version === null) {
    const place = api.concurrency.kind === 'version' ? api.concurrency.path : 'ETag';
    throw new MalformedAnswer(`${said} names no version, so that an update could undo an edit`, place);
  }
  return remote;
}

/** An update that replaces the record would empty what the answer left out, and store again what makes no sense. */
export function refuseLoss({ record }: ApiDescription, entity: EntityContract, { id, fields }: Remote): void {
  for (const field of entity.fields) {
    if (field.readOnly === true) continue;
    const value = accessor(field.path).read(fields);
    const isMissing = record.absent === 'missing' && lacks(field.path, fields);
    if (!isMissing && takes(field, value ?? null)) continue;
    const why = isMissing ? 'is missing' : 'holds what it cannot';
    const message = `${field.path} of ${entity.name} ${id} ${why}, and an update would store that`;
    throw new MalformedAnswer(message, field.path);
  }
}
