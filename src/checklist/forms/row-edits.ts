import type { MappedRow } from '../plan.js';
import type { Side } from '../policies.js';
import { fieldOf, nameOf, other, type Draft, type FormContext } from './draft.js';
import { editValues, tooLongFor, unmappedValue } from './edit-values.js';

const LINE_CHANGES: Record<string, string> = {
  quantity: 'A line with another quantity',
  added: 'A line added',
  removed: 'A line removed',
  replaced: 'A line replaced',
  reordered: 'Lines in another order',
  many: 'Many lines',
};
/** Checks of one row of a linked pair, edited on one side: any value, those at the edges, none. */
export function rowDrafts(context: FormContext, from: Side, row: MappedRow): Draft[] {
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
  const isKey = context.planned.plan.match.some((key) => key.parts.some((part) => part[from] === row[from]));
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
