import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Starts Debian's Chromium, or says how to get it. */
export async function openBrowser(path = CHROMIUM): Promise<Browser> {
  if (!existsSync(path)) {
    throw new Error(`${path} is missing. Install it: apt-get update && apt-get install -y chromium`);
  }
  const args = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking';
  return chromium.launch({
    executablePath: path,
    args: [...args.split(' '), '--disable-component-update', '--disable-sync'],
  });
}

/** What a page did that a report must never do. */
export type Watch = { outside: string[]; console: string[] };

/** Opens a file from disk and watches for requests to other places and for anything on the console. */
export async function openFile(
  browser: Browser,
  path: string,
  options: { scheme?: 'light' | 'dark'; javaScript?: boolean; hash?: string } = {},
): Promise<{ page: Page; watch: Watch }> {
  const context = await browser.newContext({
    colorScheme: options.scheme ?? 'light',
    javaScriptEnabled: options.javaScript ?? true,
    viewport: { width: 1200, height: 1000 },
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const watch: Watch = { outside: [], console: [] };
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(?:data|blob):/.test(url) && !url.startsWith(pathToFileURL(path).href)) watch.outside.push(url);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') watch.console.push(message.text());
  });
  page.on('pageerror', (error) => watch.console.push(error.message));
  page.on('dialog', (dialog) => void watch.console.push(`dialog ${dialog.message()}`));
  await page.goto(pathToFileURL(path).href + (options.hash ?? ''), { waitUntil: 'load' });
  return { page, watch };
}
