import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { syncproof } from './syncproof.js';

const folder = mkdtempSync(join(tmpdir(), 'replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Check = { id: string; form: string; verdict: string; reason: string; replay: string };

function judge(args: string[]): { code: number | null; red: Check[] } {
  const { code } = syncproof(folder, [...args, '--no-html']);
  const run = JSON.parse(readFileSync(join(folder, 'reports', 'run.json'), 'utf8')) as { checks: Check[] };
  return { code, red: run.checks.filter((check) => check.verdict === 'failed') };
}

const edits = ['keep-in-sync'];
const arrivals = ['sync-every'];
const values = ['properties', 'keep-in-sync', 'sync-every'];

/** Ways in which syncs break, by their number in the catalogue, and the sentence forms that may then be red. */
test.each([
  ['the link is not written', 1, 'customer', [...edits, ...arrivals, 'properties'], 'customer/keep-in-sync/'],
  ['one property is dropped', 105, 'customer', values, 'customer/properties/webshop-to-crm/company'],
  [
    'the echo of an own write is written back',
    33,
    'customer',
    [...edits, ...arrivals],
    'customer/keep-in-sync/',
  ],
  ['equal timestamps are passed over', 70, 'customer', arrivals, 'equal-timestamps'],
  ['unmapped fields are overwritten', 17, 'customer', edits, 'unmapped-untouched'],
  ['match keys are compared by their case', 7, 'customer', arrivals, 'match-'],
  ['the last arrival wins', 26, 'customer', edits, 'conflict/'],
  ['a lost answer is followed by a blind repeat', 40, 'customer', arrivals, 'lost-'],
  ['an order before its customer is given up', 41, 'order', arrivals, 'late-reference'],
  ['clearing is not passed on', 16, 'customer', edits, '/clear'],
])(
  'when %s, checks of the right sentence are red, and one line replays each',
  (_what, fault, pair, forms, part) => {
    const whole = judge(['prove', '--fault', String(fault), '--only', pair]);
    const shown = whole.red.find((check) => check.id.includes(part));
    const again = judge((shown?.replay ?? '').replace('npx syncproof ', '').replaceAll("'", '').split(' '));

    expect(whole.code).toBe(1);
    expect(whole.red.map((check) => check.form).filter((form) => !forms.includes(form))).toEqual([]);
    expect(shown?.reason).toMatch(/\w+ \w+ \w+/);
    expect(again.code).toBe(1);
    expect(again.red.map(({ id, reason }) => ({ id, reason }))).toEqual([
      { id: shown?.id, reason: shown?.reason },
    ]);
  },
);
