import { fieldPath } from '../../contract/derive/fields.js';
import type { MergeRow, PropertyRow } from '../../document/model.js';
import type { NotTestable } from '../check.js';
import { createsBack, type MappedRow, type MatchKey } from '../plan.js';
import { whyNoKey } from '../no-key.js';
import { isPathOf } from '../rows.js';
import { slugOf, uniqueSlug } from '../slug.js';
import { namesOf, type Draft, type FormContext } from './draft.js';
import { NO_KEY } from './link-first.js';
import { NO_ROWS, ONLY_KEYS } from './properties.js';
import { unfilled } from './unfilled.js';

const OTHER_ROWS: NotTestable = {
  reason: 'the first document does not name this row, so the two documents contradict each other',
  remedy: 'let both documents say the same, or name the row in the profile',
};

const OTHER_KEYS: NotTestable = {
  reason: 'the first document merges on other properties, so the two documents contradict each other',
  remedy: 'let both documents say the same, or declare the keys in the profile as "match"',
};

const ONE_WAY: NotTestable = {
  reason:
    'the row goes the other way only: the profile says so, or a system does not let others write the property',
  remedy: 'let the profile say "direction: both" for the row, if this is not meant',
};

const saidBefore = (line: number): NotTestable => ({
  reason: `the row stands at line ${line} too, where it is checked`,
  remedy: 'delete one of the two rows',
});

const NOT_LINKED: NotTestable = {
  reason: 'no record is created in this direction, so none can be seen to be linked by its key',
  remedy: 'none: that the two keys name one link is judged with the first document',
};

const NOT_FILLED: NotTestable = {
  reason: 'no record is created in this direction, so none can be seen to be filled',
  remedy: 'none: edits of the property are judged under "keep in sync"',
};

const textOf = ({ source, target }: PropertyRow) => `${source.text} | ${target.text}`;

/** The row of the plan that a row of the reverse document stands for. */
function plannedRow({ planned }: FormContext, row: PropertyRow): MappedRow | undefined {
  const said = planned.pair.propertyRows.filter(
    (one) => one.source.text === row.target.text && one.target.text === row.source.text,
  );
  return planned.plan.rows.find((one) =>
    one.origin === 'document'
      ? said.some(({ span }) => span.line === one.line)
      : isPathOf(one.a, row.target) && isPathOf(one.b, row.source),
  );
}

/** One check per row of the reverse document: a new record of b brings its value to a. */
export function backPropertyDrafts(context: FormContext): Draft[] {
  const { plan, back } = context.planned;
  const [a, b] = namesOf(context);
  const written = back?.propertyRows ?? [];
  const rows = written.filter((row) => !row.isKeyRow);
  const keys = written.filter((row) => row.isKeyRow);
  const filled = createsBack(plan.creation);
  const fromProfile = plan.rows.filter((row) => row.origin === 'profile' && row.direction !== 'a-to-b');
  const said = new Map<MappedRow | undefined, number>();
  const taken = new Set<string>();
  const drafts = rows.flatMap((row): Draft[] => {
    const mapped = plannedRow(context, row);
    const shared = { scenario: 'carried-back', from: 'b', line: row.span.line } as const;
    const before = said.get(mapped);
    const isOneWay = mapped?.direction === 'a-to-b';
    if (mapped === undefined || before !== undefined || isOneWay) {
      const why = before === undefined ? (isOneWay ? ONE_WAY : whyOpen(context, row)) : saidBefore(before);
      const topic = [uniqueSlug(pathSlug(row), taken), 'back'];
      return [{ ...shared, topic, title: textOf(row), notTestable: why }];
    }
    said.set(mapped, row.span.line);
    return carriedDrafts(context, mapped, filled).map((draft) => ({ ...shared, ...draft }));
  });
  for (const row of fromProfile) {
    if (said.has(row)) continue;
    drafts.push(
      ...carriedDrafts(context, row, filled).map((draft) => ({
        scenario: 'carried-back' as const,
        from: 'b' as const,
        ...draft,
      })),
    );
  }
  const links = keyDrafts(context, keys);
  if (drafts.length > 0) return [...links, ...drafts];
  return [
    ...links,
    {
      scenario: 'carried-back',
      from: 'b',
      topic: ['rows', 'back'],
      title: `Properties of ${b} and ${a}`,
      notTestable: keys.length > 0 ? ONLY_KEYS : NO_ROWS,
    },
  ];
}

const pathSlug = ({ source, target }: PropertyRow) =>
  slugOf(`${source.segments.join('.')} to ${target.segments.join('.')}`);

/** A row of the two keys says what the link is, seen from side b: each new record has one counterpart, known by its key. */
function keyDrafts(context: FormContext, keys: PropertyRow[]): Draft[] {
  const { plan } = context.planned;
  const [a, b] = namesOf(context);
  const taken = new Set<string>();
  return keys.map((row) => ({
    scenario: 'created-back',
    from: 'b',
    topic: [uniqueSlug(pathSlug(row), taken), 'link-back'],
    line: row.span.line,
    title: `${textOf(row)} name one ${b} and its one ${a}`,
    notTestable: createsBack(plan.creation) ? unfilled(context) : NOT_LINKED,
  }));
}

type Carried = Pick<Draft, 'topic' | 'row' | 'title' | 'notTestable' | 'value'>;

function carriedDrafts(context: FormContext, row: MappedRow, filled: boolean): Carried[] {
  const [a, b] = namesOf(context);
  const title = `${row.b} of a new ${b} is carried to ${row.a} of the ${a}`;
  const notTestable = filled ? null : NOT_FILLED;
  const plain: Carried = { topic: [row.slug, 'back'], row, title, notTestable };
  if (row.transform.kind === 'reference' || row.transform.kind === 'lines' || !filled) return [plain];
  const examples = row.examples.map(([expected, value], index): Carried => {
    const label = `example-${index + 1}`;
    const what = `${row.b} ${JSON.stringify(value)} of a new ${b} becomes ${row.a} ${JSON.stringify(expected)}`;
    return { topic: [row.slug, 'back', label], row, value: { label, value }, title: what, notTestable };
  });
  return [plain, ...examples];
}

function whyOpen({ planned }: FormContext, row: PropertyRow): NotTestable {
  const text = `${row.target.text} | ${row.source.text}`;
  return planned.open.find((one) => one.text === text)?.notTestable ?? OTHER_ROWS;
}

/** One check per key that holds; combinations that hold for one of the two documents alone are open. */
export function backMergeDrafts(context: FormContext): Draft[] {
  const { plan, back, profile } = context.planned;
  const [a, b] = namesOf(context);
  const rows = back?.mergeRows ?? [];
  const said = new Set<MergeRow>();
  const taken = new Set<string>();
  const drafts = plan.match.map((key): Draft => {
    const row = rows.find((one) => isKey(key, one));
    if (row !== undefined) said.add(row);
    return {
      scenario: 'linked-back',
      from: 'b',
      topic: ['match-back', key.slug],
      line: row?.span.line,
      title: `A ${b} that comes after a ${a} with the same ${key.slug} is linked with it`,
      matchKey: key.slug,
      origin: key.origin,
    };
  });
  if (profile?.match === undefined) {
    for (const row of rows) {
      if (said.has(row)) continue;
      const first = [...said].find((one) => plan.match.some((key) => isKey(key, one) && isKey(key, row)));
      const text = [row.source, row.target]
        .map((side) => side.map((path) => path.text).join(', '))
        .join(' | ');
      drafts.push({
        scenario: 'linked-back',
        from: 'b',
        topic: ['match-back', uniqueSlug(slugOf(text), taken), 'open'],
        title: `Records match on ${text}`,
        line: row.span.line,
        notTestable: first === undefined ? (whyNoKey(row) ?? OTHER_KEYS) : saidBefore(first.span.line),
      });
    }
  }
  if (drafts.length > 0) return drafts;
  const title = 'Records that match are merged';
  return [{ scenario: 'linked-back', from: 'b', topic: ['match-back'], title, notTestable: NO_KEY }];
}

/** Whether a combination of the reverse document is a key of the plan, the order of its parts aside. */
function isKey(key: MatchKey, row: MergeRow): boolean {
  if (key.parts.length !== row.source.length) return false;
  return key.parts.every((part) =>
    row.source.some(
      (path, index) => fieldPath(path) === part.b && fieldPath(row.target[index] ?? path) === part.a,
    ),
  );
}
