import { expect, test } from 'vitest';
import type { CreationRule, SyncPlan } from '../../src/checklist/plan.js';
import { runCheck } from '../../src/checks/run-check.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from './in-process-world.js';
import { compileText, judgeText, verdictsOf, type TextInput } from './judge-text.js';
import { BACK_ROWS, CONNECTED, couple, EVERY, LINK_FIRST, MERGE, WHEN } from './kiosk-and-depot.js';
import { writeDocument } from './write-document.js';

const back = (input: TextInput) => compileText(input).checks.filter((check) => check.document === 'reverse');

/** Runs the checks of the reverse document against a sync that works by a plan of its own. */
async function judgeAgainst(
  input: TextInput,
  only: string,
  change: (plan: SyncPlan) => SyncPlan,
): Promise<Record<string, string>> {
  const { checks, plan } = compileText(input);
  const target = referenceTarget(change(plan), 'direct');
  const verdicts: Record<string, string> = {};
  for (const check of checks.filter(({ id, document }) => document === 'reverse' && id.endsWith(only)))
    verdicts[check.scenario] = (await runCheck(check, plan, target, checkSeed(1, check.id))).verdict;
  return verdicts;
}

const withBack = (rule: CreationRule | null) => (plan: SyncPlan) => ({
  ...plan,
  pairs: plan.pairs.map((pair) =>
    pair.slug === 'stall-to-parcel' ? { ...pair, creation: { ...pair.creation, b: rule } } : pair,
  ),
});

test.each([
  ['every', EVERY, 'every'],
  ['link-first', LINK_FIRST, 'linked-only'],
  ['create-connected', CONNECTED, 'connected'],
  ['sync-when', WHEN, 'when'],
])('the reverse document rules the creation in its own direction: %s', (_form, input, kind) => {
  const { plan } = compileText(input);

  expect(plan.pairs[0]?.creation).toMatchObject({ a: { kind: 'every' }, b: { kind } });
});

test('every sentence of both documents has checks or a reason, and every id is one of its own', () => {
  for (const input of [EVERY, LINK_FIRST, CONNECTED, WHEN]) {
    const { checks, coverage } = compileText(input);

    expect(coverage.filter((one) => one.checks.length === 0 && one.reason === null)).toEqual([]);
    expect(coverage.filter((one) => one.document === 'reverse').length).toBeGreaterThan(2);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  }
});

test('the checks of a first document keep their ids when its reverse is given too', () => {
  const alone = compileText({ text: EVERY.text }).checks.map(({ id }) => id);
  const both = compileText(EVERY).checks;

  expect(both.filter(({ document }) => document === undefined).map(({ id }) => id)).toEqual(alone);
});

test.each([
  ['every', EVERY, 'stall-to-parcel/sync-every/depot-to-kiosk/created-back'],
  ['link-first', LINK_FIRST, 'stall-to-parcel/link-first/depot-to-kiosk/not-created-back'],
  ['create-connected', CONNECTED, 'stall-to-parcel/create-connected/depot-to-kiosk/connected-back'],
  ['sync-when', WHEN, 'stall-to-parcel/sync-when/depot-to-kiosk/met-back'],
])('the reference does what both documents say: %s', async (_form, input, id) => {
  const verdicts = verdictsOf(await judgeText(input, ['']));

  expect(Object.entries(verdicts).filter(([, verdict]) => /^(?:failed|error)/.test(verdict))).toEqual([]);
  expect(verdicts[id]).toBe('verified');
  const own = back(input).map((check) => verdicts[check.id]);
  expect(own.filter((verdict) => verdict === 'verified').length).toBeGreaterThan(2);
});

test('a sync that creates in one direction only fails what the reverse document says', async () => {
  const verdicts = await judgeAgainst(EVERY, 'back', withBack(null));

  expect(verdicts).toMatchObject({
    'created-back': 'failed',
    'back-lost-event': 'failed',
    'carried-back': 'failed',
  });
  expect(await judgeAgainst(EVERY, 'created-both-ways', withBack(null))).toEqual({
    'created-both-ways': 'failed',
  });
});

test('a sync that creates whatever the reverse document says fails its conditions', async () => {
  const every = withBack({ kind: 'every' });

  expect(await judgeAgainst(LINK_FIRST, 'not-created-back', every)).toEqual({ 'not-created-back': 'failed' });
  expect(await judgeAgainst(CONNECTED, '/unconnected-back', every)).toEqual({ 'not-created-back': 'failed' });
  expect(await judgeAgainst(CONNECTED, 'later-back', every)).toEqual({ 'created-back-later': 'failed' });
  expect(await judgeAgainst(WHEN, '/not-met-back', every)).toEqual({ 'not-created-back': 'failed' });
});

test('a sync that never looks for a match, or leaves a row out, fails the sentences about them', async () => {
  const pairwise = (change: Partial<SyncPlan['pairs'][number]>) => (plan: SyncPlan) => ({
    ...plan,
    pairs: plan.pairs.map((pair) => ({ ...pair, ...change })),
  });
  const [first] = compileText(EVERY).plan.pairs;

  expect(await judgeAgainst(EVERY, 'match-back/email', pairwise({ match: [] }))).toEqual({
    'linked-back': 'failed',
  });
  expect(
    await judgeAgainst(
      EVERY,
      'properties/depot-to-kiosk/name/back',
      pairwise({ rows: first?.rows.slice(1) ?? [] }),
    ),
  ).toEqual({ 'carried-back': 'failed' });
});

test('a sync that forgets who is linked makes a second record of one that began on the other side', async () => {
  const breakage = () => ({ stages: { saveLink: () => undefined } });
  const ids = ['create-connected/depot-to-kiosk/connected-back'];
  const verdicts = verdictsOf(await judgeText(CONNECTED, ids, [1], breakage));

  expect(Object.keys(verdicts)).toEqual([`stall-to-parcel/${ids[0]}`]);
  expect(Object.values(verdicts)[0]).toMatch(/^failed: /);
});

test('what the documents contradict each other in is open, with the reason', () => {
  const input = couple(
    { pair: ['Stall', 'Parcel'], merge: MERGE },
    {
      pair: ['Parcel', 'Stall'],
      merge: [['code', 'code']],
      rows: [...BACK_ROWS, ['weight', 'weight']],
    },
  );
  const open = back(input).filter((check) => check.notTestable !== null);

  expect(open.map(({ id, notTestable }) => [id, notTestable?.reason])).toEqual([
    [
      'stall-to-parcel/merge-on/depot-to-kiosk/match-back/code-code/open',
      'the first document merges on other properties, so the two documents contradict each other',
    ],
    [
      'stall-to-parcel/properties/depot-to-kiosk/weight-to-weight/back',
      'the first document does not name this row, so the two documents contradict each other',
    ],
  ]);
});

test('a condition that no profile explains is open, and the remedy names the place in the profile', () => {
  const { profile: _left, ...input } = WHEN;

  const open = back(input).filter((check) => check.form === 'sync-when');

  expect(open.length).toBeGreaterThan(2);
  expect(open.every((check) => check.notTestable?.remedy.includes('back: {when:') === true)).toBe(true);
});

test('a section that the first document does not hold has a reason', () => {
  const reverse = writeDocument('Depot', 'Kiosk', [
    { pair: ['Parcel', 'Stall'], rows: BACK_ROWS },
    { pair: ['Crate', 'Shelf'] },
  ]);
  const { coverage } = compileText({ ...EVERY, reverse });

  const open = coverage.filter((one) => one.pair === 'Depot Crate to Kiosk Shelf');
  expect(open.length).toBe(3);
  expect(open[0]?.reason?.reason).toContain('holds no section Kiosk Shelf to Depot Crate');
});

test('a second document of other systems is refused', () => {
  const reverse = writeDocument('Harbour', 'Lighthouse', [{ pair: ['Buoy', 'Lamp'] }]);

  expect(() => compileText({ text: EVERY.text, reverse })).toThrow('not the reverse of the first');
});
