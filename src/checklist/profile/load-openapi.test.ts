import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadProfile } from './load.js';

const folder = mkdtempSync(join(tmpdir(), 'profile-openapi-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'profile.yaml');
writeFileSync(
  path,
  'systems:\n  shop:\n    names: [Shop]\n    openapi: ./shop.yaml\n  crm: { names: [CRM] }\n',
);

test('an OpenAPI file that is not there is told with the line that names it', async () => {
  await expect(loadProfile(path)).rejects.toThrow('./shop.yaml cannot be read');
});

test('a file that is no OpenAPI document is refused', async () => {
  writeFileSync(join(folder, 'shop.yaml'), 'title: shop\n');

  await expect(loadProfile(path)).rejects.toThrow('./shop.yaml is no OpenAPI document');
});

test('an OpenAPI file in YAML comes with the profile, under the key of its system', async () => {
  writeFileSync(join(folder, 'shop.yaml'), 'openapi: 3.1.0\npaths: {}\n');

  const { openapi } = await loadProfile(path);

  expect(openapi?.get('shop')).toEqual({ openapi: '3.1.0', paths: {} });
});
