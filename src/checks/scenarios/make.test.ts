import { expect, test } from 'vitest';
import type { CreationRule } from '../../checklist/plan.js';
import { scenarioWorld } from '../testing/scenario-world.js';
import { creatable } from './make.js';

const OPEN = { path: 'status', equals: 'open', meets: 'open', fails: 'closed' };

test.each<[string, CreationRule, object]>([
  ['every one', { kind: 'every' }, {}],
  ['one that meets the condition', { kind: 'when', condition: OPEN }, { status: 'open' }],
])('a record holds what lets it be created: %s', async (_what, a, expected) => {
  const { context } = scenarioWorld({ pair: { creation: { a, b: null } } });

  expect(await creatable(context)).toEqual(expected);
});
