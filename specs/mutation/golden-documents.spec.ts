import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentText } from '../../fixtures/document-text.js';
import { readDocument } from '../../src/document/read.js';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures');
const documents = ['dataflows', 'dataflows/forms', 'proof'].flatMap((folder) =>
  readdirSync(join(FIXTURES, folder))
    .filter((name) => name.endsWith('.rst') && name !== 'rich-reverse.rst')
    .map((name) => ({ name: name.replace('.rst', ''), path: join(FIXTURES, folder, name) })),
);

test.each(documents)('$name is read as it was: `npm run regen` shows the difference', ({ name, path }) => {
  const known = readFileSync(join(FIXTURES, 'golden', `${name}.txt`), 'utf8');

  const now = documentText(readDocument(readFileSync(path, 'utf8'), path));

  const [asRead] = known.split(/\n(?=compiled |plan |found |check |sentence at |$)/);
  expect(now).toBe(asRead);
});
