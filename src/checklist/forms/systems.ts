import type { Side } from '../policies.js';
import { nameOf, type Draft, type FormContext } from './draft.js';

/** What concerns the way the sync talks to the two systems, whatever the pair. */
export function systemDrafts(context: FormContext, from: Side): Draft[] {
  const source = nameOf(context, from);
  const drafts: Draft[] = [
    {
      scenario: 'conflict-skewed-clock',
      from,
      topic: ['conflict', 'skewed-clock'],
      title: `The clock of the other system runs ahead: the later edit of the ${source} wins all the same`,
    },
    {
      scenario: 'conflict-other-zone',
      from,
      topic: ['conflict', 'other-zone'],
      title: `Times in another zone do not decide against the later edit of the ${source}`,
    },
  ];
  if (from === 'b') return drafts;
  return [
    ...drafts,
    {
      scenario: 'expired-token',
      from,
      topic: ['expired-credential'],
      title: `A credential that expires is renewed, and the edit of the ${source} arrives`,
    },
    {
      scenario: 'tenant-isolation',
      from,
      topic: ['two-tenants'],
      title: `Two tenants with the same ids of a ${source} keep to themselves`,
    },
    {
      scenario: 'nothing-personal-logged',
      from,
      topic: ['log'],
      title: `The log holds no secret and no value of a ${source}`,
    },
  ];
}
