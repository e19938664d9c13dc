import * as fc from 'fast-check';
import type { Side } from '../../checklist/policies.js';
import { far, NEWEST, SUBJECT } from './choose.js';
import type { CallKind, Focus, Step, Trouble } from './step.js';

/**
 * Steps that belong together: a trouble and what it must meet to tell anything. Single steps drawn one by one hardly
 * ever come in such an order.
 */
type Phrase = fc.Arbitrary<Step[]>;

const side = fc.constantFrom<Side>('a', 'b');
const pair = fc.nat({ max: 5 });
const row = fc.nat({ max: 40 });
const value = fc.nat({ max: 0x7fffffff });
const calls = fc.constantFrom<CallKind>('read', 'create', 'update', 'update', 'update');
const unknownOutcome = fc.constantFrom<Trouble>('lost-reply', 'false-error', 'timeout');
const passing = fc.constantFrom<Trouble>('rate-limit', 'server-error', 'timeout', 'expired');
const LONG = 5;

const POLL: Step = { kind: 'poll' };
const DROP: Step = { kind: 'drop' };
const create = (own: Side, slot: number, seed: number): Step => ({
  kind: 'create',
  side: own,
  pair: slot,
  value: seed,
  sparse: false,
});
const edit = (own: Side, slot: number, at: number, seed: number): Step => ({
  kind: 'edit',
  side: own,
  pair: slot,
  pick: NEWEST,
  row: at,
  value: seed,
});
const met = (own: Side, what: Trouble, on: CallKind, times: number, nth = 1): Step => ({
  kind: 'trouble',
  side: own,
  what,
  on,
  nth,
  times,
});

/** A create of which nobody knows whether it took effect. */
const lostCreate: Phrase = fc
  .tuple(pair, value, unknownOutcome)
  .map(([slot, seed, what]) => [create('a', slot, seed), met('b', what, 'create', 1), POLL]);

/** What others refer to cannot be created for a while. */
const lateReference: Phrase = fc
  .tuple(value, passing, fc.constantFrom(1, LONG))
  .map(([seed, what, times]) => [create('a', SUBJECT, seed), met('b', what, 'create', times), POLL]);

/** An update of which nobody knows whether it took effect, and an edit of the same property right after. */
const lostUpdate: Phrase = fc
  .tuple(side, pair, row, value, unknownOutcome)
  .map(([own, slot, at, seed, what]) => [
    edit(own, slot, at, seed),
    met(far(own), what, 'update', 1),
    POLL,
    edit(own, slot, at, seed + 1),
  ]);

/** A user edits what the sync is just about to write to. */
const racedUpdate: Phrase = fc.tuple(side, pair, row, row, value).map(([own, slot, at, other, seed]) => [
  edit(own, slot, at, seed),
  {
    kind: 'race',
    side: far(own),
    pair: slot,
    pick: NEWEST,
    row: other,
    value: seed + 1,
    on: 'update',
    nth: 1,
  },
  POLL,
]);

/** The events of a new record arrive the wrong way round. */
const reversed: Phrase = fc
  .tuple(pair, row, value)
  .map(([slot, at, seed]) => [
    create('a', slot, seed),
    edit('a', slot, at, seed + 1),
    { kind: 'reorder' },
    POLL,
  ]);

/** A user deletes a record and creates it again once the deletion is known. */
const recreated: Phrase = fc
  .tuple(side, pair, fc.nat({ max: 3 }))
  .map(([own, slot, pick]) => [
    { kind: 'remove', side: own, pair: slot, pick: NEWEST + pick },
    POLL,
    { kind: 'recreate', side: own, pair: slot, pick: NEWEST },
    POLL,
  ]);

/** A user deletes a record, restores it once the deletion is known, and edits it. */
const restored: Phrase = fc
  .tuple(pair, row, value)
  .map(([slot, at, seed]) => [
    { kind: 'remove', side: 'b', pair: slot, pick: NEWEST },
    POLL,
    { kind: 'restore', side: 'b', pair: slot, pick: NEWEST },
    edit('b', slot, at, seed),
    POLL,
  ]);

/** What a new record refers to is deleted before the sync sees either. */
const deletedReference: Phrase = fc.tuple(pair, value, side).map(([slot, seed, own]) => [
  create('a', SUBJECT, seed),
  // Half of the time what it refers to was there, and known, before.
  ...(seed % 2 === 0 ? [POLL, create('a', SUBJECT, seed + 1)] : []),
  { kind: 'remove', side: own, pair: slot, pick: NEWEST },
  POLL,
]);

/** A system fails for so long that the sync gives up, while something is to be done there. */
const longTrouble: Phrase = fc
  .tuple(side, side, pair, row, value, passing, calls)
  .map(([own, there, slot, at, seed, what, on]) => [
    edit(own, slot, at, seed),
    met(there, what, on, LONG),
    POLL,
  ]);

/** A change whose event is lost, and the poll for it fails. */
const failedPoll: Phrase = fc
  .tuple(side, pair, row, value, passing)
  .map(([own, slot, at, seed, what]) => [
    edit(own, slot, at, seed),
    DROP,
    met(own, what, 'list', LONG),
    POLL,
  ]);

/** So many beyond one page that two are full. */
const TWO_PAGES = 26;

/** More records than a page holds; a later page fails, or rows move while the pages are read. */
export const pages: Phrase = fc
  .tuple(
    side,
    pair,
    value,
    fc.constantFrom(-1, 0, 0, 1, 1, TWO_PAGES, TWO_PAGES),
    fc.constantFrom(0, 1, 2, 2, 3, 3),
  )
  .map(([own, slot, seed, over, how]) => [
    { kind: 'page', side: own, pair: slot, value: seed, over },
    ...(how < 2 ? [] : [DROP, { kind: 'advance', ms: 1000 } satisfies Step]),
    // All of them are known when a later page of them fails.
    ...(how === 1 ? [POLL, met(own, 'server-error', 'list', LONG, 2)] : []),
    ...(how === 3
      ? [
          {
            kind: 'race',
            side: own,
            pair: slot,
            pick: 0,
            row: seed % 40,
            value: seed,
            on: 'list',
            nth: 2,
          } satisfies Step,
        ]
      : []),
    POLL,
    // What is missing now comes to light when the next change moves the pages, so that it is looked for at once.
    ...(how === 2 ? [{ kind: 'stabilise' } satisfies Step] : []),
  ]);

/** A record gets more lines than a short list of them holds. */
const manyLines: Phrase = fc
  .tuple(side, value)
  .map(([own, seed]) => [{ kind: 'line', side: own, pick: NEWEST, how: 'fill', value: seed }, POLL]);

/** The phrases of each focus, and how likely each is beside a single step of weight 1. */
export const PHRASES: Partial<Record<Focus, [number, Phrase][]>> = {
  conflicts: [[1, racedUpdate]],
  edits: [[0.5, racedUpdate]],
  events: [
    [1, reversed],
    [1, failedPoll],
  ],
  troubles: [
    [1, lostCreate],
    [1, lostUpdate],
    [1, longTrouble],
    [1, failedPoll],
  ],
  crashes: [[0.5, lostCreate]],
  deletions: [
    [1, recreated],
    [1, restored],
  ],
  orders: [
    [0.7, lateReference],
    [0.7, deletedReference],
    [0.5, manyLines],
  ],
  mixed: [
    [0.3, lostCreate],
    [0.3, lostUpdate],
    [0.3, racedUpdate],
    [0.3, recreated],
    [0.3, restored],
    [0.3, longTrouble],
  ],
};
