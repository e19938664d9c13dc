import type { ApiDescription } from '../api-description.js';
import type { EntityContract, FieldSpec, FieldType, Json, JsonObject, StringFormat } from '../field.js';

const LONGEST = 255;
const DEEPEST = 6;
const FORMATS: Record<string, StringFormat> = { email: 'email', uri: 'url', url: 'url' };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

/** Names of the schemas that a document holds, for messages. */
export const schemaNames = (openapi: JsonObject): string[] =>
  Object.keys(objectOf(objectOf(openapi['components'])['schemas']));

/**
 * The fields of an entity as a provider's own OpenAPI 3 document describes them; null when it holds no schema for it.
 * The schema is the one that is named, else that of the body by which a record is made, else the component of the
 * entity's name. References to other entities are kept from what is known, since OpenAPI has no word for them.
 */
export function importFields(
  openapi: JsonObject,
  entity: EntityContract,
  api: ApiDescription,
  schema: string | undefined,
): FieldSpec[] | null {
  const reader = new Reader(openapi);
  const components = objectOf(objectOf(openapi['components'])['schemas']);
  const word = plain(entity.name);
  const named = Object.keys(components).find((name) => plain(name) === word);
  const found =
    schema === undefined
      ? (createBody(openapi, entity, api) ?? (named === undefined ? undefined : components[named]))
      : components[schema];
  if (found === undefined) return null;
  const record = reader.whole(found);
  const sent = api.record.send;
  const opened = sent === undefined || sent === '' ? record : reader.whole(reader.member(record, sent));
  const own = new Set(
    [api.record.id, api.record.createdAt, api.record.updatedAt, versionPath(api), keyPath(api)].filter(
      (path) => path !== null,
    ),
  );
  const known = new Map(entity.fields.map((field) => [field.path, field]));
  return fieldsWithin(reader, opened, api)
    .filter(({ path }) => !own.has(path))
    .map((field) => keepReference(field, known.get(field.path)));
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
const versionPath = ({ concurrency }: ApiDescription) =>
  concurrency?.kind === 'version' ? concurrency.path : null;
const keyPath = ({ idempotency }: ApiDescription) => (idempotency?.kind === 'body' ? idempotency.path : null);

function fieldsWithin(reader: Reader, record: JsonObject, { record: shape }: ApiDescription): FieldSpec[] {
  if (shape.fields === null) return reader.fieldsOf(record, '', true, 0);
  const inside = reader.whole(reader.member(record, shape.fields));
  const beside = objectOf(record['properties']);
  const besides: JsonObject = Object.fromEntries(
    Object.entries(beside).filter(([name]) => shape.besideFields.includes(name)),
  );
  return [
    ...reader.fieldsOf(inside, '', true, 0),
    ...reader.fieldsOf({ ...record, properties: besides }, '', true, 0),
  ];
}

function createBody(openapi: JsonObject, entity: EntityContract, api: ApiDescription): Json | undefined {
  const { method, path } = { ...api.routes.create, ...entity.api?.routes?.create };
  const filled = path.replace('{collection}', entity.collection);
  const paths = objectOf(openapi['paths']);
  const name = Object.keys(paths).find((one) => one === filled || one.endsWith(filled));
  if (name === undefined) return undefined;
  const body = objectOf(objectOf(objectOf(paths[name])[method.toLowerCase()])['requestBody']);
  const content = objectOf(body['content']);
  const json = Object.keys(content).find((type) => /\bjson\b/.test(type));
  return json === undefined ? undefined : objectOf(content[json])['schema'];
}

/** Where a field refers to another record stays as it was known; the file says whether it is needed. */
function keepReference(field: FieldSpec, known: FieldSpec | undefined): FieldSpec {
  if (known?.type.kind === 'reference') return { ...field, type: known.type };
  if (known?.type.kind !== 'object-list' || field.type.kind !== 'object-list') return field;
  const inner = new Map(known.type.fields.map((one) => [one.path, one]));
  const fields = field.type.fields.map((one) => keepReference(one, inner.get(one.path)));
  return { ...field, type: { kind: 'object-list', fields } };
}

class Reader {
  constructor(private readonly root: JsonObject) {}

  /** A schema without references and compositions; the first alternative counts. */
  whole(value: Json | undefined, depth = 0): JsonObject {
    const schema = objectOf(value);
    if (depth > DEEPEST) return {};
    const { $ref } = schema;
    if (typeof $ref === 'string') return this.whole(this.at($ref), depth + 1);
    const options = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])].map(objectOf);
    const chosen = options.find((one) => one['type'] !== 'null');
    const parts = [...listOf(schema['allOf']), ...(chosen === undefined ? [] : [chosen])].map((one) =>
      this.whole(one, depth + 1),
    );
    const isNullable = options.some((one) => one['type'] === 'null') || schema['nullable'] === true;
    const joined = [...parts, schema].reduce<JsonObject>(
      (one, other) => ({
        ...one,
        ...other,
        properties: { ...objectOf(one['properties']), ...objectOf(other['properties']) },
        required: [...listOf(one['required']), ...listOf(other['required'])],
      }),
      {},
    );
    return isNullable ? { ...joined, nullable: true } : joined;
  }

  member(schema: JsonObject, path: string): Json | undefined {
    let here: JsonObject = schema;
    for (const name of path.split('.')) here = this.whole(objectOf(here['properties'])[name]);
    return here;
  }

  fieldsOf(schema: JsonObject, prefix: string, isNeeded: boolean, depth: number): FieldSpec[] {
    const required = new Set(listOf(schema['required']));
    return Object.entries(objectOf(schema['properties'])).flatMap(([name, value]): FieldSpec[] => {
      const own = this.whole(value);
      const path = `${prefix}${name}`;
      const types = typesOf(own);
      const isOptional = own['nullable'] === true || types.includes('null');
      const must = isNeeded && required.has(name) && !isOptional;
      const isGroup = Object.keys(objectOf(own['properties'])).length > 0 && depth < DEEPEST;
      if (isGroup) return this.fieldsOf(own, `${path}.`, must, depth + 1);
      const field: FieldSpec = { path, type: this.typeOf(own, types, depth) };
      if (must) field.required = true;
      if (own['readOnly'] === true) field.readOnly = true;
      if (typeof own['pattern'] === 'string' && field.type.kind === 'string' && own['example'] !== undefined)
        field.pattern = own['pattern'];
      if (own['example'] !== undefined) field.example = own['example'];
      return [field];
    });
  }

  private typeOf(schema: JsonObject, types: string[], depth: number): FieldType {
    const values = listOf(schema['enum']).filter((one) => typeof one === 'string');
    if (values.length > 0) return { kind: 'enum', values };
    const most = typeof schema['maxLength'] === 'number' ? schema['maxLength'] : LONGEST;
    const [type] = types.filter((one) => one !== 'null');
    if (type === 'boolean') return { kind: 'boolean' };
    if (type === 'number') return { kind: 'number' };
    if (type === 'integer')
      return {
        kind: 'integer',
        min: numberOr(schema['minimum'], 0),
        max: numberOr(schema['maximum'], Number.MAX_SAFE_INTEGER),
      };
    if (type === 'array') return this.listType(schema, most, depth);
    if (type !== 'string') return { kind: 'untyped' };
    return textType(schema, most);
  }

  private listType(schema: JsonObject, most: number, depth: number): FieldType {
    const items = this.whole(schema['items']);
    if (Object.keys(objectOf(items['properties'])).length > 0)
      return { kind: 'object-list', fields: this.fieldsOf(items, '', true, depth + 1) };
    const allowed = listOf(items['enum']).filter((one) => typeof one === 'string');
    const maxLength = numberOr(items['maxLength'], most);
    return { kind: 'string-list', maxLength, ...(allowed.length === 0 ? {} : { allowed }) };
  }

  private at(reference: string): Json | undefined {
    let here: Json | undefined = this.root;
    for (const name of reference.replace(/^#\//, '').split('/'))
      here = objectOf(here)[name.replaceAll('~1', '/').replaceAll('~0', '~')];
    return here;
  }
}

function textType(schema: JsonObject, maxLength: number): FieldType {
  const format = typeof schema['format'] === 'string' ? schema['format'] : '';
  if (format === 'date') return { kind: 'date' };
  if (format === 'date-time') return { kind: 'datetime' };
  const digits = /\\\.(?:\\d|\[0-9\])\{(\d)\}\$$/.exec(
    typeof schema['pattern'] === 'string' ? schema['pattern'] : '',
  )?.[1];
  if (digits !== undefined) return { kind: 'decimal-string', scale: Number(digits) };
  const known = FORMATS[format];
  return { kind: 'string', maxLength, ...(known === undefined ? {} : { format: known }) };
}

const typesOf = (schema: JsonObject): string[] =>
  (Array.isArray(schema['type']) ? schema['type'] : [schema['type']]).filter(
    (one) => typeof one === 'string',
  );

const numberOr = (value: Json | undefined, other: number): number =>
  typeof value === 'number' ? value : other;
