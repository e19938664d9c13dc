import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seriousProblems } from './accessibility.js';
import { openBrowser, openFile } from './open-page.js';

const BAD =
  '<html><title>x</title><img src="http://outside.example/x.png"><script>console.error(1)</script></html>';

test('without a browser it says how to get one', async () => {
  await expect(openBrowser('/no/such/chromium')).rejects.toThrow('apt-get install -y chromium');
});

test('a page that breaks the rules is noticed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'syncproof-bad-'));
  const browser = await openBrowser();
  try {
    await writeFile(join(folder, 'bad.html'), BAD);
    const { page, watch } = await openFile(browser, join(folder, 'bad.html'));

    expect(watch.outside).toEqual(['http://outside.example/x.png']);
    expect(watch.console.length).toBeGreaterThan(0);
    const problems = (await seriousProblems(page)).join('\n');
    expect(problems).toContain('image-alt');
    expect(problems).toContain('html-has-lang');
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
