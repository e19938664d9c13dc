import { openMerges } from '../build-plan.js';
import type { NotTestable } from '../check.js';
import { whyNoKey } from '../no-key.js';
import { slugOf } from '../slug.js';
import { nameOf, namesOf, type Draft, type FormContext } from './draft.js';
import { matchDrafts } from './creation.js';
import { NO_KEY } from './link-first.js';

const NO_PREDICATE: NotTestable = {
  reason: 'the document does not say how to tell whether the condition holds',
  remedy: 'give the condition in the profile as "when: {path, equals, meets, fails}"',
};

export function whenDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const notTestable = context.planned.plan.creation.a.kind === 'when' ? null : NO_PREDICATE;
  return [
    {
      scenario: 'when-met',
      from: 'a',
      topic: ['met'],
      title: `A ${a} that meets the condition gets a ${b}`,
      notTestable,
    },
    {
      scenario: 'when-not-met',
      from: 'a',
      topic: ['not-met'],
      title: `A ${a} that does not meet the condition gets none`,
      notTestable,
    },
    {
      scenario: 'when-becomes-met',
      from: 'a',
      topic: ['becomes-met'],
      title: `A ${a} gets a ${b} once it meets the condition`,
      notTestable,
    },
    {
      scenario: 'when-returns',
      from: 'a',
      topic: ['returns'],
      title: `A ${a} that meets the condition again has still one ${b}`,
      notTestable,
    },
    {
      scenario: 'when-ceases',
      from: 'a',
      topic: ['ceases'],
      title: `A ${a} that no longer meets the condition: the declared policy decides`,
      notTestable,
    },
  ];
}

export function connectedDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const notTestable: NotTestable | null =
    context.planned.plan.creation.a.kind === 'connected'
      ? null
      : {
          reason: 'no section of the document synchronises the entities it must be connected to',
          remedy:
            'ask for a document with a section of one of them; or name another pair of this document, through which the record is connected, in the profile as "connected: [{pair, path}]"',
        };
  return [
    {
      scenario: 'created-when-connected',
      from: 'a',
      topic: ['connected'],
      title: `A connected ${a} gets a ${b}`,
      notTestable,
    },
    {
      scenario: 'not-created-unconnected',
      from: 'a',
      topic: ['unconnected'],
      title: `A ${a} that is not connected gets no ${b}`,
      notTestable,
    },
    {
      scenario: 'created-later-when-connected',
      from: 'a',
      topic: ['connected-later'],
      title: `A ${a} gets a ${b} once it is connected`,
      notTestable,
    },
  ];
}

export function mergeDrafts(context: FormContext): Draft[] {
  const unusable = context.planned.profile?.match === undefined ? openMerges(context.planned.pair) : [];
  const open = unusable.map((row): Draft => {
    const text = `${row.source.map((path) => path.text).join(', ')} | ${row.target.map((path) => path.text).join(', ')}`;
    return {
      scenario: 'link-existing',
      from: 'a',
      topic: ['match', slugOf(text)],
      title: `Records match on ${text}`,
      line: row.span.line,
      notTestable: whyNoKey(row),
    };
  });
  const drafts = [...matchDrafts(context), ...open];
  if (drafts.length > 0) return drafts;
  return [
    {
      scenario: 'link-existing',
      from: 'a',
      topic: ['match'],
      title: 'Records that match are merged',
      notTestable: NO_KEY,
    },
  ];
}

export function mergeExistingDrafts(context: FormContext): Draft[] {
  const key = context.planned.plan.match[0];
  const title = `A ${nameOf(context, 'a')} is merged with the ${nameOf(context, 'b')} that matches`;
  const named = key === undefined ? { notTestable: NO_KEY } : { matchKey: key.slug, origin: key.origin };
  return [{ scenario: 'link-existing', from: 'a', topic: ['merged'], title, ...named }];
}

export function createMissingDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  return [
    {
      scenario: 'create-one-counterpart',
      from: 'a',
      topic: ['created'],
      title: `A ${a} without a match gets a new ${b}`,
    },
  ];
}
