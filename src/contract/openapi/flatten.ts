import type { Json, JsonObject } from '../field.js';

/** One thing that an OpenAPI document promises: `Customer.email type`, `GET /customers status 200`. */
export type ContractPromise = { subject: string; aspect: string; value: string };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: Json | undefined): string => JSON.stringify(value ?? null);
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const LIMITS = ['maxLength', 'minimum', 'maximum', 'pattern', 'format', 'multipleOf', 'const'];

/** Every promise of a document, by `subject aspect`. References to component schemas are followed. */
export function promisesOf(document: JsonObject): Map<string, ContractPromise> {
  const found = new Map<string, ContractPromise>();
  const add = (subject: string, aspect: string, value: Json | undefined) => {
    if (value !== undefined) found.set(`${subject} ${aspect}`, { subject, aspect, value: text(value) });
  };
  const resolve = (schema: Json | undefined): JsonObject => {
    if (!isObject(schema)) return {};
    const ref = schema['$ref'];
    if (typeof ref !== 'string') return schema;
    let place: Json | undefined = document;
    for (const name of ref.replace('#/', '').split('/')) place = isObject(place) ? place[name] : undefined;
    return isObject(place) ? place : {};
  };
  const addSchema = (subject: string, given: Json | undefined, depth: number): void => {
    const schema = resolve(given);
    if (depth > 8) return;
    const types = Array.isArray(schema['type'])
      ? schema['type'].map(String)
      : schema['type'] === undefined
        ? []
        : [String(schema['type'])];
    if (types.length > 0)
      add(
        subject,
        'type',
        types
          .filter((one) => one !== 'null')
          .toSorted()
          .join('|'),
      );
    if (types.length > 0) add(subject, 'nullable', types.includes('null') || schema['nullable'] === true);
    for (const limit of LIMITS) add(subject, limit, schema[limit]);
    if (Array.isArray(schema['enum']))
      add(subject, 'enum', schema['enum'].filter((one) => one !== null).toSorted());
    const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
    for (const [name, child] of Object.entries(isObject(schema['properties']) ? schema['properties'] : {})) {
      add(`${subject}.${name}`, 'present', true);
      add(`${subject}.${name}`, 'required', required.includes(name));
      addSchema(`${subject}.${name}`, child, depth + 1);
    }
    if (isObject(schema['items'])) addSchema(`${subject}[]`, schema['items'], depth + 1);
  };
  for (const [path, item] of Object.entries(isObject(document['paths']) ? document['paths'] : {})) {
    for (const method of METHODS) {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(operation)) continue;
      const subject = `${method.toUpperCase()} ${path}`;
      add(subject, 'present', true);
      for (const one of Array.isArray(operation['parameters']) ? operation['parameters'] : []) {
        const parameter = resolve(one);
        const name = `${subject} parameter ${String(parameter['name'])}`;
        add(name, 'present', true);
        add(name, 'required', parameter['required'] === true);
        addSchema(name, parameter['schema'], 6);
      }
      const content = (holder: Json | undefined): Json | undefined => {
        const media =
          isObject(holder) && isObject(holder['content']) ? Object.values(holder['content'])[0] : undefined;
        return isObject(media) ? media['schema'] : undefined;
      };
      addSchema(`${subject} request`, content(resolve(operation['requestBody'])), 0);
      for (const [status, response] of Object.entries(
        isObject(operation['responses']) ? operation['responses'] : {},
      )) {
        const own = resolve(response);
        add(`${subject} answer ${status}`, 'present', true);
        for (const header of Object.keys(isObject(own['headers']) ? own['headers'] : {}))
          add(`${subject} answer ${status} header ${header}`, 'present', true);
        addSchema(`${subject} answer ${status}`, content(own), 0);
      }
    }
  }
  const components = isObject(document['components']) ? document['components'] : {};
  add('security', 'schemes', components['securitySchemes']);
  add('security', 'asked', document['security']);
  return found;
}
