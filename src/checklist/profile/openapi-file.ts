import { parseDocument } from 'yaml';
import type { JsonObject } from '../../contract/field.js';
import { InputError } from '../../document/input-error.js';

/** An OpenAPI 3 document in a text, JSON or YAML. Errors: `InputError` for anything else. */
export function readOpenApi(text: string, path: string): JsonObject {
  const yaml = parseDocument(text);
  const [broken] = yaml.errors;
  const value: unknown = broken === undefined ? yaml.toJS() : null;
  const isDocument = typeof value === 'object' && value !== null && 'paths' in value && 'openapi' in value;
  if (isDocument) return value as JsonObject;
  throw new InputError({
    code: 'no-openapi',
    message: `${path} is no OpenAPI document`,
    where: path,
    expected: 'an OpenAPI 3 document with "openapi" and "paths"',
    found:
      broken?.message.split('\n')[0] ??
      (typeof value === 'object' ? 'other content' : String(value).slice(0, 60)),
    remedy: 'give the OpenAPI file of the provider, as JSON or YAML',
  });
}
