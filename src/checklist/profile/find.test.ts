import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDocument } from '../../document/read.js';
import { findProfile } from './find.js';

const document = readDocument('Web Shop to CRM Dataflow\n========================\n', 'd.rst');
const profileOf = (source: string, target: string) =>
  `systems:\n  shop: { names: [${source}] }\n  crm: { names: [${target}] }\n`;
const OURS = profileOf('webshop', 'CRM');

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('a profile is found by the two system names, spelling aside', async () => {
  const folder = folderWith({ 'p.yaml': profileOf('other, WEB-SHOP', 'C.R.M.') });

  expect((await findProfile(document, folder))?.path).toBe(join(folder, 'p.yaml'));
});

test('both systems must be those of the document', async () => {
  const folder = folderWith({
    'a.yaml': profileOf('webshop', 'ERP'),
    'b.yaml': profileOf('ERP', 'CRM'),
    'c.yml': OURS,
  });

  expect((await findProfile(document, folder))?.path).toBe(join(folder, 'c.yml'));
});

test('of several that fit, none is taken silently', async () => {
  const folder = folderWith({ 'b.yaml': OURS, 'a.yaml': OURS, 'c.yaml': profileOf('webshop', 'ERP') });

  await expect(findProfile(document, folder)).rejects.toMatchObject({
    code: 'several-profiles',
    where: folder,
    found: 'a.yaml, b.yaml',
    remedy: 'name the one that is meant with --profile',
  });
});

test('a folder that does not exist holds none', async () => {
  expect(await findProfile(document, '/nowhere/at/all')).toBeNull();
});

test.each([
  ['on lines of their own', 'systems:\n  shop:\n    names: [webshop]\n  crm:\n    names: [CRM]\n'],
  [
    'one below the other',
    'systems:\n  shop:\n    names:\n      - webshop\n  crm:\n    names:\n      - CRM\n',
  ],
  ['behind several blanks', 'systems:\n  shop: { names:  [webshop] }\n  crm: { names:  [CRM] }\n'],
])('names of systems may stand %s', async (_where, text) => {
  const folder = folderWith({ 'p.yaml': text });

  expect((await findProfile(document, folder))?.path).toBe(join(folder, 'p.yaml'));
});

test.each([
  ['YAML of other programs', 'ci.yaml', 'jobs: { build: { steps: [] } }\n'],
  ['YAML with systems of another kind', 'ci.yaml', 'systems:\n  - linux\n'],
  ['YAML whose systems have names that are no list', 'ci.yaml', 'systems:\n  linux: { names: all }\n'],
  ['YAML that names nothing at the top', 'ci.yaml', 'on:\n  systems:\n    names: [x]\n'],
  ['a file that is no YAML by its name', 'p.yaml.txt', OURS],
  ['a file that only ends alike', 'pyaml', OURS],
])('%s is passed over', async (_what, name, text) => {
  expect(await findProfile(document, folderWith({ [name]: text }))).toBeNull();
});

test('two letters are not the one that only capitals make of them', async () => {
  const ours = readDocument('Maß to CRM Dataflow\n===================\n', 'd.rst');
  const folder = folderWith({ 'p.yaml': profileOf('Mass', 'CRM') });

  expect(await findProfile(ours, folder)).toBeNull();
});

test('a folder that is named like a profile is passed over', async () => {
  const folder = folderWith({ 'p.yaml': OURS });
  mkdirSync(join(folder, 'old.yaml'));

  expect((await findProfile(document, folder))?.path).toBe(join(folder, 'p.yaml'));
});

test('a broken profile is an error, not a missing one', async () => {
  const folder = folderWith({ 'p.yaml': 'systems:\n  shop: { names: [webshop] }\n  crm: { nmes: [CRM] }\n' });

  await expect(findProfile(document, folder)).rejects.toThrow(/not valid|unknown entry/);
});

test('a profile that syncproof serve wrote is used only where it is named', async () => {
  const folder = folderWith({ 'a.yaml': `# Written by syncproof serve\n${OURS}` });

  expect(await findProfile(document, folder)).toBeNull();
});
