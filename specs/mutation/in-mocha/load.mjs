import { globSync } from 'tinyglobby';
import { control } from './control.mjs';
import { judgeQuickly } from './judge-quickly.mjs';
import { noteLoading } from './vitest.mjs';

/** The one file that Mocha loads: it awaits, so that Mocha imports it and the resolver's hook sees what follows. */
globalThis.beforeEach(() => void control());
const files = (process.env.MUTATION_TESTS ?? '').split(' ');
for (const file of globSync(files, { absolute: true }).toSorted()) {
  noteLoading(file);
  await import(file);
}
judgeQuickly();
