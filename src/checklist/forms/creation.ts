import type { FieldSpec } from '../../contract/field.js';
import { fieldAt } from '../field-index.js';
import type { MappedRow, MatchKey } from '../plan.js';
import type { ScenarioName } from '../scenarios.js';
import { linkFirstDrafts } from './link-first.js';
import { nameOf, namesOf, type Draft, type FormContext } from './draft.js';

const hasReference = (rows: MappedRow[]) =>
  rows.some((row) => row.transform.kind === 'reference' || row.transform.kind === 'lines');

/** Checks of every pair whose records are created: each record gets exactly one counterpart, whatever happens. */
export function creationDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const { rows, creation } = context.planned.plan;
  if (creation.a.kind === 'linked-only') return [...linkFirstDrafts(context), ...matchDrafts(context)];
  const drafts: Draft[] = [
    {
      scenario: 'create-one-counterpart',
      from: 'a',
      topic: ['create'],
      title: `A new ${a} gets exactly one ${b}`,
    },
    {
      scenario: 'repeat-run',
      from: 'a',
      topic: ['repeat-run'],
      title: `Running again after a new ${a} writes nothing`,
    },
    {
      scenario: 'create-lost-response',
      from: 'a',
      topic: ['lost-response'],
      title: `A lost answer to the creation of the ${b} makes no second one`,
    },
    {
      scenario: 'restart',
      from: 'a',
      topic: ['restart'],
      title: `A restart of the sync before a new ${a} arrives changes nothing`,
    },
    {
      scenario: 'lost-event',
      from: 'a',
      topic: ['lost-event'],
      title: `A new ${a} arrives although its event is lost`,
    },
    {
      scenario: 'repeated-event',
      from: 'a',
      topic: ['repeated-event'],
      title: `Events of a new ${a} delivered twice make no second ${b}`,
    },
    {
      scenario: 'forged-event',
      from: 'a',
      topic: ['forged-event'],
      title: `Events with a wrong, stale or foreign signature have no effect`,
    },
    {
      scenario: 'equal-timestamps',
      from: 'a',
      topic: ['equal-timestamps'],
      title: `Several new ${a} of one instant all arrive`,
    },
    {
      scenario: 'create-many',
      from: 'a',
      topic: ['more-than-pages'],
      title: `One more ${a} than fits two pages: each gets its ${b}`,
    },
    {
      scenario: 'poison-isolated',
      from: 'a',
      topic: ['poison-isolated'],
      title: `A ${b} that is refused does not hold up the others`,
    },
    {
      scenario: 'deleted-not-recreated',
      from: 'a',
      topic: ['deleted-not-recreated'],
      title: `A deleted ${b} does not come back`,
    },
  ];
  drafts.push(...deliveryDrafts(context));
  if (context.isFirst) drafts.push(...systemDrafts(context));
  if (rows.some((row) => row.transform.kind === 'reference')) {
    drafts.push(
      {
        scenario: 'shared-reference',
        from: 'a',
        topic: ['shared-reference'],
        title: `Two ${a} that refer to one record share its counterpart`,
      },
      {
        scenario: 'deleted-reference',
        from: 'a',
        topic: ['deleted-reference'],
        title: `A ${a} whose reference was deleted before it was read is not lost`,
      },
    );
  }
  if (hasReference(rows)) {
    drafts.push({
      scenario: 'late-reference',
      from: 'a',
      topic: ['late-reference'],
      title: `A ${a} waits for the records it refers to and arrives then`,
    });
  }
  drafts.push(...matchDrafts(context));
  return drafts;
}

function deliveryDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const { rows, match } = context.planned.plan;
  const drafts: [ScenarioName, string][] = [
    ['events-reversed', `Events of a new ${a} in the wrong order make one ${b}`],
    ['event-again-soon', `A new ${a} that is saved again at once makes one ${b}`],
    ['transient-error', `A ${b} that cannot be created for a while is created later, once`],
    ['crash-after-create', `A crash right after the creation of a ${b} makes no second one`],
    ['two-workers', `Two workers at once make one ${b} of each ${a}`],
  ];
  if (rows.length > 0)
    drafts.push([
      'create-sparse',
      `A new ${a} with nothing but what is required arrives, and nothing is filled in`,
    ]);
  // A key may be empty where it is one of several sources of a target, or is carried under a condition.
  const plain = new Set(
    rows
      .filter(
        ({ transform, precedence, only }) =>
          transform.kind === 'identity' && precedence === undefined && only === undefined,
      )
      .map((row) => `${row.a}|${row.b}`),
  );
  const carriesKey = match.some((key) => key.parts.every((part) => plain.has(`${part.a}|${part.b}`)));
  if (carriesKey) drafts.push(['recreate-after-delete', `A ${a} created again after its deletion arrives`]);
  return drafts.map(([scenario, title]) => ({ scenario, from: 'a', topic: [scenario], title }));
}

/** What concerns the way the sync talks to the two systems, whatever the pair. */
function systemDrafts(context: FormContext): Draft[] {
  const a = nameOf(context, 'a');
  const system = { a: context.systems.a.name, b: context.systems.b.name };
  const drafts: [ScenarioName, string][] = [
    ['moving-pages', `A ${a} that moves to another page while they are read is not passed over`],
    ['changed-during-run', `A ${a} created while the sync reads is read in the end`],
    ['failed-poll', `A poll of the ${system.a} that fails moves nothing on`],
    ['changed-while-down', `A ${a} created while the sync was down is read after its start`],
    ['rate-limited', `A rate limit of the ${system.b} is waited out for as long as it says`],
    ['truthful-status', 'The status tells when changes wait longer than the declared latency'],
  ];
  const listings: Draft[] = ['empty', 'failed-page'].map((label) => ({
    scenario: 'broken-listing',
    from: 'a',
    topic: ['broken-listing', label],
    value: { label, value: null },
    title: `${label === 'empty' ? 'An empty listing' : 'A listing that fails in the middle'} deletes nothing`,
  }));
  const exact: Draft = {
    scenario: 'create-many',
    from: 'a',
    topic: ['exact-pages'],
    value: { label: 'exact-pages', value: null },
    title: `As many ${a} as fill two pages exactly`,
  };
  return [
    ...drafts.map(([scenario, title]): Draft => ({ scenario, from: 'a', topic: [scenario], title })),
    ...listings,
    exact,
  ];
}

/** Checks of existing records that match: they are linked, not created again. */
export function matchDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const { match, rows } = context.planned.plan;
  const carried = new Set(rows.filter((row) => row.direction !== 'b-to-a').map((row) => row.a));
  return match.flatMap((key) => {
    const shared = {
      matchKey: key.slug,
      origin: key.origin,
      from: 'a' as const,
      line: key.line,
    };
    const drafts: Draft[] = [
      {
        ...shared,
        scenario: 'link-existing',
        topic: ['match', key.slug],
        title: `A ${a} and a ${b} with the same ${key.slug} are linked, not duplicated`,
      },
      {
        ...shared,
        scenario: 'near-miss',
        topic: ['near-miss', key.slug],
        title: `A ${b} whose ${key.slug} only resembles is not linked`,
      },
    ];
    const unique = key.parts.some((part) => fieldAt(context.entity.b, part.b)?.unique === true);
    const uniqueOnA = key.parts.some((part) => fieldAt(context.entity.a, part.a)?.unique === true);
    if (!unique && !uniqueOnA && context.planned.plan.creation.a.kind === 'every') {
      drafts.push({
        ...shared,
        scenario: 'shared-key',
        topic: ['shared', key.slug],
        title: `Two ${a} with the same ${key.slug} do not overwrite each other`,
      });
    }
    const isText = key.parts.every((part) => takesAccents(fieldAt(context.entity.a, part.a)));
    if (isText) {
      drafts.push({
        ...shared,
        scenario: 'link-unicode',
        topic: ['match-any-encoding', key.slug],
        title: `${key.slug} matches in every Unicode form`,
      });
    }
    if (!unique) {
      drafts.push({
        ...shared,
        scenario: 'link-ambiguous',
        topic: ['ambiguous', key.slug],
        title: `Two ${b} with the same ${key.slug}: the declared policy decides`,
      });
    }
    if (hasTwoPlainRows(rows, key)) {
      drafts.push({
        ...shared,
        scenario: 'first-merge',
        topic: ['first-merge', key.slug],
        title: `Records that match on ${key.slug} are merged: an empty property takes the other's value`,
      });
    }
    if (key.parts.some((part) => part.normalise === 'case-insensitive')) {
      drafts.push({
        ...shared,
        scenario: 'link-case',
        topic: ['match-any-case', key.slug],
        title: `${key.slug} matches in upper and lower case`,
      });
    }
    if (key.parts.some((part) => carried.has(part.a))) {
      drafts.push({
        ...shared,
        scenario: 'key-edit-keeps-link',
        topic: ['key-edit', key.slug],
        title: `Editing ${key.slug} keeps the link`,
      });
    }
    return drafts;
  });
}

function takesAccents(field: FieldSpec | undefined): boolean {
  if (field === undefined) return false;
  const { type, pattern } = field;
  if (type.kind !== 'string' || pattern !== undefined || type.maxLength < 24) return false;
  return type.format === undefined || ['email', 'sku', 'number', 'company'].includes(type.format);
}

function hasTwoPlainRows(rows: MappedRow[], key: MatchKey): boolean {
  let found = 0;
  return rows.some(
    (row) =>
      row.direction === 'both' &&
      row.transform.kind === 'identity' &&
      !key.parts.some((part) => part.a === row.a || part.b === row.b) &&
      ++found === 2,
  );
}
