import type { NotTestable } from '../check.js';
import { fanOuts } from '../fan-out.js';
import { whyFixed } from '../fixed.js';
import type { MappedRow, MatchKey, PairPlan, RowCondition } from '../plan.js';
import type { Side } from '../policies.js';
import { fieldOf, nameOf, namesOf, other, type Draft, type FormContext } from './draft.js';
import { editValues, tooLongFor, unmappedValue } from './edit-values.js';
import { NO_ROWS } from './properties.js';
import { recordDrafts } from './record-drafts.js';

const SIDES: Side[] = ['a', 'b'];
const LINE_CHANGES: Record<string, string> = {
  quantity: 'A line with another quantity',
  added: 'A line added',
  removed: 'A line removed',
  replaced: 'A line replaced',
  reordered: 'Lines in another order',
  many: 'Many lines',
};
const goes = (row: MappedRow, from: Side) =>
  row.direction === 'both' || row.direction === (from === 'a' ? 'a-to-b' : 'b-to-a');

/** Checks of a linked pair in each direction: edits, boundary values, clearing, conflicts, deliveries. */
export function* keepInSyncDrafts(context: FormContext): Generator<Draft> {
  const { rows } = context.planned.plan;
  for (const from of SIDES) {
    if (rows.length === 0) {
      const title = `Edits of a ${nameOf(context, from)}`;
      yield { scenario: 'edit', from, topic: ['rows'], title, notTestable: NO_ROWS };
      continue;
    }
    for (const row of rows) {
      const notTestable = whyNotEdited(context, from, row);
      if (notTestable !== null)
        for (const draft of rowDrafts(context, from, row)) yield { ...draft, notTestable };
      else if (goes(row, from)) yield* rowDrafts(context, from, row);
    }
    if (from === 'b') yield* spreadDrafts(context);
    const own = rows.filter((row) => goes(row, from));
    if (own.length > 0) yield* recordDrafts(context, from, own);
  }
}

const LEAVES_SCOPE: NotTestable = {
  reason:
    'an edit of this property takes the record out of the scope, and the declared policy then unlinks it',
  remedy: 'declare "scopeExit: keep", or do not map the property that the condition names',
};

/** Whether an edit of a row ends what links two records, so that it is not carried. */
const decidesScope = ({ creation, policies }: PairPlan, row: MappedRow): boolean =>
  policies.scopeExit === 'unlink' &&
  SIDES.some((side) => {
    const rule = creation[side];
    return rule?.kind === 'when' && rule.condition.path === row[side];
  });

/** A row under a condition on the very property that it carries: no other value of it is ever carried. */
const holdsItself = ({ path, value }: RowCondition): NotTestable => ({
  reason: `the row counts only while ${path} is ${JSON.stringify(value)}, and that is the property which it carries`,
  remedy: 'name another property in the condition, or leave it out',
});

function whyNotEdited(context: FormContext, from: Side, row: MappedRow): NotTestable | null {
  const [made, shown] = [fieldOf(context, from, row), fieldOf(context, other(from), row)];
  if (made === undefined || shown === undefined) return null;
  if (decidesScope(context.planned.plan, row)) return LEAVES_SCOPE;
  const own = row.only?.find(({ side, path }) => row[side] === path);
  if (own !== undefined) return holdsItself(own);
  return whyFixed(
    { name: nameOf(context, from), field: made },
    { name: nameOf(context, other(from)), field: shown },
  );
}

/** An edit of one of several properties that the same property of side a feeds belongs to all of them. */
function spreadDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  return fanOuts(context.planned.plan.rows, context.entity.b).flatMap((group) =>
    group
      .slice(0, 2)
      .filter((row) => whyNotEdited(context, 'b', row) === null)
      .map((row): Draft => ({
        scenario: 'edit-spreads',
        from: 'b',
        row,
        topic: [row.slug, 'spreads'],
        title: `An edit of ${row.b} of a ${b} arrives at all that ${row.a} of the ${a} feeds`,
      })),
  );
}

function rowDrafts(context: FormContext, from: Side, row: MappedRow): Draft[] {
  const [source, target] = [nameOf(context, from), nameOf(context, other(from))];
  const [own, far] = [fieldOf(context, from, row), fieldOf(context, other(from), row)];
  if (own === undefined || far === undefined) return [];
  const shared = { from, row };
  const what = `${row[from]} of a ${source}`;
  if (row.transform.kind === 'lines') {
    return ['quantity', 'added', 'removed', 'replaced', 'reordered', 'many'].map((label) => ({
      ...shared,
      scenario: 'line-changed',
      topic: [row.slug, label],
      value: { label, value: null },
      title: `${LINE_CHANGES[label] ?? label} in ${what}: the ${target} shows the same lines`,
    }));
  }
  const clears = context.planned.plan.policies.emptyAfterwards === 'propagate';
  const drafts: Draft[] = [
    { ...shared, scenario: 'edit', topic: [row.slug], title: `An edit of ${what} arrives at the ${target}` },
    ...editValues(row, own, far)
      .filter(({ label }) => label !== 'empty' || (clears && row.precedence === undefined))
      .map((value): Draft => ({
        ...shared,
        scenario: 'edit',
        topic: [row.slug, value.label],
        value,
        title: `${what} edited to ${value.label} arrives at the ${target}`,
      })),
  ];
  row.examples.forEach((pair, index) => {
    const [value, expected] = from === 'a' ? pair : [pair[1], pair[0]];
    const label = `example-${index + 1}`;
    drafts.push({
      ...shared,
      scenario: 'edit',
      topic: [row.slug, label],
      value: { label, value },
      expected,
      title: `${what} edited to ${JSON.stringify(value)} becomes ${JSON.stringify(expected)}`,
    });
  });
  const isKey = isKeyPath(context.planned.plan.match, from, row[from]);
  const takesEmpty = row.transform.kind !== 'reference' && row.transform.kind !== 'integer-unless-text';
  if (own.required !== true && far.required !== true && takesEmpty && !isKey) {
    drafts.push({
      ...shared,
      scenario: 'clear',
      topic: [row.slug, 'clear'],
      title: `Clearing ${what} clears it at the ${target}`,
    });
  }
  const unmapped = unmappedValue(row, own, from);
  if (unmapped !== null) {
    drafts.push({
      ...shared,
      scenario: 'unknown-enum',
      topic: [row.slug, 'unknown-value'],
      value: { label: 'unknown-value', value: unmapped },
      title: `${what} becomes ${unmapped}, which has no counterpart on the ${target}`,
    });
  }
  if (row.transform.kind === 'identity' && far.normalises === 'trim' && own.normalises === undefined) {
    drafts.push({
      ...shared,
      scenario: 'canonical-value',
      topic: [row.slug, 'outer-blanks'],
      value: { label: 'outer-blanks', value: ' Nord & Sons ' },
      title: `${what} with outer blanks, which the ${target} does not keep, is not written again and again`,
    });
  }
  const long = tooLongFor(row, own, far);
  if (long !== null) {
    drafts.push({
      ...shared,
      scenario: 'over-long-text',
      topic: [row.slug, 'over-long'],
      value: { label: 'over-long', value: long },
      title: `${what} longer than the ${target} takes`,
    });
  }
  return drafts;
}

const keyPaths = new WeakMap<MatchKey[], Record<Side, Set<string>>>();

function isKeyPath(match: MatchKey[], side: Side, path: string): boolean {
  const parts = () => match.flatMap((key) => key.parts);
  const known = keyPaths.get(match) ?? {
    a: new Set(parts().map((part) => part.a)),
    b: new Set(parts().map((part) => part.b)),
  };
  keyPaths.set(match, known);
  return known[side].has(path);
}
