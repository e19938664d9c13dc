import type { Check } from './check.js';
import { fieldAt } from './field-index.js';
import { withoutConditions } from '../contract/path.js';
import type { PairPlan, SyncPlan } from './plan.js';

export type CheckChange = { kind: 'new' | 'stale' | 'suspect'; id: string; line: number; title: string };

/** A checklist of one generation of a document, and what is synchronised by it. */
export type Generation = { checks: Check[]; plan: SyncPlan };

/**
 * How two generations of a checklist differ: `new` checks were not there before, `stale` ones are gone, `suspect`
 * ones have the same id but their sentence reads differently, what they rest on has changed, or they can now (or no
 * longer) be tested.
 */
export function diffChecks(old: Generation, now: Generation): CheckChange[] {
  const before = new Map(old.checks.map((check) => [check.id, check]));
  const after = new Set(now.checks.map((check) => check.id));
  const bases = { old: basesOf(old.plan), now: basesOf(now.plan) };
  const change = (kind: CheckChange['kind'], { id, line, title }: Check): CheckChange => ({
    kind,
    id,
    line,
    title,
  });
  return [
    ...now.checks.flatMap((check) => {
      const previous = before.get(check.id);
      if (previous === undefined) return [change('new', check)];
      const same =
        previous.fingerprint === check.fingerprint &&
        (previous.notTestable === null) === (check.notTestable === null) &&
        bases.old(check) === bases.now(check);
      return same ? [] : [change('suspect', check)];
    }),
    ...old.checks.flatMap((check) => (after.has(check.id) ? [] : [change('stale', check)])),
  ];
}

/** The checks of the newer generation that are new or suspect. */
export function newOrSuspect(old: Generation, now: Generation): Check[] {
  const changed = new Set(diffChecks(old, now).map((one) => one.id));
  return now.checks.filter((check) => changed.has(check.id));
}

/**
 * What a check rests on, as a text: one of a property on its row and the fields of it, one of a match key on that key,
 * any other on all that is synchronised of its pair. Where a thing stands in its document is no part of it.
 */
function basesOf(plan: SyncPlan): (check: Check) => string {
  const pairs = new Map(plan.pairs.map((pair) => [pair.slug, textsOf(plan, pair)]));
  return ({ pair: slug, property, matchKey }) => {
    const pair = pairs.get(slug);
    if (pair === undefined) return '';
    const own = [
      ...(property === null ? [] : [pair.rows.get(property)]),
      ...(matchKey === null ? [] : [pair.keys.get(matchKey)]),
    ];
    return own.length > 0 && !own.includes(undefined) ? own.join(' ') : pair.whole;
  };
}

type Texts = { rows: Map<string, string>; keys: Map<string, string>; whole: string };

function textsOf({ systems }: SyncPlan, { slug, entity, rows, match, creation, policies }: PairPlan): Texts {
  const entityOf = (side: 'a' | 'b') => systems[side].entities.find((one) => one.name === entity[side]);
  const own = { a: entityOf('a'), b: entityOf('b') };
  const fields = (side: 'a' | 'b', path: string) =>
    own[side] === undefined ? null : (fieldAt(own[side], withoutConditions(path)) ?? null);
  const rowTexts = new Map(
    rows.map((row) => [row.slug, textOf([row, fields('a', row.a), fields('b', row.b)])]),
  );
  const keyTexts = new Map(
    match.map((key) => [
      key.slug,
      textOf([key, ...key.parts.map((part) => [fields('a', part.a), fields('b', part.b)])]),
    ]),
  );
  const whole = textOf([slug, entity, [...rowTexts.values()], [...keyTexts.values()], creation, policies]);
  return { rows: rowTexts, keys: keyTexts, whole };
}

const PLACES = new Set(['line', 'origin']);
const textOf = (value: unknown): string =>
  JSON.stringify(value, (name, held: unknown) => (PLACES.has(name) ? undefined : held));
