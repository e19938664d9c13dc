import { expect, test } from 'vitest';
import type { SyncProblem } from '../drivers/ports.js';
import type { CheckContext } from './context.js';
import { onlyNew } from './establish.js';

/** A check whose record a1 got no counterpart; `tag`: the world is shared with the records of others. */
function withoutCounterpart(problems: string[], tag?: string): CheckContext {
  const problem = (recordId: string) => ({ recordId, message: `${recordId} is refused` }) as SyncProblem;
  return {
    world: {
      b: { list: async () => [{ id: 'of-others' }] },
      sync: { status: async () => ({ state: 'ok', problems: problems.map(problem) }) },
      ...(tag === undefined ? {} : { tag }),
    },
    pair: { entity: { b: 'Customer' } },
    subject: { aId: 'a1', bId: null },
    isMeant: () => false,
    name: () => 'CRM Customer',
  } as unknown as CheckContext;
}

test.each([
  ['no problem at all', [], 'run-1', 'the sync reports no problem'],
  ['a problem with the record', ['x', 'a1'], 'run-1', 'the sync reports: a1 is refused'],
  [
    'problems with others alone',
    ['x', 'y'],
    'run-1',
    'the sync reports no problem with this record, and 2 with others',
  ],
  ['any problem, in a world of its own', ['x'], undefined, 'the sync reports: x is refused'],
])('a record that never came is told with what the sync says: %s', async (_what, problems, tag, said) => {
  await expect(onlyNew(withoutCounterpart(problems, tag), new Set(['of-others']))).rejects.toThrow(
    new RegExp(`expected exactly one new CRM Customer, found 0 \\(none\\); ${said}$`),
  );
});
