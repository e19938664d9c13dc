import { expect, test } from 'vitest';
import type { FieldSpec, FieldType } from '../../contract/field.js';
import { CheckFailure, NotTestableHere } from '../failure.js';
import { carryToB } from '../testing/small-world.js';
import { scenarioWorld } from '../testing/scenario-world.js';
import { conflictSameProperty } from './conflicts.js';

const named = (type: FieldType) => {
  const fields: FieldSpec[] = [{ path: 'name', type }];
  return { a: fields, b: fields };
};

test('two edits cannot contradict where every property has two values only', async () => {
  const { context, a } = scenarioWorld({ fields: named({ kind: 'boolean' }) });

  await expect(conflictSameProperty(context)).rejects.toThrow(NotTestableHere);

  expect(a.held.size).toBe(0);
});

test('a conflict that is kept for review where nothing reports it fails the check', async () => {
  const { context } = scenarioWorld({
    policies: { conflict: 'keep-for-review' },
    work: (systems, rows) => (systems.b.held.size === 0 ? carryToB(systems, rows) : undefined),
  });

  await expect(conflictSameProperty(context)).rejects.toThrow(
    new CheckFailure('the conflict is kept for review and is not reported'),
  );
});

test('the search for a second value ends where a property takes only one', async () => {
  const { context, a, b } = scenarioWorld({
    policies: { conflict: 'side-a-wins' },
    fields: named({ kind: 'integer', min: 5, max: 5 }),
  });

  await conflictSameProperty(context);

  expect([a.updates, b.updates]).toEqual([[{ name: 5 }], [{ name: 5 }]]);
});
