import { expect, test } from 'vitest';
import type { PairPlan } from '../../src/checklist/plan.js';
import { runCheck } from '../../src/checks/run-check.js';
import { wireRequest, type WireHeaders } from '../../src/contract/wire.js';
import type { Breakage } from '../../src/drivers/breakage.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';
import { checklistOf, type Suite } from './suites.js';

/** A sync that is told something else than the document says. */
const toldOf = (change: (pair: PairPlan) => PairPlan) => (): Breakage => ({
  plan: (plan) => ({ ...plan, pairs: plan.pairs.map(change) }),
});
const rule = (creation: PairPlan['creation']['a']) =>
  toldOf((pair) => ({ ...pair, creation: { ...pair.creation, a: creation } }));
const CREATES_ALL = rule({ kind: 'every' });
const CREATES_NONE = rule({ kind: 'linked-only' });
const MATCHES_NOTHING = toldOf((pair) => ({ ...pair, match: [] }));

/** Deletes what it has created once it reads of a record that no longer meets the condition. */
function deletesOutOfScope(): Breakage {
  let made: { url: string; headers: WireHeaders } | null = null;
  return {
    fetch: (inner) => async (request) => {
      const answer = await inner(request);
      const text = await answer.text();
      if (request.method === 'POST' && answer.status === 201) {
        const { id } = JSON.parse(text) as { id: string };
        made = { url: `${request.url}/${id}`, headers: request.headers };
      }
      if (request.method === 'GET' && text.includes('Trial') && made !== null)
        await inner(wireRequest(made.url, { method: 'DELETE', headers: made.headers }));
      return { ...answer, text: async () => text, json: async () => JSON.parse(text) as unknown };
    },
  };
}

const CASES: [what: string, suite: Suite, scenario: string, make: () => Breakage][] = [
  ['creates whatever the condition says', 'conditional', 'when-not-met', CREATES_ALL],
  ['creates whatever the condition says', 'conditional', 'when-becomes-met', CREATES_ALL],
  ['creates nothing', 'conditional', 'when-met', CREATES_NONE],
  ['creates nothing', 'conditional', 'when-becomes-met', CREATES_NONE],
  ['deletes what left the scope', 'conditional', 'when-ceases', deletesOutOfScope],
  [
    'writes the condition into a property',
    'condition-not-carried',
    'when-ceases',
    toldOf((pair) => ({
      ...pair,
      rows: pair.rows.map((row, at) => (at === 0 ? { ...row, a: 'kind' } : row)),
    })),
  ],
  ['creates instead of waiting for a link', 'link-first', 'not-created-unlinked', CREATES_ALL],
  [
    'links and writes something else',
    'link-first',
    'linked-by-hand',
    () => ({ stages: { carry: () => 'else' } }),
  ],
  ['links and carries nothing', 'link-first', 'linked-by-hand', () => ({ stages: { rows: () => [] } })],
  ['matches nothing', 'merge-existing-create-missing', 'linked-by-match', MATCHES_NOTHING],
  ['creates nothing', 'connected', 'created-when-connected', CREATES_NONE],
  ['creates nothing', 'connected', 'created-later-when-connected', CREATES_NONE],
  ['creates what is not connected', 'connected', 'not-created-unconnected', CREATES_ALL],
  ['creates what is not connected', 'connected', 'created-later-when-connected', CREATES_ALL],
  [
    'forgets the condition of a row',
    'qualifiers',
    'condition-unmet',
    toldOf((pair) => ({ ...pair, rows: pair.rows.map(({ only: _only, ...row }) => row) })),
  ],
  [
    'passes over a row under a condition',
    'qualifiers',
    'condition-met',
    toldOf((pair) => ({ ...pair, rows: pair.rows.filter(({ only }) => only === undefined) })),
  ],
  [
    'leaves the other targets of a property behind',
    'fan-out',
    'edit-spreads',
    () => ({ stages: { looksAgain: () => false } }),
  ],
  [
    'takes several sources in the wrong order',
    'several-sources',
    'source-precedence',
    toldOf((pair) => ({
      ...pair,
      rows: pair.rows.map((row) =>
        row.precedence === undefined ? row : { ...row, precedence: 10 - row.precedence },
      ),
    })),
  ],
];

test.each(CASES)('a sync that %s: %s/%s', async (_what, suite, scenario, make) => {
  const { checks, plan } = await checklistOf(suite);
  const target = referenceTarget(plan, 'direct', { breakage: make });
  const own = checks.filter((check) => check.scenario === scenario && check.notTestable === null);

  const outcomes = await Promise.all(
    own.map((check) => runCheck(check, plan, target, checkSeed(1, check.id))),
  );

  expect(outcomes.map((one) => one.verdict)).toContain('failed');
});
