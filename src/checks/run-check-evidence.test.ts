import { expect, test } from 'vitest';
import type { Check } from '../checklist/check.js';
import type { Settled, Target, World } from '../drivers/ports.js';
import { runCheck } from './run-check.js';
import { smallWorld } from './testing/small-world.js';

const NAME = { scenario: 'property-carried', property: 'name', value: { label: 'x', value: 'Berg' } };
const MADE = { scenario: 'events-reversed' };

/** A sync that does its `work` while the check is run in a world of records in memory. */
function playedIn(check: Partial<Check>, settings: Parameters<typeof smallWorld>[0] = {}) {
  const { context, a, b } = smallWorld(settings);
  const world = {
    ...context.world,
    capabilities: new Set(),
    journal: () => [],
    close: async () => undefined,
  } as unknown as World;
  const target: Target = { name: 'memory', capabilities: new Set(), open: async () => world };
  const whole: Check = {
    ...context.check,
    id: 'x',
    form: 'keep-in-sync',
    needs: [],
    notTestable: null,
    ...check,
  };
  return { a, b, run: () => runCheck(whole, context.plan, target, 1) };
}

/** Every record of a gets a counterpart of another name. */
const misspell = {
  work: ({ a, b }) => [...a.held.keys()].forEach((id) => b.put(`of-${id}`, { name: 'Dahl' })),
} satisfies Parameters<typeof smallWorld>[0];
const idle = { work: () => undefined };

test('the evidence of a failure shows both records as they are in the end', async () => {
  const outcome = await playedIn(NAME, misspell).run();

  expect(outcome.verdict).toBe('failed');
  expect(outcome.evidence?.after).toMatchObject({
    a: { id: '1', fields: { name: 'Berg' } },
    b: { id: 'of-1', fields: { name: 'Dahl' } },
  });
});

test('a record that cannot be read any more is shown as none, and the failure stays one', async () => {
  const { a, run } = playedIn(NAME, misspell);
  a.get = async () => {
    throw new Error('down');
  };

  const outcome = await run();

  expect(outcome.verdict).toBe('failed');
  expect(outcome.evidence?.after.a).toBeNull();
  expect(outcome.evidence?.after.b).toMatchObject({ id: 'of-1' });
});

test('a counterpart that never came is shown as none, and not asked for', async () => {
  const { b, run } = playedIn(MADE, idle);

  const outcome = await run();

  expect(outcome).toMatchObject({
    verdict: 'failed',
    reason: 'expected exactly one new CRM Contact, found 0 (none)',
  });
  expect(outcome.evidence?.after).toMatchObject({ a: { id: '1' }, b: null });
  expect(b.asked).toEqual([]);
});

test('a failure says for how long was waited in vain', async () => {
  const late: Settled = { quiescent: true, rounds: 1, waitedMs: 500, late: { waitedMs: 500, budgetMs: 400 } };
  const { run } = playedIn(MADE, { sync: { settle: async () => late } });

  expect((await run()).reason).toBe(
    'expected exactly one new CRM Contact, found 0 (none) (not seen in time: waited 500 ms, budget 400 ms)',
  );
});

test('a check whose sync does what is asked is verified, without evidence', async () => {
  expect(await playedIn(NAME).run()).toMatchObject({ verdict: 'verified', reason: null, evidence: null });
});
