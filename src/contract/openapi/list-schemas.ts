import type { ApiDescription } from '../api-description.js';
import type { EntityContract, JsonObject } from '../field.js';
import { jsonBody, parameter, ref, timeSchema } from './parts.js';

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
  const items: JsonObject = { type: 'array', items: ref(entity.name) };
  const next: JsonObject = {
    type: ['object', 'null'],
    properties: { next: { type: 'object', properties: { after: { type: 'string' } }, required: ['after'] } },
  };
  const schema: JsonObject =
    record.many === null
      ? items
      : {
          type: 'object',
          properties: { [record.many]: items, ...(paging.kind === 'cursor' ? { paging: next } : {}) },
          required: [record.many],
        };
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

/** The query parameter of the listing of deletions. */
export const deletedParameter = ({ changedSince }: ApiDescription): JsonObject =>
  changedSince?.format === 'iso'
    ? parameter('since', 'query', { type: 'string', format: 'date-time' }, 'Deleted at or after')
    : parameter('updatedAfter', 'query', { type: 'integer' }, 'Deleted at or after');

/** The listing of deletions. */
export function deletedSchema(api: ApiDescription, entity: EntityContract): JsonObject {
  const id: JsonObject = entity.idKind === 'integer' ? { type: 'integer' } : { type: 'string' };
  const at = api.changedSince?.format === 'iso' ? 'deleted_at' : 'archivedAt';
  const items: JsonObject = {
    type: 'array',
    items: { type: 'object', properties: { id, [at]: timeSchema(api) }, required: ['id', at] },
  };
  return api.record.many === null
    ? items
    : { type: 'object', properties: { [api.record.many]: items }, required: [api.record.many] };
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
