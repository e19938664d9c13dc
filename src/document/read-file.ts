import { readFile } from 'node:fs/promises';
import { InputError } from './input-error.js';
import type { DataflowDocument } from './model.js';
import { readDocument } from './read.js';

const REMEDY = 'give the path of a reStructuredText dataflow document';

/** Reads a document from disk. Errors: `InputError` for a missing, binary or empty file. */
export async function readDocumentFile(path: string): Promise<DataflowDocument> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    throw new InputError({
      code: 'unreadable-document',
      message: `the document ${path} cannot be read`,
      where: path,
      expected: 'a readable file',
      found: missing ? 'no such file' : error.code === 'EISDIR' ? 'a folder' : (error.code ?? error.message),
      remedy: REMEDY,
    });
  });
  return readDocument(decode(bytes, path), path);
}

function decode(bytes: Buffer, path: string): string {
  const fail = (found: string) =>
    new InputError({
      code: 'not-a-text',
      message: `the document ${path} is no text`,
      where: path,
      expected: 'UTF-8 text',
      found,
      remedy: REMEDY,
    });
  if (bytes.includes(0)) throw fail('a binary file (it holds NUL bytes)');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fail('bytes that are no UTF-8');
  }
  if (text.trim() === '') throw fail('an empty file');
  return text;
}
