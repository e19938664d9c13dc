import type { Side } from '../checklist/policies.js';
import type { ScenarioName } from '../checklist/scenarios.js';
import type { WorldSettings } from '../drivers/ports.js';
import type { CheckContext } from './context.js';
import * as back from './scenarios/back.js';
import * as backDelivery from './scenarios/back-delivery.js';
import * as conditional from './scenarios/conditional.js';
import * as conflicts from './scenarios/conflicts.js';
import * as creation from './scenarios/creation.js';
import * as delivery from './scenarios/delivery.js';
import * as drift from './scenarios/drift.js';
import * as edits from './scenarios/edits.js';
import * as events from './scenarios/events.js';
import { editSpreads } from './scenarios/fan-out.js';
import * as identity from './scenarios/identity.js';
import * as lines from './scenarios/lines.js';
import * as linking from './scenarios/linking.js';
import * as merging from './scenarios/merging.js';
import * as paging from './scenarios/paging.js';
import * as rows from './scenarios/rows.js';
import * as safety from './scenarios/safety.js';
import * as status from './scenarios/status.js';

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
  'condition-met': rows.conditionMet,
  'source-precedence': rows.sourcePrecedence,
  'round-trip': edits.roundTrip,
  edit: edits.edit,
  clear: edits.clear,
  'line-changed': lines.lineChanged,
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
  'when-returns': conditional.whenReturns,
  'events-reversed': delivery.eventsReversed,
  'event-again-soon': delivery.eventAgainSoon,
  'transient-error': delivery.transientError,
  'stopped-before-done': delivery.stoppedBeforeDone,
  'crash-after-create': delivery.crashAfterCreate,
  'two-workers': delivery.twoWorkers,
  'update-lost-response': delivery.updateLostResponse,
  'edit-spreads': editSpreads,
  'answer-edit': delivery.answerEdit,
  'moving-pages': paging.movingPages,
  'changed-during-run': paging.changedDuringRun,
  'failed-poll': paging.failedPoll,
  'changed-while-down': paging.changedWhileDown,
  'broken-listing': paging.brokenListing,
  'create-sparse': identity.createSparse,
  'shared-reference': identity.sharedReference,
  'deleted-reference': identity.deletedReference,
  'shared-key': identity.sharedKey,
  'first-merge': merging.firstMerge,
  'link-unicode': identity.linkUnicode,
  'recreate-after-delete': identity.recreateAfterDelete,
  'unknown-enum': drift.unknownEnum,
  'canonical-value': drift.canonicalValue,
  'field-missing': drift.fieldMissing,
  'tenant-isolation': drift.tenantIsolation,
  'nothing-personal-logged': drift.nothingPersonalLogged,
  'rate-limited': status.rateLimited,
  'expired-token': status.expiredToken,
  'truthful-status': status.truthfulStatus,
  'delete-versus-edit': status.deleteVersusEdit,
  restored: status.restored,
  'conflict-skewed-clock': conflicts.conflictSameProperty,
  'conflict-other-zone': conflicts.conflictSameProperty,
  'created-back': back.createdBack,
  'created-back-later': back.createdBackLater,
  'created-back-once': back.createdBackOnce,
  'not-created-back': back.notCreatedBack,
  'created-both-ways': back.createdBothWays,
  'linked-back': back.linkedBack,
  'carried-back': back.carriedBack,
  'in-sync-back': back.inSyncBack,
  'back-lost-response': backDelivery.backLostResponse,
  'back-lost-event': backDelivery.backLostEvent,
  'back-repeated-event': backDelivery.backRepeatedEvent,
  'back-restart': backDelivery.backRestart,
  'back-crash': backDelivery.backCrash,
  'back-two-workers': backDelivery.backTwoWorkers,
  'back-transient-error': backDelivery.backTransientError,
};

const HOUR = 3_600_000;

/** Settings of the systems under which a scenario plays; `from` is the side that is edited last. */
export const SCENARIO_SETTINGS: Partial<Record<ScenarioName, (from: Side) => WorldSettings>> = {
  'conflict-skewed-clock': (from) => ({ skewMs: from === 'a' ? { b: HOUR } : { a: HOUR } }),
  'conflict-other-zone': (from) => ({ zoneMinutes: from === 'a' ? { a: -120 } : { a: 120 } }),
};
