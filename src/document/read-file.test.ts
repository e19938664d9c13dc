import { createHash } from 'node:crypto';
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
  ['a missing file', () => join(folder, 'none.rst'), 'no such file'],
  ['a file inside a file', () => join(write('f.rst', 'x'), 'none.rst'), 'no such file'],
  ['a folder', () => folder, 'a folder'],
])('%s is one clear error', async (_name, path, found) => {
  const error: unknown = await readDocumentFile(path()).catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({
    code: 'unreadable-document',
    message: `the document ${path()} cannot be read`,
    where: path(),
    expected: 'a readable file',
    found,
    remedy: 'give the path of a reStructuredText dataflow document',
  });
});

test.each([
  ['a binary', Uint8Array.of(65, 0, 66), 'a binary file (it holds NUL bytes)'],
  ['broken UTF-8', Uint8Array.of(65, 0xff, 66), 'bytes that are no UTF-8'],
  ['an empty file', ' \n\n', 'an empty file'],
  ['a byte order mark and blanks', '\uFEFF \n', 'an empty file'],
])('%s is no text', async (name, bytes, found) => {
  const path = write(`${name}.rst`, bytes);
  const error: unknown = await readDocumentFile(path).catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({
    code: 'not-a-text',
    message: `the document ${path} is no text`,
    where: path,
    expected: 'UTF-8 text',
    found,
    remedy: 'give the path of a reStructuredText dataflow document',
  });
});

test('a document is read with its path and the digest of the very bytes of the file', async () => {
  const text = '\uFEFFQuay to Ledger Dataflow\n=======================\n';
  const path = write('d.rst', text);

  expect(await readDocumentFile(path)).toMatchObject({
    path,
    title: 'Quay to Ledger Dataflow',
    sha256: createHash('sha256').update(text).digest('hex'),
  });
});
