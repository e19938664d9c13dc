import * as fc from 'fast-check';
import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { pages, PHRASES } from './phrases.js';
import { simpler } from './simpler.js';
import {
  FOCUSES,
  TROUBLES,
  type CallKind,
  type Focus,
  type History,
  type Step,
  type StepKind,
  type Trouble,
} from './step.js';

const side = fc.constantFrom<Side>('a', 'b');
const pick = fc.nat({ max: 7 });
const pair = fc.nat({ max: 5 });
const row = fc.nat({ max: 40 });
const value = fc.nat({ max: 0x7fffffff });
const nth = fc.constantFrom(1, 1, 1, 2, 3);
const call = fc.constantFrom<CallKind>('read', 'list', 'create', 'update');
const SKEWS = [0, 1, -1, 700, 1999, -1999, 2500, 3_600_000, -3_600_000];
/** Equal stamps, one tick, either side of a second, and more than what an unequal clock leaves in doubt. */
const GAPS = [0, 0, 0, 1, 1, 999, 1000, 1001, 5000, 5000];
/** Besides those: the poll, the back-off, the latency bound and the age of a signature. */
const WAITS = [1, 1, 500, 999, 1000, 1001, 5000, 61_000, 121_000, 301_000, 3_600_001];

/** Small pages, so that few records fill one exactly; else as the profile says. */
const PAGE_SIZES = {
  pages: [undefined, undefined, 1, 2, 3],
  others: [undefined, undefined, undefined, 1, 2, 3],
};

const on = (kind: StepKind) => fc.constant(kind);

/** How each kind of step is made up. */
const MAKERS: { [Kind in StepKind]: fc.Arbitrary<Step> } = {
  create: fc.record({
    kind: on('create'),
    side: fc.constantFrom<Side>('a', 'a', 'a', 'b'),
    pair,
    value,
    sparse: fc.boolean(),
  }),
  counterpart: fc.record({
    kind: on('counterpart'),
    side: fc.constantFrom<Side>('b', 'b', 'a'),
    pair,
    pick,
    value,
    differs: fc.nat({ max: 4 }),
  }),
  recreate: fc.record({ kind: on('recreate'), side, pair, pick }),
  edit: fc.record({ kind: on('edit'), side, pair, pick, row, value }),
  'edit-both': fc.record({
    kind: on('edit-both'),
    pair,
    pick,
    row,
    value,
    first: side,
    gap: fc.constantFrom(...GAPS),
  }),
  'no-op': fc.record({ kind: on('no-op'), side, pair, pick }),
  clear: fc.record({ kind: on('clear'), side, pair, pick, row }),
  unmapped: fc.record({ kind: on('unmapped'), side, pair, pick, value }),
  'change-key': fc.record({ kind: on('change-key'), side, pair, pick, value }),
  line: fc.record({
    kind: on('line'),
    side,
    pick,
    how: fc.constantFrom('add', 'remove', 'quantity', 'replace', 'reorder', 'fill'),
    value,
  }),
  merge: fc.record({ kind: on('merge'), side, pair, pick }),
  remove: fc.record({ kind: on('remove'), side, pair, pick }),
  restore: fc.record({ kind: on('restore'), side, pair, pick }),
  page: fc.record({ kind: on('page'), side, pair, value, over: fc.constantFrom(-1, 0, 1) }),
  deliver: fc.record({ kind: on('deliver') }),
  drop: fc.record({ kind: on('drop') }),
  duplicate: fc.record({ kind: on('duplicate') }),
  delay: fc.record({ kind: on('delay') }),
  release: fc.record({ kind: on('release') }),
  reorder: fc.record({ kind: on('reorder') }),
  redeliver: fc.record({ kind: on('redeliver') }),
  forge: fc.record({ kind: on('forge'), side, how: fc.constantFrom('unsigned', 'stale') }),
  poll: fc.record({ kind: on('poll') }),
  advance: fc.record({ kind: on('advance'), ms: fc.constantFrom(...WAITS) }),
  skew: fc.record({ kind: on('skew'), side, ms: fc.constantFrom(...SKEWS) }),
  trouble: fc.record({
    kind: on('trouble'),
    side,
    what: fc.constantFrom<Trouble>(...TROUBLES),
    on: call,
    nth,
    times: fc.constantFrom(1, 1, 1, 2, 5),
  }),
  race: fc.record({ kind: on('race'), side, pair, pick, row, value, on: call, nth }),
  kill: fc.record({ kind: on('kill'), side, on: call, nth, when: fc.constantFrom('before', 'after') }),
  restart: fc.record({ kind: on('restart') }),
  'two-workers': fc.record({ kind: on('two-workers') }),
  stabilise: fc.record({ kind: on('stabilise') }),
} as { [Kind in StepKind]: fc.Arbitrary<Step> };

type Weights = Partial<Record<StepKind, number>>;

const COMMON: Weights = {
  create: 3,
  edit: 8,
  poll: 7,
  advance: 4,
  deliver: 1,
  stabilise: 1.5,
  clear: 1.5,
  'no-op': 0.7,
  'edit-both': 1,
};

/** What is likelier in a history of each focus. */
const FOCUS: Record<Focus, Weights> = {
  edits: { edit: 6, clear: 3, unmapped: 2, 'no-op': 2, 'change-key': 1 },
  conflicts: { 'edit-both': 8, 'no-op': 2, unmapped: 1, race: 1 },
  events: { drop: 3, duplicate: 2, delay: 2, release: 1.5, reorder: 3, redeliver: 1, deliver: 4, forge: 2 },
  troubles: { trouble: 8, create: 3 },
  crashes: { kill: 6, restart: 3, 'two-workers': 3, create: 3, drop: 1, 'edit-both': 1 },
  deletions: { remove: 4, restore: 3, recreate: 2, merge: 2, create: 2 },
  linking: { create: 2, counterpart: 4, 'change-key': 4, recreate: 1, remove: 0.5 },
  pages: { page: 1.2, race: 2, 'edit-both': 1, trouble: 1, drop: 1 },
  orders: { line: 10, create: 3, remove: 0.4 },
  clocks: { skew: 1.5, advance: 5, 'edit-both': 5, drop: 3 },
  mixed: {
    unmapped: 1,
    'change-key': 1,
    line: 2,
    merge: 0.7,
    remove: 1,
    restore: 1,
    recreate: 0.7,
    counterpart: 1,
    drop: 1,
    duplicate: 1,
    delay: 0.7,
    release: 1,
    reorder: 1,
    redeliver: 0.5,
    forge: 0.4,
    skew: 0.3,
    trouble: 3,
    race: 1.5,
    kill: 1.5,
    restart: 0.8,
    'two-workers': 1,
    page: 0.1,
  },
};

/** One step, or some that belong together. */
function stepsOf(focus: Focus): fc.Arbitrary<Step[]> {
  const weights: Weights = { ...COMMON };
  for (const [kind, weight] of Object.entries(FOCUS[focus]) as [StepKind, number][])
    weights[kind] = (weights[kind] ?? 0) + weight;
  return fc.oneof(
    ...(Object.entries(weights) as [StepKind, number][]).map(([kind, weight]) => ({
      weight: Math.round(weight * 10),
      arbitrary: MAKERS[kind].map((step) => [step]),
    })),
    ...(PHRASES[focus] ?? []).map(([weight, arbitrary]) => ({ weight: Math.round(weight * 10), arbitrary })),
  );
}

const STEPS = Object.fromEntries(FOCUSES.map((focus) => [focus, stepsOf(focus)])) as Record<
  Focus,
  fc.Arbitrary<Step[]>
>;

/**
 * Correlated start states: records of one side, and of about half of them a perturbed counterpart on the other; of all
 * where the sync creates none itself.
 */
const startOf = (paired: boolean) =>
  fc
    .array(fc.tuple(MAKERS.create, MAKERS.counterpart, fc.boolean()), {
      minLength: paired ? 1 : 0,
      maxLength: 3,
    })
    .map((made) =>
      made.flatMap(([create, twin, has], index): Step[] =>
        has || paired ? [create, { ...twin, pick: index, side: 'b' } as Step] : [create],
      ),
    );

/** The pairs that a history uses: one of them, or one that refers to others and these. */
function pairsOf(plan: SyncPlan, focus: Focus): fc.Arbitrary<string[]> {
  const refers = (slug: string) =>
    plan.pairs.some(
      (one) =>
        one.slug === slug &&
        one.rows.some((own) => own.transform.kind === 'lines' || own.transform.kind === 'reference'),
    );
  const wide = plan.pairs.filter((one) => refers(one.slug));
  if (focus === 'orders' && wide.length > 0)
    return fc.oneof(...wide.map((one) => fc.constant<string[]>([one.slug])));
  const plain = plan.pairs.filter((one) => !refers(one.slug));
  return fc.oneof(
    ...[
      ...plain.map((one) => ({ weight: 5, one })),
      ...wide.map((one) => ({ weight: focus === 'pages' ? 0 : 3, one })),
    ].map(({ weight, one }) => ({
      weight,
      arbitrary: fc.constant<string[]>([one.slug]),
    })),
  );
}

export type HistoryOptions = { plan: SyncPlan; length: number; focus?: Focus };

/** Histories of a fixed number of steps, which shrink to shorter and plainer ones. */
class HistoryArbitrary extends fc.Arbitrary<History> {
  private readonly inner: fc.Arbitrary<History>;

  constructor({ plan, length, focus: only }: HistoryOptions) {
    super();
    const start = startOf(plan.pairs.every((pair) => pair.policies.noMatch === 'wait'));
    const focuses = FOCUSES.filter((focus) => only === undefined || focus === only);
    this.inner = fc.noBias(
      fc.oneof(
        ...focuses.map((focus) => ({
          weight: focus === 'pages' ? 6 : 10,
          arbitrary: fc.record<History>({
            seed: fc.nat({ max: 0x7fffffff }),
            focus: fc.constant(focus),
            pairs: pairsOf(plan, focus),
            skewMs:
              focus === 'clocks'
                ? fc.record({ a: fc.constantFrom(...SKEWS), b: fc.constantFrom(...SKEWS) })
                : fc.constant({ a: 0, b: 0 }),
            zoneMinutes:
              focus === 'clocks'
                ? fc.record({ a: fc.constantFrom(0, 120, -300), b: fc.constant(0) })
                : fc.constant({ a: 0, b: 0 }),
            pageSize: fc.constantFrom(...PAGE_SIZES[focus === 'pages' ? 'pages' : 'others']),
            start,
            steps: fc
              .tuple(
                focus === 'pages' ? pages : fc.constant([]),
                fc.array(STEPS[focus], { minLength: length, maxLength: length }),
              )
              .map(([first, made]) => [...first, ...made.flat()].slice(0, length)),
          }),
        })),
      ),
    );
  }

  generate(random: fc.Random, bias: number | undefined): fc.Value<History> {
    return new fc.Value(this.inner.generate(random, bias).value, undefined);
  }

  canShrinkWithoutContext(_value: unknown): _value is History {
    return true;
  }

  shrink(history: History): fc.Stream<fc.Value<History>> {
    return fc.stream(simpler(history)).map((one) => new fc.Value(one, undefined));
  }
}

export function historyArbitrary(options: HistoryOptions): fc.Arbitrary<History> {
  return new HistoryArbitrary(options);
}
