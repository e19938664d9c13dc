import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../../src/run/record.js';
import { bundledDocument } from '../../src/cli/package-root.js';
import { playBack as playBackHere } from '../../src/cli/remote/play-back.js';
import type { RunOptions } from '../../src/cli/run-options.js';
import { FAULTS } from '../../src/proof/faults/catalogue.js';
import { optionsOf, openPlayground } from './playground.js';
import { runCli, type Ended } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';
import { told } from './told.js';

/** Somebody who was in the shop before. */
const SOMEBODY = {
  email: 'zebulon@example.net',
  first_name: 'Zebulon',
  last_name: 'Quist',
  phone: '+4670555123',
};
const ONLY = [
  'keep-in-sync/webshop-to-crm/first-name*',
  'keep-in-sync/webshop-to-crm/phone*',
  'sync-every',
].flatMap((part) => ['--only', `customer/${part}`]);

const folder = mkdtempSync(join(tmpdir(), 'syncproof-playback-'));
let profile: string;
let recorded: Ended;
let again: Ended;

const recordIn = (name: string) =>
  JSON.parse(readFileSync(join(folder, name, 'run.json'), 'utf8')) as RunRecord;
const playBack = (dir: string, ...more: string[]) =>
  runCli(folder, ['run', '--playback', dir, '--no-allure', '--out', 'played', ...more]);

/** A run against a sync that carries emptied properties wrongly; then all three are gone, and so are the secrets. */
beforeAll(async () => {
  const fault = FAULTS.find((one) => one.id === 16);
  const playground = await openPlayground(fault === undefined ? {} : { breakage: fault.make });
  await fetch(`${playground.webshop}/customers`, {
    method: 'POST',
    headers: { 'x-api-key': HARNESS_ENV.SHOP_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(SOMEBODY),
  });
  profile = writeProfile(folder, {
    webshop: playground.webshop,
    crm: playground.crm,
    sync: playground.sync,
    more: ['settleMs: 5000', 'absenceMs: 500', 'quietMs: 150', 'pollMs: 100', 'concurrency: 60'],
  });
  const args = ['run', '--profile', profile, '--target', 'remote', '--no-allure', '--out', 'reports'];
  recorded = await runCli(folder, [...args, '--record', 'kept', ...ONLY], HARNESS_ENV);
  await playground.close();
  again = await playBack('kept');
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the run holds verdicts of every kind', () => {
  const { summary } = recordIn('reports');

  expect(recorded.code).toBe(1);
  expect(summary.verified).toBeGreaterThan(0);
  expect(summary.failed).toBeGreaterThan(0);
  expect(summary.notTestable).toBeGreaterThan(0);
  expect(summary.error).toBe(0);
});

test('played back without the systems and without secrets it gives the same record, byte for byte', () => {
  expect(again.err).toBe('');
  expect(again.code).toBe(recorded.code);
  expect(readFileSync(join(folder, 'played', 'run.json'), 'utf8')).toBe(
    readFileSync(join(folder, 'reports', 'run.json'), 'utf8'),
  );
});

test.each(['dataflow.html', 'junit.xml', 'checklist.md', 'ctrf.json', 'traceability.csv'])(
  'the report %s is the same too',
  (name) => {
    expect(readFileSync(join(folder, 'played', name), 'utf8')).toBe(
      readFileSync(join(folder, 'reports', name), 'utf8'),
    );
  },
);

test('every exchange is kept, and neither secrets nor somebody else', () => {
  const [recording, exchanges] = ['recording.jsonl', 'exchanges.jsonl'].map((name) =>
    readFileSync(join(folder, 'kept', name), 'utf8'),
  );
  const canaries = [...Object.values(HARNESS_ENV), ...Object.values(SOMEBODY)];

  expect(readdirSync(join(folder, 'kept')).toSorted()).toEqual(['exchanges.jsonl', 'recording.jsonl']);
  expect(exchanges?.match(/"method":"POST"/g)?.length).toBeGreaterThan(30);
  expect(exchanges).toContain('"url":"http://127.0.0.1:');
  expect(canaries.filter((one) => recording?.includes(one) === true)).toEqual([]);
  expect(canaries.filter((one) => exchanges?.includes(one) === true)).toEqual([]);
});

/** A copy of the recording with its head changed. */
function altered(name: string, change: (head: Record<string, unknown>) => void): string {
  cpSync(join(folder, 'kept'), join(folder, name), { recursive: true });
  const path = join(folder, name, 'recording.jsonl');
  const [first = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  const head = JSON.parse(first) as Record<string, unknown>;
  change(head);
  writeFileSync(path, [JSON.stringify(head), ...rest].join('\n'));
  return name;
}

/** The recording as the command line would refuse it. */
const refused = (dir: string, options: Partial<RunOptions> = {}) =>
  told(() => playBackHere(join(folder, dir), optionsOf(folder, null, options)));

test('a recording of another version does not fit', async () => {
  const other = altered('version', (head) => (head['tool'] = { version: '9.9.9', judges: '0' }));

  const { code, err } = await refused(other);

  expect(code).toBe(2);
  expect(err).toMatch(
    /does not fit[\s\S]*expected: version 9\.9\.9[\s\S]*found: version \d[\s\S]*remedy: use version/,
  );
});

test('a recording made by other checks of the same version does not fit', async () => {
  const other = altered('judges', (head) => (head['tool'] = { ...(head['tool'] as object), judges: '0' }));

  const { code, err } = await refused(other);

  expect(code).toBe(2);
  expect(err).toContain('found: checks that were changed since');
});

test('a profile that was changed since does not fit', async () => {
  const changed = join(folder, 'changed.yaml');
  writeFileSync(changed, `${readFileSync(profile, 'utf8')}\n# later\n`);

  const { code, err } = await refused('kept', { profilePath: changed });

  expect(code).toBe(2);
  expect(err).toMatch(
    /expected: the profile .*profile\.yaml as it was[\s\S]*found: .*changed\.yaml \(sha256/,
  );
});

test('another document does not fit', async () => {
  const changed = join(folder, 'changed.rst');
  copyFileSync(bundledDocument(), changed);
  appendFileSync(changed, '\n');

  const { code, err } = await refused('kept', { documentPath: changed, isBundled: false });

  expect(code).toBe(2);
  expect(err).toMatch(/expected: the document .* as it was[\s\S]*remedy: give the document of that run/);
});

test('a recording whose answers were changed is refused', async () => {
  const other = altered('damaged', () => undefined);
  const path = join(folder, other, 'recording.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"a create Customer"', '"a create Kunde"'));

  const { code, err } = await refused(other);

  expect(code).toBe(2);
  expect(err).toContain('the file is damaged or was changed');
});

test('a recording of a run that was interrupted is refused', async () => {
  const other = altered('cut', (head) => (head['interrupted'] = 'interrupted by SIGINT after 3 of 9 checks'));

  const { code, err } = await refused(other);

  expect(code).toBe(2);
  expect(err).toContain('found: interrupted by SIGINT after 3 of 9 checks');
});

test('a recording without the answers of a check gives an error for it, never green', async () => {
  const { createHash } = await import('node:crypto');
  cpSync(join(folder, 'kept'), join(folder, 'lost'), { recursive: true });
  const path = join(folder, 'lost', 'recording.jsonl');
  const [first = '', ...worlds] = readFileSync(path, 'utf8').split('\n');
  const left = worlds.filter(
    (line) => !line.includes('"purpose":"customer/sync-every/webshop-to-crm/create"'),
  );
  const sha256 = createHash('sha256').update(left.join('\n')).digest('hex');
  writeFileSync(path, [JSON.stringify({ ...(JSON.parse(first) as object), sha256 }), ...left].join('\n'));

  const { code } = await playBack('lost');
  const check = recordIn('played').checks.find(
    (one) => one.id === 'customer/sync-every/webshop-to-crm/create',
  );

  expect(left.length).toBeLessThan(worlds.length);
  expect(code).toBe(4);
  expect(check?.verdict).toBe('error');
  expect(check?.reason).toContain('the recording holds no answer to');
});

test('a folder without a recording is one clear error, with exit code 2', async () => {
  const { code, err } = await playBack('nowhere');

  expect(code).toBe(2);
  expect(err).toMatch(
    /is no recording of a run[\s\S]*nowhere\/recording\.jsonl:1[\s\S]*no such file[\s\S]*remedy:/,
  );
});

test('a folder that holds a recording is not written over', async () => {
  const args = ['run', '--profile', profile, '--target', 'remote', '--record', 'kept'];

  const { code, err } = await runCli(folder, args, HARNESS_ENV);

  expect(code).toBe(2);
  expect(err).toMatch(/the folder holds a recording already[\s\S]*remedy: give another folder/);
});
