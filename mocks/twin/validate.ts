import { entityAccepts } from '../../src/contract/accepts.js';
import { entitySchemas } from '../../src/contract/schema.js';
import type { EntityContract, JsonObject } from '../../src/contract/field.js';
import { Refusal } from './call.js';

/** Refuses fields that the contract does not allow, naming each. */
export function validateFields(entity: EntityContract, fields: JsonObject, mode: 'create' | 'patch'): void {
  if (entityAccepts(entity)[mode](fields)) return;
  const result = entitySchemas(entity)[mode].safeParse(fields);
  if (result.success) return;
  const problems = result.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : '';
    return { field: [path, unknown].filter((part) => part !== '').join('.'), problem: issue.message };
  });
  throw new Refusal(422, 'invalid', `the ${entity.name} is not valid`, problems);
}
