import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPlayground } from './playground.js';
import { runCli, startCli } from './processes.js';
import { HARNESS_ENV, writeProfile } from './profile-file.js';

const folder = mkdtempSync(join(tmpdir(), 'syncproof-killed-'));
const partial = join(folder, 'kept', 'exchanges.partial.jsonl');
const linesSoFar = () => {
  try {
    return readFileSync(partial, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
};
let lines: string[];

/** A recorded run that is killed once something of it was kept. */
beforeAll(async () => {
  const playground = await openPlayground();
  const profile = writeProfile(folder, {
    webshop: playground.webshop,
    crm: playground.crm,
    sync: playground.sync,
    more: ['settleMs: 5000', 'absenceMs: 500', 'quietMs: 150', 'pollMs: 100', 'concurrency: 2'],
  });
  const args = ['run', '--profile', profile, '--target', 'remote', '--no-allure', '--record', 'kept'];
  const { child, ended } = startCli(folder, [...args, '--only', 'customer/*'], HARNESS_ENV);
  while (linesSoFar().length < 2 && child.exitCode === null) await sleep(20);
  child.kill('SIGKILL');
  await ended;
  await playground.close();
  lines = linesSoFar();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the exchanges of the finished checks outlive the kill, and the first line says that they are partial', () => {
  const [head, ...exchanges] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  expect(head).toMatchObject({ schema: 'syncproof.partial/1' });
  expect(exchanges.filter(({ method }) => method === 'POST').length).toBeGreaterThan(0);
});

test('no secret is among them', () => {
  const text = lines.join('\n');

  expect(Object.values(HARNESS_ENV).filter((secret) => text.includes(secret))).toEqual([]);
});

test('played back they are refused with what to do', async () => {
  const { code, err } = await runCli(folder, ['run', '--playback', 'kept', '--no-allure']);

  expect(code).toBe(2);
  expect(err).toMatch(
    /the recording is partial[\s\S]*exchanges\.partial\.jsonl[\s\S]*remedy: .*record the run again/,
  );
});
