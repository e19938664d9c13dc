import { withoutConditions } from '../../contract/path.js';
import type { NotTestable } from '../check.js';
import type { MappedRow } from '../plan.js';
import { rowsOfBoth } from '../row-index.js';
import { namesOf, type Draft, type FormContext } from './draft.js';

export const NO_ROWS = {
  reason: 'the property table holds only its header and no profile names rows',
  remedy: 'name the rows in a profile: syncproof init writes one to fill in',
};

export const ONLY_KEYS = {
  ...NO_ROWS,
  reason: 'the property table names only the keys and no profile names rows',
};

/** One check per row: the value is there after the creation; one per example pair of the profile. */
export function propertyDrafts(context: FormContext): Draft[] {
  const { plan, open } = context.planned;
  const [a, b] = namesOf(context);
  const drafts = keyDrafts(context);
  for (const row of open)
    drafts.push({
      scenario: 'property-carried',
      topic: [row.slug],
      title: row.text,
      line: row.line,
      notTestable: row.notTestable,
    });
  if (plan.rows.length === 0 && open.length === 0) {
    drafts.push({
      scenario: 'property-carried',
      topic: ['rows'],
      title: `Properties of ${a} and ${b}`,
      notTestable: context.planned.keys.length > 0 ? ONLY_KEYS : NO_ROWS,
    });
    return drafts;
  }
  for (const row of plan.rows) {
    if (row.direction === 'b-to-a') continue;
    drafts.push({
      scenario: 'property-carried',
      from: 'a',
      topic: [row.slug],
      row,
      line: row.line,
      title: `${row.a} of a new ${a} is carried to ${row.b} of the ${b}`,
    });
    row.examples.forEach(([value, expected], index) => {
      const label = `example-${index + 1}`;
      drafts.push({
        scenario: 'property-carried',
        from: 'a',
        topic: [row.slug, label],
        row,
        line: row.line,
        value: { label, value },
        expected,
        title: `${row.a} ${JSON.stringify(value)} of a new ${a} becomes ${row.b} ${JSON.stringify(expected)}`,
      });
    });
  }
  drafts.push(...conditionDrafts(context), ...precedenceDrafts(context));
  if (plan.rows.length > 0) {
    drafts.push({
      scenario: 'round-trip',
      from: 'b',
      topic: ['round-trip'],
      title: `Saving a ${b} unchanged changes nothing on the ${a}`,
    });
  }
  return drafts;
}

/** A row of the two keys says what the link is: each record has one counterpart, and the sync knows the two keys. */
function keyDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  return context.planned.keys.map((row) => ({
    scenario: 'create-one-counterpart',
    from: 'a',
    topic: [row.slug, 'link'],
    line: row.line,
    title: `${row.text} name one ${a} and its one ${b}`,
  }));
}

/** Rows under a condition leave records alone that do not meet it. */
function conditionDrafts(context: FormContext): Draft[] {
  const { rows } = context.planned.plan;
  const conditioned = rows.filter(
    (row) =>
      row.only !== undefined || withoutConditions(row.a) !== row.a || withoutConditions(row.b) !== row.b,
  );
  return conditioned.flatMap((row): Draft[] => {
    const shared = { from: 'a' as const, row, line: row.line };
    const notTestable = carriedAnyway(row, rows);
    const unmet: Draft = {
      ...shared,
      scenario: 'condition-unmet',
      topic: [row.slug, 'condition-unmet'],
      title: `${row.a} is not carried to ${row.b} while its condition is not met`,
      notTestable,
    };
    if (row.only === undefined || row.only.some(({ side, path }) => row[side] === path)) return [unmet];
    return [
      unmet,
      {
        ...shared,
        scenario: 'condition-met',
        topic: [row.slug, 'condition-met'],
        title: `${row.a} is carried to ${row.b} once its condition is met`,
        notTestable,
      },
    ];
  });
}

/** A row beside one of the same two properties that depends on something else: what it leaves alone the other carries. */
function carriedAnyway(row: MappedRow, rows: MappedRow[]): NotTestable | null {
  const [own] = row.only ?? [];
  if (own === undefined) return null;
  const other = rowsOfBoth(rows, row.a, row.b).find(
    ({ only }) => only?.some(({ side, path }) => side === own.side && path === own.path) !== true,
  );
  if (other === undefined) return null;
  return {
    reason: `the row${other.line === null ? ' of the profile' : ` at line ${other.line}`} carries the same property, whether the condition is met or not`,
    remedy: 'delete one of the two rows, or let both name the condition',
  };
}

/** Of several rows with one target the first with a value holds. */
function precedenceDrafts(context: FormContext): Draft[] {
  const rows = context.planned.plan.rows.filter((row) => row.precedence !== undefined);
  const groups = new Map<string, MappedRow[]>();
  for (const row of rows) {
    const group = groups.get(row.b);
    if (group === undefined) groups.set(row.b, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap((group): Draft[] => {
    const [first, second] = group.toSorted((one, two) => (one.precedence ?? 0) - (two.precedence ?? 0));
    if (first === undefined || second === undefined) return [];
    return [
      {
        scenario: 'source-precedence',
        from: 'a',
        topic: [first.slug, 'precedence'],
        row: first,
        line: first.line,
        title: `${first.b} comes from ${first.a}, and from ${second.a} only while that is empty`,
      },
    ];
  });
}
