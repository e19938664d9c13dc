import type { CompiledChecklist } from '../../src/checklist/compile.js';
import { compileText } from '../worlds/judge-text.js';
import { CONNECTED, EVERY, LINK_FIRST, WHEN } from '../worlds/kiosk-and-depot.js';
import { checklistOf, FORMS, type Suite } from './suites.js';

/** Documents with all that the checks tell apart: every kind of sentence, property and policy, and reverse documents. */
export async function keptSuites(): Promise<[name: string, CompiledChecklist][]> {
  const suites: [string, CompiledChecklist][] = [];
  for (const suite of ['bundled', 'conditional', 'fan-out', ...FORMS] satisfies Suite[])
    suites.push([suite, await checklistOf(suite)]);
  for (const [name, input] of Object.entries({ EVERY, LINK_FIRST, CONNECTED, WHEN }))
    suites.push([`back-${name.toLowerCase().replace('_', '-')}`, compileText(input)]);
  return suites;
}
