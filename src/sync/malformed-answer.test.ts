import { expect, test } from 'vitest';
import { ClientError } from './client-error.js';
import { MalformedAnswer, UNUSABLE } from './malformed-answer.js';

test('an answer that cannot be used is told by its name, its place and words of its own', () => {
  const error = new MalformedAnswer('the list holds no array', 'items');

  expect(error).toBeInstanceOf(ClientError);
  expect(error).toMatchObject({
    name: 'MalformedAnswer',
    message: `${UNUSABLE}the list holds no array`,
    field: 'items',
  });
});

test('it counts as no answer, so that the work is done again', () => {
  expect(new MalformedAnswer('no record', null).kind).toBe('transient');
});
