import { expect, test } from 'vitest';
import type { InputError } from '../../document/input-error.js';
import { readOpenApi } from './openapi-file.js';

function refusal(text: string): InputError {
  try {
    readOpenApi(text, 'api.yaml');
  } catch (error) {
    return error as InputError;
  }
  throw new Error('it was read');
}

test.each(['{"openapi": "3.1.0", "paths": {}}', 'openapi: 3.1.0\npaths: {}\n'])('%j is read', (text) => {
  expect(readOpenApi(text, 'api.yaml')).toEqual({ openapi: '3.1.0', paths: {} });
});

test.each([
  ['openapi: 3.1.0', 'other content'],
  ['paths: {}', 'other content'],
  ['null', 'other content'],
  ['just words', 'just words'],
  [`"${'x'.repeat(90)}"`, 'x'.repeat(60)],
])('%j is refused: found %s', (text, found) => {
  expect(refusal(text)).toMatchObject({
    code: 'no-openapi',
    message: 'api.yaml is no OpenAPI document',
    where: 'api.yaml',
    expected: 'an OpenAPI 3 document with "openapi" and "paths"',
    found,
  });
});

test('what is no YAML is refused with the first line of what is wrong', () => {
  const { found } = refusal('openapi: [\npaths: {}');

  expect(found).not.toContain('\n');
  expect(found.length).toBeGreaterThan(10);
  expect(found).not.toBe('other content');
});
