import type { ScenarioName } from '../checklist/scenarios.js';
import type { CheckContext } from './context.js';
import * as conditional from './scenarios/conditional.js';
import * as conflicts from './scenarios/conflicts.js';
import * as creation from './scenarios/creation.js';
import * as edits from './scenarios/edits.js';
import * as events from './scenarios/events.js';
import * as linking from './scenarios/linking.js';
import * as rows from './scenarios/rows.js';
import * as safety from './scenarios/safety.js';

/** Does what a check says and looks; throws `CheckFailure` when the sync falls short. */
export type Scenario = (context: CheckContext) => Promise<void>;

/** One function for every scenario name; a missing one does not type-check. */
export const SCENARIO_FUNCTIONS: Record<ScenarioName, Scenario> = {
  'create-one-counterpart': creation.createOneCounterpart,
  'create-many': creation.createMany,
  'create-lost-response': creation.createLostResponse,
  'equal-timestamps': creation.equalTimestamps,
  'poison-isolated': creation.poisonIsolated,
  'late-reference': creation.lateReference,
  'repeat-run': safety.repeatRun,
  'write-budget': safety.writeBudget,
  'no-op-save': safety.noOpSave,
  'unmapped-untouched': safety.unmappedUntouched,
  'link-existing': linking.linkExisting,
  'link-case': linking.linkCase,
  'near-miss': linking.nearMiss,
  'link-ambiguous': linking.linkAmbiguous,
  'key-edit-keeps-link': linking.keyEditKeepsLink,
  'property-carried': edits.propertyCarried,
  'condition-unmet': rows.conditionUnmet,
  'source-precedence': rows.sourcePrecedence,
  'round-trip': edits.roundTrip,
  edit: edits.edit,
  clear: edits.clear,
  'line-changed': edits.lineChanged,
  'over-long-text': edits.overLongText,
  restart: events.restart,
  'lost-event': events.lostEvent,
  'repeated-event': events.repeatedEvent,
  'late-event': events.lateEvent,
  'forged-event': events.forgedEvent,
  'deleted-not-recreated': events.deletedNotRecreated,
  'conflict-same-property': conflicts.conflictSameProperty,
  'conflict-different-properties': conflicts.conflictDifferentProperties,
  'edit-during-sync': conflicts.editDuringSync,
  'when-met': conditional.whenMet,
  'when-not-met': conditional.whenNotMet,
  'when-becomes-met': conditional.whenBecomesMet,
  'when-ceases': conditional.whenCeases,
  'not-created-unlinked': conditional.notCreatedUnlinked,
  'linked-by-match': conditional.linkedByMatch,
  'linked-by-hand': conditional.linkedByHand,
  'created-when-connected': conditional.createdWhenConnected,
  'not-created-unconnected': conditional.notCreatedUnconnected,
  'created-later-when-connected': conditional.createdLaterWhenConnected,
};
