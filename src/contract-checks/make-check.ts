import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../contract/field.js';
import { openRecord } from '../contract/http/envelope.js';
import { schemaName } from '../contract/openapi/parts.js';
import { setInPlace } from '../contract/path.js';
import { isBreaking, NotOffered, type CheckTraits, type ContractCheck } from './check.js';
import type { Asked, Probe } from './probe.js';

/** The remedy where only a stand-in can show something. */
export const NO_CONTROL = 'verify it against the stand-in, or in a sandbox of the provider';

export type Make = (
  operation: string,
  topic: string,
  title: string,
  run: ContractCheck['run'],
  traits?: CheckTraits,
) => ContractCheck;

const idPart = (name: string) => schemaName(name).toLowerCase().replaceAll('_', '-');

/** Makes checks of one entity, with ids such as `webshop/order/create/returns-the-record`. */
export function maker({ key }: SystemContract, entity: EntityContract): Make {
  return (operation, topic, title, run, traits = {}) => ({
    id: `${key}/${idPart(entity.name)}/${operation}/${topic}`,
    system: key,
    entity: entity.name,
    operation: `${operation}${schemaName(entity.name)}`,
    title,
    breaking: isBreaking(topic),
    run,
    ...traits,
  });
}

/** Update of one record, with the version that was read where the provider keeps versions. */
export async function update(
  probe: Probe,
  entity: EntityContract,
  id: string,
  changes: Record<string, Json>,
  asked: Asked = {},
) {
  const api = probe.apiOf(entity);
  const read = await probe.call(api.routes.get, entity, id);
  const whole = probe.shown(entity, read.body);
  for (const name of [api.record.id, api.record.createdAt, api.record.updatedAt])
    if (name !== null) delete whole[name];
  const fields: JsonObject = api.updateMode === 'replace' ? whole : {};
  for (const [path, value] of Object.entries(changes)) setInPlace(fields, path, value);
  return probe.call(api.routes.update, entity, id, { ...asked, body: probe.encode(entity, fields) });
}

/** A text field that nobody minds being changed. */
export function plainField(entity: EntityContract): string {
  const field = entity.fields.find(
    (one) =>
      one.type.kind === 'string' &&
      one.type.format === undefined &&
      one.unique !== true &&
      one.required !== true &&
      !one.path.includes('.'),
  );
  const other = entity.fields.find((one) => one.type.kind === 'string' && one.unique !== true);
  const path = field?.path ?? other?.path;
  if (path === undefined)
    throw new NotOffered(
      `${entity.name} has no text that may be changed`,
      'add such a field to its contract',
    );
  return path;
}

/** The update time that a record shows, epoch ms; NaN where it shows none. */
export function timeOf(probe: Probe, entity: EntityContract, body: Json): number {
  const record = openRecord(probe.apiOf(entity), probe.record(entity, body) ?? body, null);
  return record?.updatedAt ?? Number.NaN;
}

/** Whether a value of a field stands by itself: neither a reference nor a list of objects. */
export const isPlain = ({ type }: FieldSpec): boolean =>
  type.kind !== 'reference' && type.kind !== 'object-list';
