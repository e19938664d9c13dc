import type { EntityContract, FieldSpec, FieldType, Json } from './field.js';
import { treeOf, type FieldNode } from './field-tree.js';
import { codePoints, DAY_MS, decimalOf, expressionOf, isCalendarDay, isInstant } from './text-rules.js';

/**
 * Whether a value is valid, by the same rules as the zod schemas of `schema.ts` and about five times as fast. Every
 * create and edit of a run is judged by it; the schemas name the problems of what it refuses. A property test holds
 * the two together.
 */
export type Accepts = (value: Json | undefined) => boolean;

const isText = (value: Json | undefined): value is string => typeof value === 'string';
const isWhole = (value: Json | undefined): value is number => Number.isSafeInteger(value);

function text(maxLength: number, expression: RegExp | null): Accepts {
  return (value) =>
    isText(value) &&
    (value.length <= maxLength || codePoints(value) <= maxLength) &&
    (expression === null || expression.test(value));
}

function listOf(accepts: Accepts): Accepts {
  return (value) => Array.isArray(value) && value.every((item) => accepts(item));
}

function listed(maxLength: number, allowed: string[] | undefined): Accepts {
  const item = text(maxLength, null);
  return listOf(allowed === undefined ? (value) => value !== '' && item(value) : oneOf(allowed));
}

function oneOf(values: string[]): Accepts {
  const known = new Set<Json | undefined>(values);
  return (value) => known.has(value);
}

/** Values of a type, without regard to null. */
export function typeAccepts(type: FieldType, pattern?: string): Accepts {
  switch (type.kind) {
    case 'string':
      return text(type.maxLength, expressionOf(type.format, pattern));
    case 'integer':
      return (value) => isWhole(value) && value >= type.min && value <= type.max;
    case 'number':
      return (value) => typeof value === 'number' && Number.isFinite(value);
    case 'decimal-string':
      return text(Number.POSITIVE_INFINITY, decimalOf(type.scale));
    case 'minor-units':
    case 'epoch-ms':
      return isWhole;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'date':
      return (value) => isText(value) && isCalendarDay(value);
    case 'datetime':
      return (value) => isText(value) && isInstant(value);
    case 'date-epoch-ms':
      return (value) => isWhole(value) && value % DAY_MS === 0;
    case 'enum':
      return oneOf(type.values);
    case 'string-list':
      return listed(type.maxLength, type.allowed);
    case 'joined-list':
      return text(type.maxLength, null);
    case 'reference':
      return (value) => isWhole(value) || (isText(value) && value !== '');
    case 'object-list':
      return listOf(fieldsAccept(type.fields, false));
    case 'untyped':
      return (value) =>
        isText(value) ||
        typeof value === 'boolean' ||
        (typeof value === 'number' && Number.isFinite(value)) ||
        (Array.isArray(value) && value.every(isText));
  }
}

function ofNode(node: FieldNode, partial: boolean): Accepts {
  const isLeaf = node.field !== null && node.children.size === 0;
  const own =
    isLeaf && node.field !== null
      ? typeAccepts(node.field.type, node.field.pattern)
      : ofObject(node.children, partial);
  const inner = node.list ? listOf(own) : own;
  if (isLeaf && node.field?.required === true)
    return partial ? (value) => value === undefined || inner(value) : inner;
  return (value) => value === undefined || value === null || inner(value);
}

function ofObject(nodes: Map<string, FieldNode>, partial: boolean): Accepts {
  const properties = new Map([...nodes].map(([name, node]) => [name, ofNode(node, partial)]));
  const needed = [...properties].filter(([, accepts]) => !accepts(undefined)).map(([name]) => name);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const name of needed) if (value[name] === undefined) return false;
    for (const name of Object.keys(value)) {
      const accepts = properties.get(name);
      if (accepts === undefined || !accepts(value[name])) return false;
    }
    return true;
  };
}

/** A strict object over dotted field paths; with `partial`, required fields may be absent but not null. */
export function fieldsAccept(fields: FieldSpec[], partial: boolean): Accepts {
  return ofObject(treeOf(fields), partial);
}

const cache = new WeakMap<EntityContract, { create: Accepts; patch: Accepts }>();

/** What an entity's fields may be in a create (or replace) and in a patch; built once per contract. */
export function entityAccepts(entity: EntityContract): { create: Accepts; patch: Accepts } {
  let own = cache.get(entity);
  if (own === undefined) {
    own = { create: fieldsAccept(entity.fields, false), patch: fieldsAccept(entity.fields, true) };
    cache.set(entity, own);
  }
  return own;
}
