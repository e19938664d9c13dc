#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

const main = new URL('../dist/bundled/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error(
    'syncproof is not built yet.\n  remedy: run "npm run build" in its folder (npm ci does so by itself)',
  );
  process.exit(4);
}
// Most runs end before optimised machine code pays for its making: functions must be much hotter than by default.
setFlagsFromString('--interrupt-budget=1000000');
await import(main.href);
