import type { ApiDescription } from '../api-description.js';
import type { EntityContract, JsonObject } from '../field.js';
import { jsonBody, parameter, ref, schemaName, timeSchema, wrapped } from './parts.js';

/** Query parameters of a listing: paging and the filter for changes. */
export function listParameters({ paging, changedSince }: ApiDescription): JsonObject[] {
  const list: JsonObject[] = [];
  if (paging.kind !== 'none')
    list.push(
      parameter(
        paging.sizeParam,
        'query',
        { type: 'integer', minimum: 1, maximum: 200 },
        'Records on a page',
      ),
    );
  if (paging.kind === 'page')
    list.push(parameter(paging.pageParam, 'query', { type: 'integer', minimum: 1 }, 'Page, from 1'));
  if (paging.kind === 'cursor')
    list.push(parameter(paging.cursorParam, 'query', { type: 'string' }, 'Cursor of the next page'));
  if (changedSince !== null)
    list.push(
      parameter(
        changedSince.param,
        'query',
        changedSince.format === 'iso' ? { type: 'string', format: 'date-time' } : { type: 'integer' },
        'Changed at or after',
      ),
    );
  return list;
}

/** A page of records. */
export function listResponse({ record, paging }: ApiDescription, entity: EntityContract): JsonObject {
  const items: JsonObject = { type: 'array', items: ref(schemaName(entity.name)) };
  const schema = wrapped(record.many, items);
  if (paging.kind === 'cursor' && record.many !== null) addCursor(schema, paging.next);
  const headers: JsonObject =
    paging.kind === 'page' && paging.totalHeader !== null
      ? {
          headers: {
            [paging.totalHeader]: { description: 'Records in all', schema: { type: 'integer' } },
            Link: { description: 'The next page', schema: { type: 'string' } },
          },
        }
      : {};
  return { '200': { description: 'A page of records', ...headers, content: jsonBody(schema) } };
}

/** Puts the place of the next cursor beside the records. */
function addCursor(schema: JsonObject, path: string): void {
  const [first = '', ...rest] = path.split('.');
  const properties = schema['properties'] as JsonObject;
  if (properties[first] !== undefined) return;
  const cursor: JsonObject = { type: 'string' };
  properties[first] =
    rest.length === 0
      ? { type: ['string', 'null'] }
      : {
          type: ['object', 'null'],
          properties: (wrapped(rest.join('.'), cursor)['properties'] ?? {}) as JsonObject,
        };
}

/** The query parameter of the listing of deletions. */
export const deletedParameter = ({ deletions }: ApiDescription): JsonObject =>
  parameter(
    deletions?.param ?? 'since',
    'query',
    deletions?.format === 'iso' ? { type: 'string', format: 'date-time' } : { type: 'integer' },
    'Deleted at or after',
  );

/** The listing of deletions. */
export function deletedSchema(api: ApiDescription, entity: EntityContract): JsonObject {
  const id: JsonObject = entity.idKind === 'integer' ? { type: 'integer' } : { type: 'string' };
  const { id: own = 'id', at = 'deleted_at' } = api.deletions ?? {};
  return wrapped(api.record.many, {
    type: 'array',
    items: { type: 'object', properties: { [own]: id, [at]: timeSchema(api) }, required: [own, at] },
  });
}

/** What a search sends. */
export const searchSchema = (): JsonObject => ({
  type: 'object',
  properties: {
    filters: {
      type: 'array',
      items: {
        type: 'object',
        properties: { property: { type: 'string' }, value: {} },
        required: ['property', 'value'],
      },
    },
    limit: { type: 'integer' },
    after: { type: ['string', 'null'] },
  },
  required: ['filters'],
});
