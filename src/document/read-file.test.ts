import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from './input-error.js';
import { readDocumentFile } from './read-file.js';

const folder = mkdtempSync(join(tmpdir(), 'read-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, bytes: string | Uint8Array) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

test.each([
  ['a missing file', () => join(folder, 'none.rst'), 'unreadable-document', 'no such file'],
  ['a folder', () => folder, 'unreadable-document', 'a folder'],
  ['a binary', () => write('b.rst', Uint8Array.of(65, 0, 66)), 'not-a-text', 'NUL'],
  ['broken UTF-8', () => write('u.rst', Uint8Array.of(65, 0xff, 66)), 'not-a-text', 'UTF-8'],
  ['an empty file', () => write('e.rst', ' \n\n'), 'not-a-text', 'empty'],
])('%s is one clear error', async (_name, path, code, found) => {
  const error: unknown = await readDocumentFile(path()).catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code, where: path(), found: expect.stringContaining(found) });
});
