import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goldens } from '../../fixtures/golden-text.js';
import { packageRoot } from '../../src/cli/package-root.js';

test.each(goldens())(
  '$name is read and compiled as it was: `npm run regen` shows the difference',
  async (golden) => {
    const known = readFileSync(join(packageRoot(), 'fixtures', 'golden', `${golden.name}.txt`), 'utf8');

    const now = await golden.text();

    expect(now).toBe(known);
  },
);
