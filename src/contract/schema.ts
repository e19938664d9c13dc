import { z } from 'zod';
import type { EntityContract, FieldSpec, FieldType, StringFormat } from './field.js';
import { treeOf, type FieldNode } from './field-tree.js';
import { codePoints, DAY_MS, decimalOf, expressionOf, isCalendarDay, isInstant } from './text-rules.js';

function textSchema(
  maxLength: number,
  format: StringFormat | undefined,
  pattern: string | undefined,
): z.ZodType {
  const expression = expressionOf(format, pattern);
  const text = expression === null ? z.string() : z.string().regex(expression);
  return text.refine((value) => codePoints(value) <= maxLength, `longer than ${maxLength} characters`);
}

function listSchema(maxLength: number, allowed: string[] | undefined): z.ZodType {
  return z.array(
    allowed === undefined
      ? textSchema(maxLength, undefined, undefined).and(z.string().min(1))
      : z.enum(allowed),
  );
}

/** The schema of one value, without regard to null. */
export function typeSchema(type: FieldType, pattern?: string): z.ZodType {
  switch (type.kind) {
    case 'string':
      return textSchema(type.maxLength, type.format, pattern);
    case 'integer':
      return z.int().min(type.min).max(type.max);
    case 'number':
      return z.number();
    case 'decimal-string':
      return z.string().regex(decimalOf(type.scale), `a decimal with ${type.scale} digits`);
    case 'minor-units':
      return z.int();
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.string().refine(isCalendarDay, 'a calendar day as YYYY-MM-DD');
    case 'datetime':
      return z.string().refine(isInstant, 'an instant in ISO 8601 with zone');
    case 'epoch-ms':
      return z.int();
    case 'date-epoch-ms':
      return z.int().refine((value) => value % DAY_MS === 0, 'midnight UTC of a day');
    case 'enum':
      return z.enum(type.values);
    case 'string-list':
      return listSchema(type.maxLength, type.allowed);
    case 'joined-list':
      return textSchema(type.maxLength, undefined, undefined);
    case 'reference':
      return z.union([z.int(), z.string().min(1)]);
    case 'object-list':
      return z.array(fieldsSchema(type.fields, false));
    case 'untyped':
      return z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
  }
}

function nodeSchema(node: FieldNode, partial: boolean): z.ZodType {
  const isLeaf = node.field !== null && node.children.size === 0;
  const own =
    isLeaf && node.field !== null
      ? typeSchema(node.field.type, node.field.pattern)
      : shape(node.children, partial);
  const listed = node.list ? z.array(own) : own;
  if (isLeaf && node.field?.required === true) return partial ? listed.optional() : listed;
  return listed.nullable().optional();
}

function shape(nodes: Map<string, FieldNode>, partial: boolean): z.ZodType {
  const properties: Record<string, z.ZodType> = {};
  for (const [name, node] of nodes) properties[name] = nodeSchema(node, partial);
  return z.strictObject(properties);
}

/** Strict object over dotted field paths; with `partial`, required fields may be absent but not null. */
export function fieldsSchema(fields: FieldSpec[], partial: boolean): z.ZodType {
  return shape(treeOf(fields), partial);
}

type EntitySchemas = { create: z.ZodType; patch: z.ZodType };
const cache = new WeakMap<EntityContract, EntitySchemas>();

/** The schemas of an entity's fields for a create (or replace) and for a patch; built once per contract. */
export function entitySchemas(entity: EntityContract): EntitySchemas {
  let schemas = cache.get(entity);
  if (schemas === undefined) {
    schemas = { create: fieldsSchema(entity.fields, false), patch: fieldsSchema(entity.fields, true) };
    cache.set(entity, schemas);
  }
  return schemas;
}
