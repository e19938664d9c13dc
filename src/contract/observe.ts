import type { ApiDescription, SystemContract } from './api-description.js';
import type { EntityContract, FieldType, Json, JsonObject } from './field.js';
import { segmentsOf } from './path.js';

/** What an answer showed that its contract does not know. */
export type ObservedDrift = { system: string; entity: string; path: string; what: string };

/** The part of an exchange that is looked at. */
export type Seen = { system: string; url: string; status: number; responseBody: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of JSON types in which a value of a field may come. */
function typesOf({ kind }: FieldType): string[] {
  switch (kind) {
    case 'integer':
    case 'number':
    case 'minor-units':
    case 'epoch-ms':
    case 'date-epoch-ms':
      return ['number'];
    case 'boolean':
      return ['boolean'];
    case 'string-list':
    case 'object-list':
      return ['list'];
    case 'reference':
      return ['number', 'text'];
    case 'untyped':
      return ['text', 'number', 'boolean', 'list'];
    default:
      return ['text'];
  }
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return 'list';
  if (value === null) return 'null';
  if (typeof value === 'object') return 'object';
  return typeof value === 'string' ? 'text' : typeof value;
}

type Node = { types: string[] | null; list: boolean; children: Map<string, Node> };

function treeOf(entity: EntityContract): Map<string, Node> {
  const root = new Map<string, Node>();
  const add = (base: Map<string, Node>, path: string, type: FieldType) => {
    let level = base;
    const segments = segmentsOf(path);
    segments.forEach(({ name, list }, index) => {
      const node = level.get(name) ?? { types: null, list, children: new Map<string, Node>() };
      level.set(name, node);
      if (index === segments.length - 1 && !list) node.types = typesOf(type);
      if (index === segments.length - 1 && type.kind === 'object-list')
        for (const inner of type.fields) add(node.children, inner.path, inner.type);
      level = node.children;
    });
  };
  for (const field of entity.fields) add(root, field.path, field.type);
  return root;
}

/** Watches answers of the systems, and tells each field never named in a contract and each type that changed, once. */
export class ContractObserver {
  private readonly found = new Map<string, ObservedDrift>();
  private readonly trees = new Map<string, { entity: EntityContract; tree: Map<string, Node> }>();
  private readonly apis = new Map<string, ApiDescription>();

  constructor(contracts: SystemContract[]) {
    for (const { name, api, entities } of contracts) {
      this.apis.set(name, api);
      for (const entity of entities)
        this.trees.set(`${name} ${entity.collection}`, { entity, tree: treeOf(entity) });
    }
  }

  see({ system, url, status, responseBody }: Seen): void {
    const api = this.apis.get(system);
    if (api === undefined || status < 200 || status > 299) return;
    const known = this.entityOf(system, api, url);
    if (known === undefined) return;
    for (const record of recordsIn(api, responseBody)) this.look(system, api, known, record);
  }

  findings(): ObservedDrift[] {
    return [...this.found.values()];
  }

  /** Only single records and listings are read: their paths end in the collection, or in it and an id. */
  private entityOf(system: string, api: ApiDescription, url: string) {
    const path = new URL(url).pathname;
    const parts = path.split('/');
    const last = parts.at(-1) ?? '';
    if (['deleted', 'archived', 'revisions'].includes(last)) return undefined;
    return (
      this.trees.get(`${system} ${last}`) ??
      (api.routes.get.path.endsWith('{collection}/{id}')
        ? this.trees.get(`${system} ${parts.at(-2) ?? ''}`)
        : undefined)
    );
  }

  private look(
    system: string,
    { record, concurrency }: ApiDescription,
    { entity, tree }: { entity: EntityContract; tree: Map<string, Node> },
    body: JsonObject,
  ): void {
    const own = new Set(
      [
        record.id,
        record.createdAt,
        record.updatedAt,
        record.fields,
        record.fieldTimes,
        concurrency?.kind === 'version' ? concurrency.path : null,
        record.fields === null ? null : 'archived',
      ].map((path) => path?.split('.')[0]),
    );
    const note = (path: string, what: string) =>
      void this.found.set(`${system} ${entity.name} ${path} ${what}`, {
        system,
        entity: entity.name,
        path,
        what,
      });
    const inside = record.fields === null ? null : body[record.fields];
    if (isObject(inside)) compare(inside, tree, '', note, new Set());
    const top: JsonObject = {};
    for (const [name, value] of Object.entries(body))
      if (record.fields === null || record.besideFields.includes(name) || !own.has(name)) top[name] = value;
    compare(top, tree, '', note, own);
  }
}

function recordsIn(api: ApiDescription, body: Json): JsonObject[] {
  const at = (path: string | null): Json => {
    let place: Json | undefined = body;
    for (const name of path?.split('.') ?? []) place = isObject(place) ? place[name] : undefined;
    return place ?? null;
  };
  const many = at(api.record.many);
  if (Array.isArray(many)) return many.filter(isObject);
  const one = at(api.record.one);
  return isObject(one) && one[api.record.id] !== undefined ? [one] : [];
}

function compare(
  value: JsonObject,
  nodes: Map<string, Node>,
  prefix: string,
  note: (path: string, what: string) => void,
  own: ReadonlySet<string | undefined>,
): void {
  for (const [name, held] of Object.entries(value)) {
    const path = `${prefix}${name}`;
    const node = nodes.get(name);
    if (node === undefined) {
      if (!own.has(name)) note(path, `is not in the contract (${typeName(held)})`);
      continue;
    }
    if (held === null) continue;
    const items = Array.isArray(held) && (node.list || node.children.size > 0) ? held : [held];
    if (node.children.size > 0) {
      for (const item of items)
        if (isObject(item)) compare(item, node.children, `${path}.`, note, new Set());
        else if (item !== null) note(path, `came as ${typeName(item)}, the contract says object`);
    } else if (node.types !== null && !node.types.includes(typeName(held)))
      note(path, `came as ${typeName(held)}, the contract says ${node.types.join(' or ')}`);
  }
}
