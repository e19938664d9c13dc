import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedChecks } from './changed-since.js';
import { bundledDocument, bundledProfiles } from './package-root.js';
import { prepare } from './prepare.js';

const folder = mkdtempSync(join(tmpdir(), 'prepare-'));
const BUNDLED = readFileSync(bundledDocument(), 'utf8');
const PROFILE = join(bundledProfiles(), 'webshop-crm.yaml');
/** The bundled document up to the section of its second pair. */
const FIRST_PAIR = BUNDLED.slice(0, BUNDLED.indexOf('\nWebshop Order to CRM Order'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const prepared = (documentPath: string, profilePath: string | null = null) =>
  prepare({ documentPath, reversePath: null, profilePath });

test('a document with one pair of the bundled profile is given the rows of that pair', async () => {
  const { compiled, profile } = await prepared(file('one.rst', FIRST_PAIR));
  const whole = await prepared(bundledDocument());

  expect(profile?.path).toBe(PROFILE);
  expect(compiled.plan.pairs.map((pair) => pair.slug)).toEqual(['customer']);
  expect(compiled.checks.map((check) => check.id)).toEqual(
    whole.compiled.checks.filter((check) => check.pair === 'customer').map((check) => check.id),
  );
});

test('a document of the same systems with another entity is compiled without the bundled profile, and says so', async () => {
  const { compiled, profile } = await prepared(file('other.rst', BUNDLED.replaceAll('Order', 'Invoice')));

  expect(profile).toBeNull();
  expect(compiled.checks.length).toBeGreaterThan(10);
  expect(compiled.diagnostics.filter((one) => one.code === 'profile-left-aside')).toMatchObject([
    { severity: 'info', line: 1, message: expect.stringMatching(/does not fit: .*Invoice/) as string },
  ]);
});

test('a document whose tables hold rows says itself what is synchronised, and the bundled profile adds nothing', async () => {
  const row = '\n   * - email\n     - mail\n     - "string"';
  const table = FIRST_PAIR.indexOf('\n     - CRM Data Type') + '\n     - CRM Data Type'.length;
  const text = FIRST_PAIR.slice(0, table) + row + FIRST_PAIR.slice(table);

  const { profile, compiled } = await prepared(file('filled.rst', text));

  expect(profile).toBeNull();
  expect(compiled.plan.pairs[0]?.rows.map((one) => [one.a, one.b])).toEqual([['email', 'mail']]);
  expect(compiled.diagnostics.map((one) => one.message).join()).toContain('hold rows of their own');
});

test('a document of the same systems without a section has no checks, and that is no error of the profile', async () => {
  const { compiled } = await prepared(
    file('none.rst', BUNDLED.slice(0, BUNDLED.indexOf('\nWebshop Customer to'))),
  );

  expect(compiled.checks).toEqual([]);
});

test('a profile that was asked for must fit', async () => {
  await expect(prepared(file('one.rst', FIRST_PAIR), PROFILE)).rejects.toMatchObject({
    code: 'unknown-pair',
  });
});

test('an older generation may hold fewer pairs than the profile: those that came are new', async () => {
  const old = file('old.rst', FIRST_PAIR);
  const now = await prepared(bundledDocument(), PROFILE);

  const changed = await changedChecks(now, old, PROFILE);

  expect(new Set(changed.map((check) => check.pair))).toEqual(new Set(['order', 'product']));
});

test('policies hold for a document without a profile too', async () => {
  const documentPath = file('plain.rst', BUNDLED.replaceAll('CRM', 'Ledger'));

  const { profile, compiled } = await prepare({
    documentPath,
    reversePath: null,
    profilePath: null,
    policies: { conflict: 'side-a-wins' },
  });

  expect(profile).toBeNull();
  expect(compiled.plan.pairs.map((pair) => pair.policies.conflict)).toEqual(Array(3).fill('side-a-wins'));
});

test('a profile that is named and is for other systems is told of', async () => {
  const others = readFileSync(PROFILE, 'utf8').replace(/names: \[[^\]]*\]/, 'names: [Quayline]');
  const found = async (documentPath: string, profilePath: string) =>
    (await prepared(documentPath, profilePath)).compiled.diagnostics.filter(
      ({ code }) => code === 'profile-for-other-systems',
    );

  expect(await found(bundledDocument(), file('others.yaml', others))).toMatchObject([
    {
      severity: 'warning',
      message: expect.stringMatching(
        /is for Quayline and CRM.*, the document for Webshop and CRM$/,
      ) as string,
    },
  ]);
  expect(await found(bundledDocument(), PROFILE)).toEqual([]);
});
