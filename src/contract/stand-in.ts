import type { ApiDescription, EntityApi, Route, SystemContract } from './api-description.js';
import { CRM_API, WEBSHOP_API } from './conventions.js';
import type { EntityContract, FieldSpec } from './field.js';

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Whether a stand-in of a convention answers to calls that are made by a description. */
function isSpoken(api: ApiDescription, convention: ApiDescription): boolean {
  const routes = Object.entries(api.routes) as [keyof ApiDescription['routes'], Route | null | undefined][];
  const { many, one, send, id, fields } = convention.record;
  return (
    api.updateMode === convention.updateMode &&
    api.auth.kind === convention.auth.kind &&
    same(api.paging, convention.paging) &&
    same(
      [api.record.many, api.record.one, api.record.send, api.record.id, api.record.fields],
      [many, one, send, id, fields],
    ) &&
    routes.every(([name, route]) => (route ?? null) === null || same(route, convention.routes[name]))
  );
}

const hasOwnWays = ({ api, collection, fields }: EntityContract) =>
  !same(withoutReads(api), {}) ||
  !/^[\w-]+$/.test(collection) ||
  fields.some((field) => field.writePath !== undefined);

const withoutReads = ({ readQuery: _reads, ...rest }: EntityApi = {}) => rest;

/**
 * A contract as a stand-in can keep it: one that describes an API which no stand-in speaks gets the convention of its
 * side, with the same entities and properties. What is learned is then of the document and the sync, not of that API.
 */
export function standInContract(contract: SystemContract, side: 'a' | 'b'): SystemContract {
  const { api, entities } = contract;
  const isKnown = [WEBSHOP_API, CRM_API].some((convention) => isSpoken(api, convention));
  if (isKnown && !entities.some(hasOwnWays)) return contract;
  const convention = side === 'a' ? WEBSHOP_API : CRM_API;
  const { bumpsOnNoChange = convention.bumpsOnNoChange ?? 'yes' } = api;
  return {
    key: contract.key,
    name: contract.name,
    api: { ...convention, baseUrl: `https://${contract.key}.test`, bumpsOnNoChange },
    entities: entities.map(plainEntity),
  };
}

function plainEntity({ api: _own, collection, fields, ...rest }: EntityContract): EntityContract {
  const last = collection.split('/').findLast((part) => part !== '') ?? collection;
  return { ...rest, collection: last.replaceAll(/[^\w-]+/g, '-'), fields: fields.map(plainField) };
}

function plainField({ writePath: _elsewhere, ...field }: FieldSpec): FieldSpec {
  return field;
}
