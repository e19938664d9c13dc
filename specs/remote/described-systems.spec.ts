import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledProfiles, packageRoot } from '../../src/cli/package-root.js';
import type { RunRecord } from '../../src/run/record.js';
import { openPlayground, type Playground } from './playground.js';
import { runCli, type Ended } from './processes.js';
import { HARNESS_ENV } from './profile-file.js';

let playground: Playground;
let ended: Ended;
let run: RunRecord;

/** The systems and the entry `remote` as docs/remote.md shows them, at the ports of the playground. */
function profileText(): string {
  const page = readFileSync(join(packageRoot(), 'docs', 'remote.md'), 'utf8');
  const shown = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const bundled = readFileSync(join(bundledProfiles(), 'webshop-crm.yaml'), 'utf8');
  return [
    shown
      .replace('http://127.0.0.1:4010', playground.webshop)
      .replace('http://127.0.0.1:4011', playground.crm)
      .replaceAll('http://127.0.0.1:4012', playground.sync)
      .replace('requestsPerSecond: 5', 'requestsPerSecond: 200')
      .replace('preset: webshop', 'preset: webshop\n      bumpsOnNoChange: unknown')
      .replace('preset: crm', 'preset: crm\n      nullUntilUpdate: unknown')
      .trimEnd(),
    '  absenceMs: 1000\n  quietMs: 200\n  pollMs: 100',
    bundled.slice(bundled.indexOf('policies:')),
  ].join('\n');
}

beforeAll(async () => {
  playground = await openPlayground();
  writeFileSync(join(playground.folder, 'described.yaml'), profileText());
  const args = [
    'run',
    '--profile',
    'described.yaml',
    '--target',
    'remote',
    '--no-allure',
    '--out',
    'reports',
  ];
  const only = [
    'customer/properties/*',
    'customer/sync-every/*',
    'customer/keep-in-sync/crm-to-webshop/phone',
  ];
  ended = await runCli(playground.folder, [...args, ...only.flatMap((id) => ['--only', id])], HARNESS_ENV);
  run = JSON.parse(readFileSync(join(playground.folder, 'reports', 'run.json'), 'utf8')) as RunRecord;
}, 120_000);

afterAll(() => playground.close());

test('systems are reached by what the profile says of their APIs', () => {
  const judged = run.checks.filter(({ verdict }) => verdict !== 'not-testable');

  expect(judged.length).toBeGreaterThan(20);
  expect(
    judged.filter(({ verdict }) => verdict !== 'verified').map(({ id, reason }) => [id, reason]),
  ).toEqual([]);
});

test('how they keep their update time is found out, and told', () => {
  expect(ended.err).toContain(
    'probed: Webshop moves its update time on a save without a change, and gives one from the start',
  );
  expect(ended.err).toContain(
    'probed: CRM moves its update time on a save without a change, and gives one from the start',
  );
});

test('no secret stands in what the run wrote', () => {
  const reports = join(playground.folder, 'reports');
  const files = readdirSync(reports).filter((name) => !name.endsWith('.png'));
  const written = [ended.out, ended.err, ...files.map((name) => readFileSync(join(reports, name), 'utf8'))];

  expect(files.length).toBeGreaterThan(5);
  for (const secret of [HARNESS_ENV.SHOP_KEY, HARNESS_ENV.CRM_SECRET])
    expect(written.filter((text) => text.includes(secret))).toEqual([]);
});
