import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProfile } from './load.js';

/** A profile whose first system names `./shop.yaml`, in a folder of its own with these files. */
function profileBeside(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'profile-openapi-'));
  const path = join(folder, 'profile.yaml');
  writeFileSync(
    path,
    'systems:\n  shop:\n    names: [Shop]\n    openapi: ./shop.yaml\n  crm: { names: [CRM] }\n',
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return path;
}

test('an OpenAPI file that is not there is told with the line that names it', async () => {
  const path = profileBeside({});

  await expect(loadProfile(path)).rejects.toMatchObject({
    code: 'unreadable-openapi',
    message: 'the OpenAPI file ./shop.yaml cannot be read',
    where: `${path}:4`,
    found: 'no such file',
    remedy: 'correct the path; it begins at the profile',
  });
});

test('a folder in place of an OpenAPI file is told as it is', async () => {
  const path = profileBeside({});
  mkdirSync(join(dirname(path), 'shop.yaml'));

  await expect(loadProfile(path)).rejects.toMatchObject({ where: `${path}:4`, found: 'EISDIR' });
});

test('a file that is no OpenAPI document is refused', async () => {
  const path = profileBeside({ 'shop.yaml': 'title: shop\n' });

  await expect(loadProfile(path)).rejects.toThrow('./shop.yaml is no OpenAPI document');
});

test('an OpenAPI file in YAML comes with the profile, under the key of its system', async () => {
  const path = profileBeside({ 'shop.yaml': 'openapi: 3.1.0\npaths: {}\n' });

  const { openapi } = await loadProfile(path);

  expect([...(openapi ?? [])]).toEqual([['shop', { openapi: '3.1.0', paths: {} }]]);
});
