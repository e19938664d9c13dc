import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allureFragment } from '../../../src/report/identity.js';
import { hostileRun } from '../../../src/report/testing/hostile-run.js';
import { mixedRun, runRecord } from '../../../src/report/testing/run-fixture.js';
import { writeReports } from '../../../src/report/build-all.js';
import { openBrowser, openFile } from './open-page.js';

let browser: Browser;
let folder = '';
beforeAll(async () => {
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), 'syncproof-browser-'));
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(Object.entries({ green: runRecord(), mixed: mixedRun(), hostile: hostileRun() }))(
  '%s',
  (name, run) => {
    test('the page shows the counts of the record, requests nothing and executes nothing', async () => {
      const out = join(folder, name);
      expect((await writeReports(run, out, { allureHtml: true })).problems).toEqual([]);
      const path = join(out, 'allure', 'index.html');
      const { page, watch } = await openFile(browser, path);
      await page.getByText('Total', { exact: true }).first().waitFor();
      const tabs = await page
        .getByText(/^(?:Total|Failed|Broken|Passed|Skipped)$/)
        .locator('xpath=..')
        .allInnerTexts();
      const counted = Object.fromEntries(tabs.map((text) => text.split(/\s+/).slice(0, 2)));
      const { summary } = run;
      expect(counted['Total']).toBe(String(summary.total));
      expect(Number(counted['Failed'] ?? 0)).toBe(summary.failed);
      expect(Number(counted['Broken'] ?? 0)).toBe(summary.error);
      expect(Number(counted['Passed'] ?? 0)).toBe(summary.verified);
      expect(Number(counted['Skipped'] ?? 0)).toBe(summary.notTestable + summary.waived);
      expect(watch).toEqual({ outside: [], console: [] });
      expect(await page.evaluate('globalThis.hacked')).toBeUndefined();

      const bad = run.checks.find((check) => check.verdict !== 'verified') ?? run.checks[0];
      if (bad === undefined) throw new Error('no check');
      const deep = await openFile(browser, path, { hash: `#${allureFragment(run, bad)}` });
      await deep.page.getByText('Line ', { exact: false }).first().waitFor();
      expect(deep.watch).toEqual({ outside: [], console: [] });
      expect(await deep.page.evaluate('globalThis.hacked')).toBeUndefined();
    });
  },
);

test('a page whose data arrives long after its program still shows the counts', async () => {
  const out = join(folder, 'late');
  expect((await writeReports(mixedRun(), out, { allureHtml: true })).problems).toEqual([]);
  const html = await readFile(join(out, 'allure', 'index.html'), 'utf8');
  const programEnds = html.indexOf('<script async>');
  expect(programEnds).toBeGreaterThan(0);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.write(html.slice(0, programEnds));
    setTimeout(() => response.end(html.slice(programEnds)), 1_000);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage();

  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/report`);
  const total = page.getByText('Total', { exact: true }).first();
  await total.waitFor();

  expect((await total.locator('xpath=..').innerText()).split(/\s+/)[1]).toBe(
    String(mixedRun().summary.total),
  );
  expect(asked).toEqual(['/report']);
  await page.close();
  server.close();
});
