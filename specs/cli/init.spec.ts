import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { initProfile } from '../../src/checklist/init.js';
import { parseProfile } from '../../src/checklist/profile/load.js';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import { packageRoot } from '../../src/cli/package-root.js';
import { prepare, type Prepared } from '../../src/cli/prepare.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { syncproof } from './syncproof.js';

const FORMS = join(packageRoot(), 'fixtures', 'dataflows', 'forms');
const documents = readdirSync(FORMS).map((name) => join(FORMS, name));
/** One document of each sentence form. */
const NINE = [
  'sync-every',
  'sync-when',
  'link-first',
  'create-connected',
  'merge-on',
  'merge-existing',
  'create-missing',
  'keep-in-sync',
  'properties',
].map((name) => join(FORMS, `${name}.rst`));

const compiledWith = (documentPath: string, text: string | null) =>
  prepare({
    documentPath,
    reversePath: null,
    profilePath: null,
    profile: text === null ? null : parseProfile(text, 'p.yaml'),
  });

async function initOf(documentPath: string): Promise<string> {
  const { document, compiled } = await compiledWith(documentPath, null);
  return initProfile(document, compiled);
}

/** The profile of somebody who takes every suggestion as it stands. */
const filledIn = (text: string) => text.replaceAll(/^(\s*)#(?=[^\s]|\s{2})/gm, '$1');

async function verdictsOf({ compiled }: Prepared): Promise<Record<string, string>> {
  const target = referenceTarget(compiled.plan, 'direct');
  const found: Record<string, string> = {};
  for (const bundle of bundleChecks(compiled.checks))
    for (const [id, { verdict }] of await runBundle(bundle, compiled.plan, target, (key) =>
      checkSeed(1, key),
    ))
      found[id] = verdict;
  return found;
}

const counting = (wanted: string) => (verdicts: Record<string, string>) =>
  Object.values(verdicts).filter((verdict) => verdict === wanted).length;
const notTestable = counting('not-testable');
const verified = counting('verified');

describe('a profile as init writes it changes nothing', () => {
  test.each(documents.map((path) => [basename(path), path]))(
    '%s compiles to the same checks',
    async (_name, path) => {
      const without = await compiledWith(path, null);
      const written = await compiledWith(path, await initOf(path));

      expect(written.compiled.checks).toEqual(without.compiled.checks);
      expect(written.compiled.plan).toEqual(without.compiled.plan);
    },
  );

  test.each(NINE.map((path) => [basename(path), path]))('%s is judged the same', async (_name, path) => {
    const written = await verdictsOf(await compiledWith(path, await initOf(path)));

    expect(written).toEqual(await verdictsOf(await compiledWith(path, null)));
    expect(Object.keys(written).length).toBeGreaterThan(20);
  });
});

describe('a profile with every suggestion taken', () => {
  test.each(documents.map((path) => [basename(path), path]))(
    '%s runs, and less is left open',
    async (_name, path) => {
      const without = await verdictsOf(await compiledWith(path, null));
      const taken = await verdictsOf(await compiledWith(path, filledIn(await initOf(path))));

      expect(
        Object.entries(taken).filter(([, verdict]) => verdict === 'failed' || verdict === 'error'),
      ).toEqual([]);
      expect(notTestable(taken)).toBeLessThanOrEqual(notTestable(without));
      expect(verified(taken)).toBeGreaterThanOrEqual(Math.min(verified(without), 20));
    },
  );

  test.each([
    ['sync-when', 5],
    ['empty-table', 3],
    ['qualifiers', 3],
    ['data-types', 1],
    ['create-missing', 1],
  ])('of %s %i more checks can be made', async (name, count) => {
    const path = join(FORMS, `${name}.rst`);
    const open = ({ compiled }: Prepared) =>
      compiled.checks.filter((check) => check.notTestable !== null).length;

    const before = open(await compiledWith(path, null));
    const after = open(await compiledWith(path, filledIn(await initOf(path))));

    expect(before - after).toBe(count);
  });
});

describe('the command', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'init-'));
  });

  test('writes a profile with which a run passes as without', () => {
    const document = join(FORMS, 'sync-when.rst');

    const written = syncproof(folder, ['init', document, '--out', 'new.yaml']);
    const ran = syncproof(folder, [
      'run',
      document,
      '--profile',
      'new.yaml',
      '--no-html',
      '--no-allure',
      '--only',
      'client-to-account/sync-when',
    ]);
    const without = syncproof(folder, [
      'run',
      document,
      '--no-html',
      '--no-allure',
      '--only',
      'client-to-account/sync-when',
    ]);

    expect([written.code, written.out]).toEqual([0, 'wrote new.yaml\n']);
    expect(existsSync(join(folder, 'new.yaml'))).toBe(true);
    expect(ran.code).toBe(without.code);
    expect(ran.code).not.toBe(2);
  });

  test('replaces no file unless it is told to', () => {
    writeFileSync(join(folder, 'mine.yaml'), 'mine');
    const [document] = NINE;

    const refused = syncproof(folder, ['init', document ?? '', '--out', 'mine.yaml']);
    const forced = syncproof(folder, ['init', document ?? '', '--out', 'mine.yaml', '--force']);

    expect([refused.code, forced.code]).toEqual([2, 0]);
    expect(refused.err).toMatch(/exists already[\s\S]*remedy: .*--force/);
  });

  test('says what the document leaves open', () => {
    const { out } = syncproof(folder, ['init', join(FORMS, 'create-connected.rst')]);

    expect(out).toMatch(
      /Created when it is connected to Harbor Desk Ticket, Harbor Desk Berth, Harbor Desk Contract/,
    );
  });

  test('names the lines that it cannot help with', () => {
    const { code, out } = syncproof(folder, ['init', join(FORMS, 'unparsed-line.rst')]);

    expect(code).toBe(0);
    expect(out).toMatch(/# - line \d+: this is none of the nine sentence forms/);
  });
});
