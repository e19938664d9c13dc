import { isPlain, type MappedRow } from '../plan.js';
import type { Side } from '../policies.js';
import { fieldOf, nameOf, other, type Draft, type FormContext } from './draft.js';
import { systemDrafts } from './systems.js';

/** Checks of a linked record as a whole in one direction: writes, deliveries, troubles, conflicts. */
export function recordDrafts(context: FormContext, from: Side, rows: MappedRow[]): Draft[] {
  const [source, target] = [nameOf(context, from), nameOf(context, other(from))];
  const plain = rows.filter((row) => isPlain(row) && fieldOf(context, from, row)?.unique !== true);
  const drafts: Draft[] = [
    {
      scenario: 'no-op-save',
      from,
      topic: ['no-op-save'],
      title: `Saving a ${source} without a change writes nothing to the ${target}`,
    },
  ];
  const [row] = plain;
  if (row === undefined) return drafts;
  drafts.push(
    {
      scenario: 'write-budget',
      from,
      topic: ['write-budget'],
      title: `One save of a ${source} costs no more writes than declared`,
    },
    {
      scenario: 'repeat-run',
      from,
      topic: ['repeat-run'],
      title: `Running again after an edit of a ${source} writes nothing`,
    },
    {
      scenario: 'unmapped-untouched',
      from,
      topic: ['unmapped-untouched'],
      title: `Properties of the ${target} that are not named stay as they are`,
    },
    {
      scenario: 'edit-during-sync',
      from,
      topic: ['edit-during-sync'],
      title: `An edit of the ${target} while the sync writes is not lost`,
    },
    {
      scenario: 'late-event',
      from,
      topic: ['late-event'],
      title: `Events of a ${source} that arrive in the wrong order do not bring back an old value`,
    },
    {
      scenario: 'repeated-event',
      from,
      topic: ['repeated-event'],
      title: `Events of a ${source} delivered again change nothing`,
    },
    {
      scenario: 'lost-event',
      from,
      topic: ['lost-event'],
      title: `An edit of a ${source} arrives although its event is lost`,
    },
    {
      scenario: 'restart',
      from,
      topic: ['restart'],
      title: `A restart of the sync before an edit of a ${source} arrives changes nothing`,
    },
    {
      scenario: 'transient-error',
      from,
      topic: ['transient-error'],
      title: `An edit of a ${source} that cannot be written for a while is written later`,
    },
    {
      scenario: 'stopped-before-done',
      from,
      topic: ['stopped-before-done'],
      title: `An edit of a ${source} is not lost when the sync stops before it could write it`,
    },
    {
      scenario: 'update-lost-response',
      from,
      topic: ['lost-response'],
      title: `A lost answer to a write of the ${target} does not undo the next edit of the ${source}`,
    },
    {
      scenario: 'answer-edit',
      from,
      topic: ['edit-after-arrival'],
      title: `An edit of the ${target} right after the sync wrote there arrives at the ${source}`,
    },
    {
      scenario: 'conflict-same-property',
      from,
      topic: ['conflict', 'later-edit'],
      title: `Both sides edit one property, the ${source} last: the declared policy decides`,
    },
  );
  if (plain.length > 1) {
    drafts.push({
      scenario: 'conflict-different-properties',
      from,
      topic: ['conflict', 'different-properties'],
      title: `Both sides edit different properties: both edits survive`,
    });
  }
  if (plain.length > 1) {
    drafts.push({
      scenario: 'field-missing',
      from,
      topic: ['field-missing'],
      title: `A property that is missing in answers about the ${source} is not cleared`,
    });
  }
  if (context.isFirst) drafts.push(...systemDrafts(context, from));
  if (from === 'b' && context.systems.b.api.routes.restore !== undefined) {
    drafts.push({
      scenario: 'restored',
      from,
      topic: ['restored'],
      title: `A ${source} that was deleted and restored stays in step`,
    });
  }
  if (from === 'b' && context.planned.plan.policies.delete === 'propagate') {
    drafts.push({
      scenario: 'delete-versus-edit',
      from,
      topic: ['delete-versus-edit'],
      title: `A ${target} is deleted while the ${source} is edited: the declared policy decides`,
    });
  }
  if (from === 'a') {
    drafts.push({
      scenario: 'conflict-same-property',
      from,
      topic: ['conflict', 'same-time'],
      value: { label: 'same-time', value: null },
      title: `Both sides edit one property at the same time: the declared tie decides`,
    });
  }
  return drafts;
}
