import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../../../src/run/record.js';
import { REPORT_ORDER, countVerdicts } from '../../../src/report/words.js';
import { syncproof } from '../../cli/syncproof.js';
import { seriousProblems } from './accessibility.js';
import { openBrowser, openFile } from './open-page.js';

const SCRIPT = '<script>window.hacked=1</script>';
const IMAGE = '<img src=http://outside.example/x.png onerror="window.hacked=1">';

/** Script in the title, a heading, a property name, a data type, a link and plain words. */
const HOSTILE = `=====================================
A ${SCRIPT} to B Dataflow
=====================================

Generated: 2026-01-01 00:00:00

Introduction
------------

Words ${IMAGE} and a \`link <javascript:window.hacked=1>\`_ to http://outside.example/${SCRIPT}.

A Thing${SCRIPT} to B Thing
---------------------------------------------------------

Every A Thing${SCRIPT} will be synchronized with a B Thing.

The following properties are synchronized between a A Thing${SCRIPT} and a B Thing:

.. list-table::
   :header-rows: 1

   * - A Thing Property
     - B Thing Property
     - B Data Type
   * - name${SCRIPT}
     - name
     - "string"
   * - ${IMAGE}
     - url
     - "string"
`;

let browser: Browser;
let folder = '';
beforeAll(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'syncproof-judged-'));
  writeFileSync(join(folder, 'hostile.rst'), HOSTILE);
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['the bundled document', []],
  ['a hostile document', ['hostile.rst']],
] satisfies [string, string[]][])(
  '%s, judged: both pages agree with the record, request and execute nothing',
  { timeout: 120_000 },
  async (_, documents) => {
    const ended = syncproof(folder, ['run', ...documents, '--out', `out-${documents.length}`]);
    const out = join(folder, `out-${documents.length}`);

    expect(ended.code).toBe(0);
    const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunRecord;
    const counts = countVerdicts(run.checks);
    const { page, watch } = await openFile(browser, join(out, 'dataflow.html'));
    for (const verdict of REPORT_ORDER)
      expect(await page.locator(`[data-count="checks-${verdict}"]`).innerText()).toBe(
        String(counts[verdict]),
      );
    expect(watch).toEqual({ outside: [], console: [] });
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(await page.locator('script, img, iframe, object, embed, a[href^="javascript"]').count()).toBe(0);
    expect(await seriousProblems(page)).toEqual([]);

    const allure = await openFile(browser, join(out, 'allure', 'index.html'));
    await allure.page.getByText('Total', { exact: true }).first().waitFor();
    const total = allure.page.getByText('Total', { exact: true }).first().locator('xpath=..');
    expect((await total.innerText()).split(/\s+/)[1]).toBe(String(run.summary.total));
    expect(allure.watch).toEqual({ outside: [], console: [] });
    expect(await allure.page.evaluate('globalThis.hacked')).toBeUndefined();
  },
);
