import type { NotTestable } from '../check.js';
import { createsBack } from '../plan.js';
import { namesOf, type Draft, type FormContext } from './draft.js';

export const NO_KEY: NotTestable = {
  reason: 'the document names no property on which records of the two systems match',
  remedy: 'give a match key for this pair in the profile',
};

const LEFT_ALONE: NotTestable = {
  reason:
    'the reverse document creates a counterpart at once, so that no record is left to be linked by hand',
  remedy: 'give a match key for this pair in the profile',
};

export function linkFirstDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const rule = context.planned.plan.creation.a.kind;
  const drafts: Draft[] = [];
  if (rule === 'linked-only' || rule === 'connected') {
    drafts.push({
      scenario: 'not-created-unlinked',
      from: 'a',
      topic: ['not-created'],
      title: `A ${a} without a link makes no ${b}`,
    });
  }
  const key = context.planned.plan.match[0];
  if (key !== undefined) {
    const title = `A ${a} and a ${b} that match are linked and in step`;
    const shared = { from: 'a', matchKey: key.slug, origin: key.origin } as const;
    drafts.push({ ...shared, scenario: 'linked-by-match', topic: ['linked'], title });
  } else if (rule === 'linked-only') {
    const title = `A ${a} and a ${b} that someone links come in step`;
    const notTestable = createsBack(context.planned.plan.creation) ? LEFT_ALONE : null;
    drafts.push({ scenario: 'linked-by-hand', from: 'a', topic: ['linked'], title, notTestable });
  } else {
    const title = `A ${a} and a ${b} that match are linked and in step`;
    drafts.push({ scenario: 'linked-by-match', from: 'a', topic: ['linked'], title, notTestable: NO_KEY });
  }
  return drafts;
}
