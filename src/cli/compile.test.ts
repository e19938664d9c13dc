import { Ajv } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../checklist/compile.js';
import { initProfile } from '../checklist/init.js';
import { parseProfile } from '../checklist/profile/load.js';
import { profileJsonSchema } from '../checklist/profile/schema.js';
import { readDocument } from '../document/read.js';
import { bundledDocument, bundledProfiles, packageRoot } from './package-root.js';
import { CONTRACTS, prepare } from './prepare.js';

const SHARED = join(packageRoot(), '..', 'shared', 'dataflows', 'customwebshop-customcrm.rst');
const bundled = await prepare({ documentPath: bundledDocument(), reversePath: null, profilePath: null });
const ids = bundled.compiled.checks.map((check) => check.id);
const text = readFileSync(bundledDocument(), 'utf8');
const compileText = (changed: string) =>
  compile({
    document: readDocument(changed, 'd.rst'),
    reverse: null,
    profile: bundled.profile,
    contracts: CONTRACTS,
  });

test('the bundled document gives at least 150 checks with ids of their own', () => {
  expect(ids.length).toBeGreaterThanOrEqual(150);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('customer/keep-in-sync/crm-to-webshop/email');
});

test('every sentence has checks or a reason, and every check a sentence', () => {
  const covered = new Set(bundled.compiled.coverage.flatMap((sentence) => sentence.checks));

  expect(bundled.compiled.coverage.filter((one) => one.checks.length === 0 && one.reason === null)).toEqual(
    [],
  );
  expect(ids.filter((id) => !covered.has(id))).toEqual([]);
});

test('ids survive a document whose sections come in another order', () => {
  const [head = '', ...sections] = text.split(/(?=^Webshop \w+ to CRM)/m);

  const turned = compileText([head, ...sections.toReversed()].join(''));

  expect(turned.checks.map((check) => check.id).toSorted()).toEqual(ids.toSorted());
});

test('without rows for the order its properties are not testable, and its creation is', () => {
  const profile = parseProfile(readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8'), 'p.yaml');
  const order = profile.profile.pairs.find((pair) => pair.source === 'Order');
  if (order !== undefined) order.rows = [];

  const { checks } = compile({ document: bundled.document, reverse: null, profile, contracts: CONTRACTS });

  const own = checks.filter((check) => check.pair === 'order');
  const open = own.filter((check) => check.notTestable !== null);
  expect(open.map((check) => check.form)).toEqual(['keep-in-sync', 'keep-in-sync', 'properties']);
  expect(open.every((check) => check.notTestable?.remedy.includes('syncproof init'))).toBe(true);
  expect(own.some((check) => check.scenario === 'create-one-counterpart' && check.notTestable === null)).toBe(
    true,
  );
});

test('the published schema accepts the bundled profile', () => {
  const schema = profileJsonSchema() as Record<string, unknown>;
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

  expect(validate(parse(readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8')))).toBe(true);
});

test('a profile that init writes can be read back', () => {
  const written = initProfile(bundled.document, bundled.compiled);

  expect(() => parseProfile(written, 'new.yaml')).not.toThrow();
});

test.runIf(existsSync(SHARED))('the document that started it all gives the same checks as ours', async () => {
  const theirs = await prepare({ documentPath: SHARED, reversePath: null, profilePath: null });

  expect(theirs.compiled.checks.map((check) => check.id)).toEqual(ids);
});
