import { expect, test } from 'vitest';
import type { Check } from '../../src/checklist/check.js';
import { readDocument } from '../../src/document/read.js';
import { compileText, judgeText, verdictsOf, type TextInput } from './judge-text.js';
import { BACK_ROWS, couple, ROWS } from './kiosk-and-depot.js';
import { linkFirst } from './write-document.js';

const KEYS: [string, string] = ['id', 'id'];
const EMAIL: [string, string] = ['email', 'email'];
const FULL = couple(
  { pair: ['Stall', 'Parcel'], merge: [EMAIL], rows: [KEYS, ...ROWS] },
  {
    pair: ['Parcel', 'Stall'],
    merge: [EMAIL, EMAIL, ['code', 'code']],
    rows: [KEYS, ...BACK_ROWS, ['title', 'name'], ['weight', 'weight']],
  },
);

const back = (input: TextInput): Check[] =>
  compileText(input).checks.filter((check) => check.document === 'reverse');

test('each table row of a reverse document has a check that runs, or one that says why not and what to do', () => {
  const rows = readDocument(FULL.reverse ?? '', 'back.rst').pairs.flatMap((pair) => [
    ...pair.propertyRows,
    ...pair.mergeRows,
  ]);
  const byLine = new Map(back(FULL).map((check) => [check.line, check]));

  expect(rows.map(({ span }) => span.line).filter((line) => !byLine.has(line))).toEqual([]);
  expect(
    rows.map(
      ({ span }) => byLine.get(span.line)?.notTestable?.reason.replace(/line \d+/, 'line N') ?? 'runs',
    ),
  ).toEqual([
    'runs',
    'runs',
    'runs',
    'the row stands at line N too, where it is checked',
    'the first document does not name this row, so the two documents contradict each other',
    'runs',
    'the row stands at line N too, where it is checked',
    'the first document merges on other properties, so the two documents contradict each other',
  ]);
});

test('a row of the two keys is judged by a record that begins on the other side', async () => {
  const verdicts = verdictsOf(await judgeText(FULL, ['id-to-id/link-back']));

  expect(verdicts).toEqual({ 'stall-to-parcel/properties/depot-to-kiosk/id-to-id/link-back': 'verified' });
});

test('a sync that makes two records of one fails the row of the two keys', async () => {
  const breakage = () => ({ stages: { saveLink: () => undefined } });

  const [verdict] = Object.values(verdictsOf(await judgeText(FULL, ['id-to-id/link-back'], [1], breakage)));

  expect(verdict).toMatch(/^failed: /);
});

test('where nothing is created in the reverse direction, a row of the two keys says so', () => {
  const input = couple(
    { pair: ['Stall', 'Parcel'], rows: [KEYS, ...ROWS] },
    { pair: ['Parcel', 'Stall'], opening: [linkFirst('Depot Parcel', 'Kiosk Stall')], rows: [KEYS] },
  );

  const [check, ...more] = back(input).filter(({ form }) => form === 'properties');

  expect(check?.notTestable?.reason).toContain('no record is created in this direction');
  expect(more.map((one) => one.notTestable?.reason)).toEqual([
    'the property table names only the keys and no profile names rows',
  ]);
});
