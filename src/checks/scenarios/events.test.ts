import { expect, test } from 'vitest';
import type { Records } from '../testing/small-world.js';
import { scenarioWorld } from '../testing/scenario-world.js';
import { deletedNotRecreated } from './events.js';

/** A sync that gives each record of a one counterpart, and deletes the record whose counterpart is gone if it `deletes`. */
function linking(deletes: boolean) {
  const linked = new Set<string>();
  return ({ a, b }: { a: Records; b: Records }) => {
    for (const [id, fields] of a.held) {
      if (!linked.has(id)) b.put(`of-${id}`, structuredClone(fields));
      linked.add(id);
      if (!deletes || b.held.has(`of-${id}`)) continue;
      a.held.delete(id);
      linked.delete(id);
    }
  };
}

test('a deleted record is let go of where only other records are still linked', async () => {
  const { context, a, b, looks } = scenarioWorld({ policies: { delete: 'unlink' }, work: linking(false) });
  const links = () => [...b.held.keys()].map((bId) => ({ pair: 'customer', aId: bId.slice(3), bId }));
  context.world.sync.links = async () => [...links(), { pair: 'customer', aId: '9', bId: 'of-9' }];

  await deletedNotRecreated(context);

  expect([...a.held.keys()]).toEqual(['1', '2']);
  expect([...b.held.keys()]).toEqual(['of-2']);
  expect(looks).toEqual([true, true, 'at nothing', true]);
});

test('a deleted record that the sync still takes for linked fails the check', async () => {
  const { context } = scenarioWorld({ policies: { delete: 'unlink' }, work: linking(false) });
  context.world.sync.links = async () => [{ pair: 'customer', aId: '1', bId: 'of-1' }];

  await expect(deletedNotRecreated(context)).rejects.toThrow(
    'the sync still takes the deleted of-1 for linked',
  );
});

test('a deletion that is carried on is waited for on the other side', async () => {
  const { context, looks } = scenarioWorld({ policies: { delete: 'propagate' }, work: linking(true) });

  await deletedNotRecreated(context);

  expect(looks).toEqual([true, true, true]);
});
