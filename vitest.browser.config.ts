import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: the reports in headless Chromium; needs Debian's `chromium` (see docs/reading-a-report.md). */
export default defineConfig({
  test: { include: ['specs/report/browser/**/*.browser.ts'], fileParallelism: false, testTimeout: 120_000 },
});
