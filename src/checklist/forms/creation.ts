import type { MappedRow } from '../plan.js';
import { nameOf, type Draft, type FormContext } from './draft.js';

const hasReference = (rows: MappedRow[]) =>
  rows.some((row) => row.transform.kind === 'reference' || row.transform.kind === 'lines');

/** Checks of every pair whose records are created: each record gets exactly one counterpart, whatever happens. */
export function creationDrafts(context: FormContext): Draft[] {
  const [a, b] = [nameOf(context, 'a'), nameOf(context, 'b')];
  const { rows, match } = context.planned.plan;
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
      topic: ['more-than-a-page'],
      title: `One more ${a} than fits a page: each gets its ${b}`,
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
  if (hasReference(rows)) {
    drafts.push({
      scenario: 'late-reference',
      from: 'a',
      topic: ['late-reference'],
      title: `A ${a} waits for the records it refers to and arrives then`,
    });
  }
  if (match.length > 0) drafts.push(...matchDrafts(context));
  return drafts;
}

/** Checks of existing records that match: they are linked, not created again. */
export function matchDrafts(context: FormContext): Draft[] {
  const [a, b] = [nameOf(context, 'a'), nameOf(context, 'b')];
  const { match, rows } = context.planned.plan;
  return match.flatMap((key) => {
    const shared = {
      matchKey: key.slug,
      origin: key.origin,
      from: 'a' as const,
      ...(key.line === null ? {} : { line: key.line }),
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
    const unique = key.parts.some((part) =>
      context.entity.b.fields.some((field) => field.path === part.b && field.unique === true),
    );
    if (!unique) {
      drafts.push({
        ...shared,
        scenario: 'link-ambiguous',
        topic: ['ambiguous', key.slug],
        title: `Two ${b} with the same ${key.slug}: the declared policy decides`,
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
    const mutable = key.parts.some((part) =>
      rows.some((row) => row.a === part.a && row.direction !== 'b-to-a'),
    );
    if (mutable) {
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
