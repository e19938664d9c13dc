import { expect, test } from 'vitest';
import { scenarioWorld } from '../testing/scenario-world.js';
import { brokenListing } from './paging.js';

const EMPTY = { value: { label: 'empty', value: null } };

test.each([
  ['among other things', 'data.items', { data: { items: [] } }],
  ['as they are', null, []],
])(
  'a listing without a record is in the form of the provider, which lists them %s',
  async (_how, many, body) => {
    const { context, b, disturbances } = scenarioWorld({ check: EMPTY });
    Object.assign(context.plan.systems.a.api.record, { many });

    await brokenListing(context);

    expect(b.held.size).toBe(11);
    expect(disturbances.map(({ effect }) => effect)).toEqual([{ kind: 'answer', status: 200, body }]);
  },
);
