import { expect, test } from 'vitest';
import { NotTestableHere } from '../failure.js';
import { scenarioWorld } from '../testing/scenario-world.js';
import { lateReference } from './creation.js';

test('a late reference cannot be tested where no row refers to another record', async () => {
  const { context, a } = scenarioWorld();

  await expect(lateReference(context)).rejects.toThrow(NotTestableHere);

  expect(a.held.size).toBe(0);
});
