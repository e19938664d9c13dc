import { globSync } from 'tinyglobby';
import { control } from './control.mjs';
import { judgeQuickly } from './judge-quickly.mjs';
// The same module as the tests have: a path would name the copy of it in Stryker's sandbox.
import { noteLoading } from 'vitest';

/** The one file that Mocha loads: it awaits, so that Mocha imports it and the resolver's hook sees what follows. */
globalThis.beforeEach(() => void control());
const files = (process.env.MUTATION_TESTS ?? '').split(' ');
for (const file of globSync(files, { absolute: true }).toSorted()) {
  noteLoading(file);
  await import(file);
}
judgeQuickly();
