import { expect, test } from 'vitest';
import { carryToB } from '../testing/small-world.js';
import { problemsWith, scenarioWorld } from '../testing/scenario-world.js';
import { unknownEnum } from './drift.js';

/** A sync that carries new records alone, and has a problem with this one. */
const refusing = (id: string) =>
  scenarioWorld({
    check: { property: 'name', value: { label: 'unknown', value: 'odd' } },
    sync: { status: async () => problemsWith(id) },
    work: (systems, rows) => (systems.b.held.size === 0 ? carryToB(systems, rows) : undefined),
  });

test.each([['1'], ['of-1']])('an unknown value is waited for until it is reported of %s', async (id) => {
  const { context, looks } = refusing(id);

  await unknownEnum(context);

  expect(looks).toEqual([true, true]);
});

test('an unknown value that is reported of another record alone fails the check', async () => {
  const { context, looks } = refusing('9');

  await expect(unknownEnum(context)).rejects.toThrow('an unknown value is not reported');

  expect(looks).toEqual([true, false]);
});
