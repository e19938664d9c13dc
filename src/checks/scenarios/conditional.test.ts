import { expect, test } from 'vitest';
import { getPath } from '../../contract/path.js';
import { NotTestableHere } from '../failure.js';
import { carryToB } from '../testing/small-world.js';
import { scenarioWorld } from '../testing/scenario-world.js';
import { linkedByHand, whenBecomesMet } from './conditional.js';

const row = (path: string) => ({ slug: path, a: path, b: path });

test('the counterpart is waited for once the record meets the condition', async () => {
  const condition = { path: 'status', equals: 'open', meets: 'open', fails: 'closed' };
  const { context, b, looks } = scenarioWorld({
    pair: { creation: { a: { kind: 'when', condition }, b: null } },
    work: (systems, rows) => {
      if (getPath(systems.a.held.get('1') ?? {}, 'status') === 'open') carryToB(systems, rows);
    },
  });

  await whenBecomesMet(context);

  expect(looks).toEqual(['at nothing', true]);
  expect([...b.held.keys()]).toEqual(['of-1']);
});

/** A pair of two rows whose records somebody has to link. */
function byHand(policies: Parameters<typeof scenarioWorld>[0]) {
  let isLinked = false;
  return scenarioWorld({
    rows: [row('name'), row('status')],
    pair: { creation: { a: { kind: 'linked-only' }, b: null } },
    sync: { link: async () => void (isLinked = true) },
    work: ({ a, b }) => {
      if (isLinked) b.put('c1', { ...b.held.get('c1'), ...a.held.get('1') });
    },
    ...policies,
  });
}

test('of two records that somebody links, that of b lacks the first property that is carried', async () => {
  const { context, looks } = byHand({});

  await linkedByHand(context);

  expect(context.steps.map(({ text }) => text)).toContain(
    'Given a Shop Customer, and a CRM Contact that lacks name',
  );
  expect(looks).toEqual(['at nothing', true]);
});

test('a property is not left empty where another row fills it too', async () => {
  const { context } = byHand({
    rows: [{ slug: 'name', a: 'name', b: 'name' }, { ...row('fax'), b: 'name' }, row('status')],
  });

  await expect(linkedByHand(context)).rejects.toThrow('after they were linked');

  expect(context.steps[0]?.text).toContain('lacks status');
});

test('an empty value is not made up for where it stands against a full one as a conflict to review', async () => {
  const { context } = byHand({ policies: { emptyOnMerge: 'overwrite', conflict: 'keep-for-review' } });

  await expect(linkedByHand(context)).rejects.toThrow(NotTestableHere);
});

test('an empty value that may overwrite is made up for where a conflict has a winner', async () => {
  const { context, looks } = byHand({ policies: { emptyOnMerge: 'overwrite', conflict: 'side-a-wins' } });

  await linkedByHand(context);

  expect(looks).toEqual(['at nothing', true]);
});
