import { expect, test } from 'vitest';
import type { Check } from './check.js';
import { readDocument } from '../document/read.js';
import { compile } from './compile.js';
import { diffChecks, newOrSuspect, type Generation } from './diff.js';
import { EVERY, merges, properties, section } from './testing/init-profile.js';

const check = (id: string, fingerprint = 'same', open = false) =>
  ({
    id,
    fingerprint,
    line: 7,
    title: `title of ${id}`,
    notTestable: open ? { reason: 'r', remedy: 'm' } : null,
  }) as Check;
const generation = (...checks: Check[]): Generation =>
  ({ checks, plan: { pairs: [] } }) as unknown as Generation;

test('checks that read as before are no change', () => {
  expect(
    diffChecks(generation(check('a'), check('b', 'x', true)), generation(check('b', 'x', true), check('a'))),
  ).toEqual([]);
});

test('new, suspect and stale checks are told, with line and title', () => {
  const old = generation(check('gone'), check('reworded', 'before'), check('opened'));
  const now = generation(check('fresh'), check('reworded', 'after'), check('opened', 'same', true));

  expect(diffChecks(old, now)).toEqual([
    { kind: 'new', id: 'fresh', line: 7, title: 'title of fresh' },
    { kind: 'suspect', id: 'reworded', line: 7, title: 'title of reworded' },
    { kind: 'suspect', id: 'opened', line: 7, title: 'title of opened' },
    { kind: 'stale', id: 'gone', line: 7, title: 'title of gone' },
  ]);
});

test('of the newer checks the new and the suspect ones are chosen, in their order', () => {
  const old = generation(check('gone'), check('kept'), check('reworded', 'before'));
  const now = generation(check('reworded', 'after'), check('kept'), check('fresh'));

  expect(newOrSuspect(old, now).map((one) => one.id)).toEqual(['reworded', 'fresh']);
});

const NAME = ['name', 'title', '"string"'];
const AGE = ['age', 'years', '"integer"'];
const compiled = (...lines: string[]) =>
  compile({
    document: readDocument(
      ['Desk to Book Dataflow', '=====================', '', ...lines, ''].join('\n'),
      'd.rst',
    ),
    reverse: null,
    profile: null,
    contracts: {},
  });
const clients = (rows: string[][], keys: string[][]) =>
  compiled(...section('Client', 'Account', EVERY), ...properties(...rows), ...merges(...keys));
const BEFORE = clients([NAME, AGE], [['mail', 'email']]);
const suspects = (now: Generation) =>
  diffChecks(BEFORE, now).flatMap(({ kind, id }) => (kind === 'suspect' ? [id] : []));
const checksOf = ({ checks }: Generation, property: string | null) =>
  checks.filter((one) => one.property === property && one.matchKey === null).map(({ id }) => id);

test.each([
  ['another target', [NAME, ['age', 'yrs', '"integer"']]],
  ['another type', [NAME, ['age', 'years', '"decimal"']]],
])('a row with %s makes its checks suspect, and those of the whole record', (_what, rows) => {
  const found = suspects(clients(rows, [['mail', 'email']]));

  expect(found).toEqual(expect.arrayContaining([...checksOf(BEFORE, 'age'), ...checksOf(BEFORE, null)]));
  expect(found.filter((id) => checksOf(BEFORE, 'name').includes(id))).toEqual([]);
});

test('a key on another property makes its checks suspect', () => {
  const found = suspects(clients([NAME, AGE], [['mail', 'email2']]));
  const keyed = BEFORE.checks.filter(({ matchKey }) => matchKey !== null).map(({ id }) => id);

  expect(keyed.length).toBeGreaterThan(0);
  expect(found).toEqual(expect.arrayContaining(keyed));
});

test('where a thing stands, and other pairs, make nothing suspect', () => {
  const moved = compiled(
    '',
    '',
    ...section('Client', 'Account', EVERY),
    ...properties(AGE, NAME),
    ...merges(['mail', 'email']),
    ...section('Note', 'Memo', 'Every Desk Note will be synchronized with a Book Memo.'),
  );

  expect(suspects(moved).filter((id) => checksOf(BEFORE, 'age').includes(id))).toEqual([]);
  expect(
    suspects(
      compiled(
        '',
        '',
        ...section('Client', 'Account', EVERY),
        ...properties(NAME, AGE),
        ...merges(['mail', 'email']),
      ),
    ),
  ).toEqual([]);
});
