import type { ApiDescription, EntityApi, Route, SystemContract } from '../../contract/api-description.js';
import { CRM_API, REST_API, WEBSHOP_API } from '../../contract/conventions.js';
import type { EntityContract, FieldSpec } from '../../contract/field.js';
import type { JsonObject } from '../../contract/field.js';
import { importFields, schemaNames } from '../../contract/openapi/import.js';
import { InputError } from '../../document/input-error.js';
import type { ProfileApi } from './api-schema.js';
import type { ProfileField } from './field-schema.js';
import { nearest } from './nearest.js';
import { fieldOf } from './resolve-field.js';
import type { ProfileEntity, ProfileSystem } from './system-schema.js';

const PRESETS = { webshop: WEBSHOP_API, crm: CRM_API, rest: REST_API };

/** Where an entry of the profile stands, as `file:line`; the path begins below the system. */
export type Locate = (path: PropertyKey[]) => string;

/** The contract of a system with what its profile says of the API and the entities. Errors: `InputError`. */
export function resolveSystem(
  contract: SystemContract,
  system: ProfileSystem,
  locate: Locate,
  openapi: JsonObject | undefined = undefined,
): SystemContract {
  const { api: given, entities = {} } = system;
  const api = given === undefined ? contract.api : resolveApi(given);
  const imported = (entity: EntityContract) =>
    openapi === undefined ? entity : fromOpenApi(entity, entities[entity.name], api, openapi, locate);
  const resolved: SystemContract = {
    ...contract,
    api,
    entities: resolveEntities(contract, system, entities, locate, imported),
  };
  if (given !== undefined) resolved.origin = locate(['api']);
  return resolved;
}

/** A preset with what the profile changes in it. */
export function resolveApi(given: ProfileApi): ApiDescription {
  const preset = PRESETS[given.preset];
  const { deletions, concurrency, idempotency, webhooks } = given;
  const common = entityApi(given);
  const api: ApiDescription = {
    ...preset,
    ...common,
    baseUrl: (given.baseUrl ?? 'http://unset.invalid').replace(/\/+$/, ''),
    routes: { ...preset.routes, ...common.routes },
    record: { ...preset.record, ...common.record },
  };
  if (given.auth !== undefined) api.auth = given.auth;
  if (given.baseUrlEnv !== undefined) api.baseUrlEnv = given.baseUrlEnv;
  if (given.headers !== undefined) api.headers = given.headers;
  if (concurrency !== undefined) {
    if (concurrency === 'none') api.concurrency = null;
    else if (concurrency === 'etag') api.concurrency = { kind: 'etag' };
    else api.concurrency = { kind: 'version', path: concurrency.version };
  }
  if (idempotency !== undefined) {
    if (idempotency === 'none') api.idempotency = null;
    else if ('header' in idempotency) api.idempotency = { kind: 'header', name: idempotency.header };
    else api.idempotency = { kind: 'body', path: idempotency.body };
  }
  if (webhooks !== undefined) api.webhooks = webhooks === 'none' ? null : webhooks;
  if (given.missingStatuses !== undefined) api.missingStatuses = given.missingStatuses;
  if (given.rateLimit !== undefined) api.rateLimit = given.rateLimit;
  if (given.bumpsOnNoChange !== undefined) api.bumpsOnNoChange = given.bumpsOnNoChange;
  if (given.nullUntilUpdate !== undefined) api.nullUntilUpdate = given.nullUntilUpdate;
  if (typeof deletions === 'object') {
    api.deletions = deletions;
    api.deletionsShow = 'feed';
  } else if (deletions !== undefined) {
    api.deletionsShow = deletions;
    api.routes = { ...api.routes, deleted: null };
  }
  if (api.routes.deleted === null) delete api.deletions;
  return api;
}

type Given = Pick<ProfileEntity, 'routes' | 'record' | 'updateMode' | 'paging' | 'changedSince' | 'filter'>;

/** The entries that an API and an entity may both set. */
function entityApi(given: Given): EntityApi {
  const api: EntityApi = {};
  const { routes, record, updateMode, paging, changedSince, filter } = given;
  if (routes !== undefined)
    api.routes = Object.fromEntries(Object.entries(routes).map(([name, text]) => [name, routeOf(text)]));
  if (record !== undefined) {
    api.record = Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name, value === 'none' ? null : value]),
    );
    if (record.send === 'none') api.record.send = '';
  }
  if (updateMode !== undefined) api.updateMode = updateMode;
  if (paging !== undefined) api.paging = paging.kind === 'page' ? { ...paging, totalHeader: null } : paging;
  if (changedSince !== undefined) api.changedSince = changedSince === 'none' ? null : sinceOf(changedSince);
  if (filter !== undefined) {
    api.filterByField = filter !== 'none';
    if (filter !== 'none') api.filterParam = filter;
  }
  return api;
}

function sinceOf({ param, format }: { param: string | string[]; format: 'iso' | 'epoch-ms' | 'epoch-s' }) {
  const [first = '', ...rest] = typeof param === 'string' ? [param] : param;
  return rest.length === 0 ? { param: first, format } : { param: first, format, alsoParams: rest };
}

function routeOf(text: string | undefined): Route | null | undefined {
  if (text === undefined) return undefined;
  if (text === 'none') return null;
  const [method = '', path = ''] = text.split(' ');
  return { method: method as Route['method'], path };
}

function resolveEntities(
  contract: SystemContract,
  system: ProfileSystem,
  given: Record<string, ProfileEntity>,
  locate: Locate,
  imported: (entity: EntityContract) => EntityContract,
): EntityContract[] {
  const before = system.contract === 'profile' ? [] : contract.entities;
  const names = Object.keys(given);
  const made = names
    .filter((name) => before.every((entity) => entity.name !== name))
    .map((name): EntityContract => {
      if (system.contract !== 'profile') throw unknownEntity(name, before, contract.name, locate);
      const collection = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}s`;
      return { name, collection, idKind: 'string', fields: [] };
    });
  return [...before, ...made].map((entity) => {
    const entry = given[entity.name];
    const own = imported(entity);
    return entry === undefined ? own : resolveEntity(own, entry, locate);
  });
}

/** An entity with the fields of its schema in the provider's own OpenAPI file. Errors: `InputError` without one. */
function fromOpenApi(
  entity: EntityContract,
  entry: ProfileEntity | undefined,
  api: ApiDescription,
  openapi: JsonObject,
  locate: Locate,
): EntityContract {
  const collection = entry?.collection?.replace(/^\/+|\/+$/g, '') ?? entity.collection;
  const fields = importFields(openapi, { ...entity, collection }, api, entry?.schema);
  if (fields !== null && fields.length > 0) return { ...entity, fields };
  const names = schemaNames(openapi);
  throw new InputError({
    code: 'no-schema',
    message: `the OpenAPI file describes no fields of ${entity.name}`,
    where: locate(entry?.schema === undefined ? ['openapi'] : ['entities', entity.name, 'schema']),
    expected: names.length === 0 ? 'a schema for each entity' : `one of ${names.join(', ')}`,
    found: entry?.schema ?? `no schema ${entity.name} and no body of a create at ${collection}`,
    remedy: `name the schema under entities.${entity.name}.schema, or correct the collection`,
  });
}

function unknownEntity(name: string, known: EntityContract[], system: string, locate: Locate): InputError {
  const names = known.map((entity) => entity.name);
  const near = nearest(name, names);
  return new InputError({
    code: 'unknown-entity',
    message: `the contract of ${system} holds no entity ${name}`,
    where: locate(['entities', name]),
    expected: names.join(', '),
    found: name,
    remedy:
      near === null
        ? 'name an entity of the document, or set "contract: profile" to give the entities here'
        : `did you mean "${near}"?`,
  });
}

function resolveEntity(entity: EntityContract, entry: ProfileEntity, locate: Locate): EntityContract {
  const at = (...path: string[]) => locate(['entities', entity.name, ...path]);
  const paths = entity.fields.map((field) => field.path);
  for (const [index, path] of (entry.omit ?? []).entries())
    if (!paths.includes(path))
      throw new InputError({
        code: 'unknown-property',
        message: `${entity.name} has no property ${path} to leave out`,
        where: locate(['entities', entity.name, 'omit', index]),
        expected: paths.join(', ') || 'a property of the entity',
        found: path,
        remedy: 'remove the line, or correct the path',
      });
  const fields = new Map(
    entity.fields.filter(({ path }) => entry.omit?.includes(path) !== true).map((one) => [one.path, one]),
  );
  for (const [path, field] of Object.entries(entry.fields ?? {}))
    fields.set(path, mergeField(path, field, fields.get(path), at('fields', path)));
  const api: EntityApi = { ...entity.api, ...entityApi(entry) };
  if (entry.readQuery !== undefined) api.readQuery = entry.readQuery;
  const resolved: EntityContract = { ...entity, fields: [...fields.values()] };
  if (entry.collection !== undefined) resolved.collection = entry.collection.replace(/^\/+|\/+$/g, '');
  if (entry.idKind !== undefined) resolved.idKind = entry.idKind;
  if (Object.keys(api).length > 0) resolved.api = api;
  return resolved;
}

function mergeField(
  path: string,
  given: ProfileField,
  before: FieldSpec | undefined,
  where: string,
): FieldSpec {
  if (given.type === undefined && before === undefined)
    throw new InputError({
      code: 'field-without-type',
      message: `the property ${path} has no type`,
      where,
      expected: 'a "type", since the contract holds no such property yet',
      found: path,
      remedy: 'add for example "type: string", or correct the path',
    });
  return fieldOf(path, given, before);
}
