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
// An engine complains on stderr about a flag that it does not know, so only those that were tried are told: 11 is that
// of Node 20, 12 that of Node 22 and 13 that of Node 24.
const since22 = ['--invocation-count-for-turbofan=45000', '--invocation-count-for-maglev=6000'];
const flags = { 11: ['--interrupt-budget=1000000'], 12: since22, 13: since22 };
for (const flag of flags[Number.parseInt(process.versions.v8)] ?? []) setFlagsFromString(flag);
await import(main.href);
