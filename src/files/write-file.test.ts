import { mkdtemp, readFile, readdir, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWhole } from './write-file.js';

test('writes the content and leaves no temporary file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'write-'));

  await writeWhole(join(folder, 'deep', 'run.json'), '{}');

  expect(await readFile(join(folder, 'deep', 'run.json'), 'utf8')).toBe('{}');
  expect(await readdir(join(folder, 'deep'))).toEqual(['run.json']);
});

test('a write that cannot be finished leaves nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'write-'));
  await mkdir(join(folder, 'run.json', 'occupied'), { recursive: true });

  await expect(writeWhole(join(folder, 'run.json'), '{}')).rejects.toThrow();

  expect(await readdir(folder)).toEqual(['run.json']);
});
