import type { FieldSpec, FieldType, JsonObject, StringFormat } from '../field.js';
import { segmentsOf } from '../path.js';

const PATTERNS: Partial<Record<StringFormat, string>> = {
  email: String.raw`^[^\s@]+@[^\s@]+\.[^\s@]+$`,
  phone: String.raw`^\+?[0-9][0-9 ()./-]*( ?(ext\.|x) ?[0-9]{1,6})?$`,
  country: '^[A-Z]{2}$',
  currency: '^[A-Z]{3}$',
  url: String.raw`^https?://\S+$`,
  barcode: '^[0-9]+$',
};

/** The JSON Schema (2020-12) of one value, without regard to null. */
function typeSchema(type: FieldType, pattern: string | undefined): JsonObject {
  switch (type.kind) {
    case 'string': {
      const known = pattern ?? (type.format === undefined ? undefined : PATTERNS[type.format]);
      return {
        type: 'string',
        maxLength: type.maxLength,
        ...(known === undefined ? {} : { pattern: known }),
      };
    }
    case 'integer':
      return { type: 'integer', minimum: type.min, maximum: type.max };
    case 'number':
      return { type: 'number' };
    case 'decimal-string':
      return { type: 'string', pattern: String.raw`^-?(0|[1-9]\d{0,14})\.\d{${type.scale}}$` };
    case 'minor-units':
    case 'epoch-ms':
    case 'date-epoch-ms':
      return { type: 'integer', ...(type.kind === 'date-epoch-ms' ? { multipleOf: 86_400_000 } : {}) };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'datetime':
      return { type: 'string', format: 'date-time' };
    case 'enum':
      return { type: 'string', enum: type.values };
    case 'string-list': {
      const text: JsonObject = { type: 'string', minLength: 1, maxLength: type.maxLength };
      return {
        type: 'array',
        items: type.allowed === undefined ? text : { type: 'string', enum: type.allowed },
      };
    }
    case 'joined-list':
      return { type: 'string', maxLength: type.maxLength, description: `joined by ${type.separator}` };
    case 'reference':
      return {
        type: ['integer', 'string'],
        description: `id of a ${type.entity}, in the form in which that record tells it`,
      };
    case 'object-list':
      return { type: 'array', items: fieldsSchema(type.fields, false) };
    case 'untyped':
      return { type: ['string', 'number', 'boolean', 'array'], items: { type: 'string' } };
  }
}

function nullable(schema: JsonObject): JsonObject {
  const { type } = schema;
  const types = Array.isArray(type) ? [...type, 'null'] : [type ?? 'object', 'null'];
  const withNull = { ...schema, type: types };
  return Array.isArray(schema['enum']) ? { ...withNull, enum: [...schema['enum'], null] } : withNull;
}

type Node = { field: FieldSpec | null; list: boolean; children: Map<string, Node> };

/** Object schema over dotted field paths; `partial` asks for no field, as an update of parts does. */
export function fieldsSchema(fields: FieldSpec[], partial: boolean): JsonObject {
  const root = new Map<string, Node>();
  for (const field of fields) {
    let level = root;
    segmentsOf(field.path).forEach(({ name, list }, index, all) => {
      const node = level.get(name) ?? { field: null, list, children: new Map<string, Node>() };
      level.set(name, node);
      if (index === all.length - 1) node.field = field;
      level = node.children;
    });
  }
  return objectSchema(root, partial);
}

function objectSchema(nodes: Map<string, Node>, partial: boolean): JsonObject {
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const [name, node] of nodes) {
    const { field } = node;
    const isLeaf = field !== null && node.children.size === 0;
    const own = isLeaf ? typeSchema(field.type, field.pattern) : objectSchema(node.children, partial);
    const listed: JsonObject = node.list ? { type: 'array', items: own } : own;
    const isRequired = isLeaf && field.required === true;
    properties[name] = isRequired ? listed : nullable(listed);
    if (isRequired && !partial) required.push(name);
  }
  const schema: JsonObject = { type: 'object', properties, additionalProperties: false };
  return required.length === 0 ? schema : { ...schema, required };
}
