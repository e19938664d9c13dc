import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { SCENARIOS } from '../../src/checklist/scenarios.js';
import { packageRoot } from '../../src/cli/package-root.js';

const root = packageRoot();
const text = readFileSync(join(root, 'docs', 'reference-sync.md'), 'utf8');
const rows = text.split('\n').filter((line) => /^\| I\d/.test(line));
const namedIn = (column: number) =>
  rows.flatMap((row) =>
    Array.from((row.split('|')[column] ?? '').matchAll(/`([^`]+)`/g), ([, name]) => name ?? ''),
  );

test('each invariant I1 to I28 has its row', () => {
  const named = rows.flatMap((row) => (row.split('|')[1] ?? '').match(/I\d+/g) ?? []);

  expect(named.map((one) => Number(one.slice(1))).toSorted((x, y) => x - y)).toEqual(
    Array.from({ length: 28 }, (_, at) => at + 1),
  );
});

test('each file that is said to enforce an invariant exists', () => {
  const files = namedIn(2).filter((name) => name.endsWith('.ts') || name.endsWith('/'));

  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(existsSync(join(root, 'src', 'sync', file)), file).toBe(true);
});

test('each function that is said to enforce an invariant stands in the sync', () => {
  const source = globSync('src/sync/**/*.ts', { cwd: root })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');

  for (const name of namedIn(2).filter((one) => /^\w+$/.test(one)))
    expect(new RegExp(`\\b${name}\\b`).test(source), name).toBe(true);
});

test('each check and spec that is said to show an invariant exists', () => {
  const scenarios = Object.keys(SCENARIOS);
  const shown = namedIn(3);

  expect(shown.length).toBeGreaterThan(28);
  for (const name of shown) {
    const family = name.endsWith('*') ? name.slice(0, -1) : null;
    const known = name.endsWith('.ts')
      ? existsSync(join(root, name))
      : scenarios.some((one) => (family === null ? one === name : one.startsWith(family)));
    expect(known, name).toBe(true);
  }
});
