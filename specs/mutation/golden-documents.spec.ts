import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goldens, readAs } from '../../fixtures/golden-text.js';
import { packageRoot } from '../../src/cli/package-root.js';
import { readDocument } from '../../src/document/read.js';

test.each(goldens())('$name is read as it was: `npm run regen` shows the difference', ({ name, path }) => {
  const known = readFileSync(join(packageRoot(), 'fixtures', 'golden', `${name}.txt`), 'utf8');

  const now = readAs(readDocument(readFileSync(path, 'utf8'), path));

  const [asRead] = known.split(/\n(?=compiled |plan |check |sentence at |$)/);
  expect(now).toBe(asRead);
});
