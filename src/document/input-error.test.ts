import { expect, test } from 'vitest';
import { InputError } from './input-error.js';

test('an input error carries all that is told about it, and its name', () => {
  const detail = {
    code: 'unreadable-document',
    message: 'the document cannot be read',
    where: 'quay.rst:3',
    expected: 'a file',
    found: 'a folder',
    remedy: 'give a file',
  };
  const error = new InputError(detail);

  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ ...detail, name: 'InputError' });
});
