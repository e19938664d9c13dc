import { expect, test } from 'vitest';
import type { Check } from './check.js';
import { diffChecks, newOrSuspect } from './diff.js';

const check = (id: string, fingerprint = 'same', open = false) =>
  ({
    id,
    fingerprint,
    line: 7,
    title: `title of ${id}`,
    notTestable: open ? { reason: 'r', remedy: 'm' } : null,
  }) as Check;

test('checks that read as before are no change', () => {
  expect(diffChecks([check('a'), check('b', 'x', true)], [check('b', 'x', true), check('a')])).toEqual([]);
});

test('new, suspect and stale checks are told, with line and title', () => {
  const old = [check('gone'), check('reworded', 'before'), check('opened')];
  const now = [check('fresh'), check('reworded', 'after'), check('opened', 'same', true)];

  expect(diffChecks(old, now)).toEqual([
    { kind: 'new', id: 'fresh', line: 7, title: 'title of fresh' },
    { kind: 'suspect', id: 'reworded', line: 7, title: 'title of reworded' },
    { kind: 'suspect', id: 'opened', line: 7, title: 'title of opened' },
    { kind: 'stale', id: 'gone', line: 7, title: 'title of gone' },
  ]);
});

test('of the newer checks the new and the suspect ones are chosen, in their order', () => {
  const old = [check('gone'), check('kept'), check('reworded', 'before')];
  const now = [check('reworded', 'after'), check('kept'), check('fresh')];

  expect(newOrSuspect(old, now).map((one) => one.id)).toEqual(['reworded', 'fresh']);
});
