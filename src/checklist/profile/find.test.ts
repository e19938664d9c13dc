import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDocument } from '../../document/read.js';
import { findProfile } from './find.js';

const document = readDocument('Web Shop to CRM Dataflow\n========================\n', 'd.rst');

function folderWith(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  writeFileSync(join(folder, name), text);
  return folder;
}

test('a profile is found by the two system names, spelling aside', async () => {
  const folder = folderWith('p.yaml', 'systems:\n  shop: { names: [webshop] }\n  crm: { names: [CRM] }\n');

  expect((await findProfile(document, [folder]))?.path).toBe(join(folder, 'p.yaml'));
});

test('YAML of other programs is passed over', async () => {
  const folder = folderWith('ci.yaml', 'jobs: { build: { steps: [] } }\n');

  expect(await findProfile(document, [folder])).toBeNull();
});

test('a broken profile is an error, not a missing one', async () => {
  const folder = folderWith('p.yaml', 'systems:\n  shop: { names: [webshop] }\n  crm: { nmes: [CRM] }\n');

  await expect(findProfile(document, [folder])).rejects.toThrow(/not valid|unknown entry/);
});
