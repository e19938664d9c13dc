import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeWhole } from '../../../src/files/write-file.js';
import { renderLivingDocument } from '../../../src/report/dataflow-html/render.js';
import { anchorOf } from '../../../src/report/identity.js';
import { hostileRun } from '../../../src/report/testing/hostile-run.js';
import { largeRun, mixedRun, runRecord } from '../../../src/report/testing/run-fixture.js';
import { countVerdicts, REPORT_ORDER } from '../../../src/report/words.js';
import { seriousProblems } from './accessibility.js';
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

const RUNS = { green: runRecord(), mixed: mixedRun(), hostile: hostileRun() };

async function written(name: string, html: string): Promise<string> {
  const path = join(folder, `${name}.html`);
  await writeWhole(path, html);
  return path;
}
const shownItems = (page: Page) => page.locator('.sentence.item:visible').count();

describe.each(Object.entries(RUNS))('%s', (name, run) => {
  test('opens without a request, a console message or anything executed', async () => {
    const { page, watch } = await openFile(browser, await written(name, renderLivingDocument(run)));
    expect(watch).toEqual({ outside: [], console: [] });
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(await page.locator('script, img, iframe, object, embed, [onerror], [onclick]').count()).toBe(0);
  });

  test('the counts on the page are those of the record', async () => {
    const { page } = await openFile(browser, await written(name, renderLivingDocument(run)));
    const counts = countVerdicts(run.checks);
    for (const verdict of REPORT_ORDER) {
      expect(await page.locator(`[data-count="checks-${verdict}"]`).innerText()).toBe(
        String(counts[verdict]),
      );
      expect(await page.locator(`label[for="show-${verdict}"] b`).innerText()).toBe(String(counts[verdict]));
    }
    expect(await page.locator('[data-count="checks-total"]').innerText()).toBe(String(run.checks.length));
  });
});

test('the filter works without JavaScript', async () => {
  const run = mixedRun();
  const path = await written('filter', renderLivingDocument(run));
  const { page } = await openFile(browser, path, { javaScript: false });
  expect(await shownItems(page)).toBe(run.sentences.length);
  for (const verdict of REPORT_ORDER) {
    await page.locator(`label[for="show-${verdict}"]`).click();
    const holding = run.sentences.filter(
      (one) =>
        one.verdict === verdict ||
        run.checks.some((check) => check.verdict === verdict && one.checks.includes(check.id)),
    );
    expect(await shownItems(page)).toBe(holding.length);
  }
  await page.locator('label[for="show-failed"]').click();
  expect(await page.locator('.card:visible').count()).toBe(run.summary.failed);
});

test('the keyboard reaches the filter and opens the checks of a sentence', async () => {
  const { page } = await openFile(browser, await written('keys', renderLivingDocument(mixedRun())));
  await page.locator('#show-all').focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.locator('#show-failed').isChecked()).toBe(true);
  const summary = page.locator('.sentence:visible details summary').first();
  const before = await page.locator('.sentence:visible details').first().getAttribute('open');
  await summary.focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('.sentence:visible details').first().getAttribute('open')).not.toBe(before);
});

test('a link to a verified check opens what hides it', async () => {
  const run = mixedRun();
  const check = run.checks.findLast((one) => one.verdict === 'verified' && one.form === 'keep-in-sync');
  const anchor = anchorOf(check?.id ?? '');
  const path = await written('anchor', renderLivingDocument(run));
  const { page } = await openFile(browser, path, { hash: `#${anchor}` });
  expect(await page.locator(`[id="${anchor}"]`).isVisible()).toBe(true);
});

test('both themes keep a contrast of 4.5 for every text', async () => {
  const path = await written('contrast', renderLivingDocument(mixedRun()));
  for (const scheme of ['light', 'dark'] as const) {
    const { page } = await openFile(browser, path, { scheme });
    expect(await page.evaluate(LOW_CONTRAST)).toEqual([]);
  }
});

test.each(['light', 'dark'] as const)('axe finds no serious problem in the %s theme', async (scheme) => {
  for (const [name, run] of Object.entries(RUNS)) {
    const path = await written(`axe-${name}`, renderLivingDocument(run));
    const { page } = await openFile(browser, path, { scheme });
    expect(await seriousProblems(page)).toEqual([]);
  }
});

test('headings, landmarks, names and ids are sound', async () => {
  const { page } = await openFile(browser, await written('structure', renderLivingDocument(mixedRun())));
  expect(await page.locator('h1').count()).toBe(1);
  for (const landmark of ['header', 'main', 'footer', 'nav[aria-label]'])
    expect(await page.locator(landmark).count()).toBe(1);
  expect(await page.evaluate(DUPLICATE_IDS)).toEqual([]);
  expect(await page.locator('table th:not([scope])').count()).toBe(0);
  expect(
    await page.locator('.scroll:not([tabindex]), .scroll:not([aria-label]):not([aria-labelledby])').count(),
  ).toBe(0);
  expect(await page.getAttribute('html', 'lang')).toBe('en');
});

test('on a narrow screen nothing but wide tables scrolls sideways', async () => {
  const { page } = await openFile(browser, await written('narrow', renderLivingDocument(mixedRun())));
  await page.setViewportSize({ width: 400, height: 900 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
});

test('a verdict that no check has says so instead of showing an empty page', async () => {
  const { page } = await openFile(browser, await written('none', renderLivingDocument(runRecord())));
  await page.locator('label[for="show-failed"]').click();
  expect(await page.getByText('No check is failed.').isVisible()).toBe(true);
});

test('5,000 checks open and filter quickly', async () => {
  const path = await written('large', renderLivingDocument(largeRun(5000)));
  const started = performance.now();
  const { page } = await openFile(browser, path);
  await page.locator('label[for="show-verified"]').click();
  await shownItems(page);
  expect(performance.now() - started).toBeLessThan(10_000);
});

const DUPLICATE_IDS = `(() => {
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at);
})()`;

const LOW_CONTRAST = `(() => {
  const channel = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const numbers = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = numbers(getComputedStyle(one).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const low = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element) continue;
    const pair = [light(numbers(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    if ((pair[0] + 0.05) / (pair[1] + 0.05) < 4.5) low.add(element.className || element.tagName);
  }
  return [...low];
})()`;
