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

/** An entity's contract; `own` names what the envelope adds beside its fields. */
type Known = { entity: EntityContract; tree: Map<string, Node>; own: ReadonlySet<string> };

/** Watches answers of the systems, and tells each field never named in a contract and each type that changed, once. */
export class ContractObserver {
  private readonly found = new Map<string, ObservedDrift>();
  private readonly trees = new Map<string, Known>();
  private readonly apis = new Map<string, ApiDescription>();
  /** Records that were looked at: an answer from this process may hold one that an earlier answer held. */
  private readonly looked = new WeakSet<JsonObject>();

  constructor(contracts: SystemContract[]) {
    for (const { name, api, entities } of contracts) {
      this.apis.set(name, api);
      for (const entity of entities)
        this.trees.set(`${name} ${entity.collection}`, { entity, tree: treeOf(entity), own: ownNames(api) });
    }
  }

  see({ system, url, status, responseBody }: Seen): void {
    const api = this.apis.get(system);
    if (api === undefined || status < 200 || status > 299) return;
    const records = recordsIn(api, responseBody);
    if (records.length === 0) return;
    const known = this.entityOf(system, api, url);
    if (known === undefined) return;
    for (const record of records) {
      if (this.looked.has(record)) continue;
      this.looked.add(record);
      this.look(system, api, known, record);
    }
  }

  findings(): ObservedDrift[] {
    return [...this.found.values()];
  }

  /** Only single records and listings are read: their paths end in the collection, or in it and an id. */
  private entityOf(system: string, api: ApiDescription, url: string): Known | undefined {
    const query = url.indexOf('?');
    const end = query < 0 ? url.length : query;
    const slash = url.lastIndexOf('/', end - 1);
    const last = url.slice(slash + 1, end);
    if (last === 'deleted' || last === 'archived' || last === 'revisions') return undefined;
    const listed = this.trees.get(`${system} ${last}`);
    if (listed !== undefined || !api.routes.get.path.endsWith('{collection}/{id}')) return listed;
    return this.trees.get(`${system} ${url.slice(url.lastIndexOf('/', slash - 1) + 1, slash)}`);
  }

  private look(
    system: string,
    { record }: ApiDescription,
    { entity, tree, own }: Known,
    body: JsonObject,
  ): void {
    const note = (path: string, what: string) =>
      void this.found.set(`${system} ${entity.name} ${path} ${what}`, {
        system,
        entity: entity.name,
        path,
        what,
      });
    if (record.fields === null) return compare(body, tree, '', note, own);
    const inside = body[record.fields];
    if (isObject(inside)) compare(inside, tree, '', note, NONE);
    for (const name of Object.keys(body))
      if (record.besideFields.includes(name) || !own.has(name))
        compareOne(name, body[name] ?? null, tree, '', note, own);
  }
}

const NONE: ReadonlySet<string> = new Set();

function ownNames({ record, concurrency }: ApiDescription): ReadonlySet<string> {
  const paths = [
    record.id,
    record.createdAt,
    record.updatedAt,
    record.fields,
    record.fieldTimes,
    concurrency?.kind === 'version' ? concurrency.path : null,
    record.fields === null ? null : 'archived',
  ];
  return new Set(paths.flatMap((path) => path?.split('.')[0] ?? []));
}

function recordsIn(api: ApiDescription, body: Json): JsonObject[] {
  if (body === null) return [];
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

type Note = (path: string, what: string) => void;

function compare(
  value: JsonObject,
  nodes: Map<string, Node>,
  prefix: string,
  note: Note,
  own: ReadonlySet<string>,
): void {
  for (const name of Object.keys(value)) compareOne(name, value[name] ?? null, nodes, prefix, note, own);
}

function compareOne(
  name: string,
  held: Json,
  nodes: Map<string, Node>,
  prefix: string,
  note: Note,
  own: ReadonlySet<string>,
): void {
  const node = nodes.get(name);
  if (node === undefined) {
    if (!own.has(name)) note(`${prefix}${name}`, `is not in the contract (${typeName(held)})`);
    return;
  }
  if (held === null) return;
  if (node.children.size === 0) {
    if (node.types !== null && !node.types.includes(typeName(held)))
      note(`${prefix}${name}`, `came as ${typeName(held)}, the contract says ${node.types.join(' or ')}`);
    return;
  }
  const path = `${prefix}${name}`;
  for (const item of Array.isArray(held) ? held : [held])
    if (isObject(item)) compare(item, node.children, `${path}.`, note, NONE);
    else if (item !== null) note(path, `came as ${typeName(item)}, the contract says object`);
}
