import type { NotTestable } from '../check.js';
import { nameOf, type Draft, type FormContext } from './draft.js';

export const NO_KEY: NotTestable = {
  reason: 'the document names no property on which records of the two systems match',
  remedy: 'give a match key for this pair in the profile',
};

export function linkFirstDrafts(context: FormContext): Draft[] {
  const [a, b] = [nameOf(context, 'a'), nameOf(context, 'b')];
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
    drafts.push({ scenario: 'linked-by-hand', from: 'a', topic: ['linked'], title });
  } else {
    const title = `A ${a} and a ${b} that match are linked and in step`;
    drafts.push({ scenario: 'linked-by-match', from: 'a', topic: ['linked'], title, notTestable: NO_KEY });
  }
  return drafts;
}
