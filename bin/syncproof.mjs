#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/src/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error(
    'syncproof is not built yet.\n  remedy: run "npm run build" in its folder (npm ci does so by itself)',
  );
  process.exit(4);
}
await import(main.href);
