import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read.js';
import { countDocument } from './summary.js';

const SHARED = join(import.meta.dirname, '../../../shared/dataflows');

describe.runIf(existsSync(SHARED))('the real documents', () => {
  const documents = existsSync(SHARED)
    ? readdirSync(SHARED).map((name) => readDocument(readFileSync(join(SHARED, name), 'utf8'), name))
    : [];

  test('leave no line unread and lose no row', () => {
    const total = { pairs: 0, sentences: 0, unparsed: 0, propertyRows: 0, mergeRows: 0 };
    for (const document of documents) {
      const counts = countDocument(document);
      for (const key of ['pairs', 'sentences', 'unparsed', 'propertyRows', 'mergeRows'] as const)
        total[key] += counts[key];
    }

    expect(total).toEqual({ pairs: 117, sentences: 406, unparsed: 0, propertyRows: 437, mergeRows: 29 });
  });

  test('hold no error and no transform that is not understood', () => {
    const found = documents.flatMap((document) => document.diagnostics);

    expect(found.filter((one) => one.severity === 'error' || one.code === 'unknown-transform')).toEqual([]);
  });

  test('give every pair a system and an entity on both sides', () => {
    const names = documents.flatMap(({ pairs }) => pairs.flatMap((pair) => [pair.source, pair.target]));

    expect(names.filter((name) => name.system === '' || name.entity === '')).toEqual([]);
  });
});
