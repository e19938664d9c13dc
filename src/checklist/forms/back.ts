import type { NotTestable } from '../check.js';
import type { ScenarioName } from '../scenarios.js';
import { createsBack } from '../plan.js';
import { nameOf, namesOf, type Draft, type Emitters, type FormContext } from './draft.js';
import { backMergeDrafts, backPropertyDrafts } from './back-rows.js';
import { NO_KEY } from './link-first.js';
import { unfilled } from './unfilled.js';

/** What each sentence of the reverse document, `B to A`, is compiled to: all its checks begin on side b. */
export const BACK_EMITTERS: Emitters = {
  'sync-every': everyDrafts,
  'sync-when': whenDrafts,
  'link-first': linkFirstDrafts,
  'create-connected': connectedDrafts,
  'merge-on': backMergeDrafts,
  'merge-existing': mergeExistingDrafts,
  'create-missing': createMissingDrafts,
  'keep-in-sync': keepInSyncDrafts,
  properties: backPropertyDrafts,
};

const NO_PREDICATE: NotTestable = {
  reason: 'the reverse document does not say how to tell whether the condition holds',
  remedy: 'give the condition in the profile as "back: {when: {path, equals, meets, fails}}"',
};

const NOT_CONNECTED: NotTestable = {
  reason: 'no section of the reverse document synchronises the entities it must be connected to',
  remedy: 'name the pair and the path in the profile as "back: {connected: [{pair, path}]}"',
};

const draft = (scenario: ScenarioName, topic: string, title: string, more: Partial<Draft> = {}): Draft => ({
  scenario,
  from: 'b',
  topic: [topic],
  title,
  ...more,
});

function everyDrafts(context: FormContext): Draft[] {
  const { creation } = context.planned.plan;
  if (!createsBack(creation)) return linkFirstDrafts(context);
  const [a, b] = namesOf(context);
  const notTestable = unfilled(context);
  const drafts: [ScenarioName, string, string][] = [
    ['created-back', 'created-back', `A new ${b} gets exactly one ${a}`],
    [
      'back-lost-response',
      'lost-response-back',
      `A lost answer to the creation of the ${a} makes no second one`,
    ],
    ['back-lost-event', 'lost-event-back', `A new ${b} arrives although its event is lost`],
    [
      'back-repeated-event',
      'repeated-event-back',
      `Events of a new ${b} delivered twice make no second ${a}`,
    ],
    ['back-restart', 'restart-back', `A restart of the sync before a new ${b} arrives changes nothing`],
    ['back-crash', 'crash-back', `A crash right after the creation of a ${a} makes no second one`],
    ['back-two-workers', 'two-workers-back', `Two workers at once make one ${a} of each ${b}`],
    [
      'back-transient-error',
      'transient-error-back',
      `A ${a} that cannot be created for a while is created later, once`,
    ],
  ];
  if (creation.a.kind !== 'linked-only')
    drafts.push([
      'created-both-ways',
      'created-both-ways',
      `A new ${a} and a new ${b} of the same moment get one counterpart each`,
    ]);
  return drafts.map(([scenario, topic, title]) => draft(scenario, topic, title, { notTestable }));
}

function whenDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const notTestable = context.planned.plan.creation.b?.kind === 'when' ? unfilled(context) : NO_PREDICATE;
  return [
    draft('created-back', 'met-back', `A ${b} that meets the condition gets a ${a}`, { notTestable }),
    draft('not-created-back', 'not-met-back', `A ${b} that does not meet the condition gets none`, {
      notTestable,
    }),
    draft('created-back-later', 'becomes-met-back', `A ${b} gets a ${a} once it meets the condition`, {
      notTestable,
    }),
    draft('created-back-once', 'returns-back', `A ${b} that meets the condition again has still one ${a}`, {
      notTestable,
    }),
  ];
}

function connectedDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const notTestable =
    context.planned.plan.creation.b?.kind === 'connected' ? unfilled(context) : NOT_CONNECTED;
  return [
    draft('created-back', 'connected-back', `A connected ${b} gets a ${a}`, { notTestable }),
    draft('not-created-back', 'unconnected-back', `A ${b} that is not connected gets no ${a}`, {
      notTestable,
    }),
    draft('created-back-later', 'connected-later-back', `A ${b} gets a ${a} once it is connected`, {
      notTestable,
    }),
  ];
}

function linkFirstDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  const { creation, match } = context.planned.plan;
  const drafts: Draft[] = [];
  if (creation.b?.kind === 'linked-only' || creation.b?.kind === 'connected')
    drafts.push(draft('not-created-back', 'not-created-back', `A ${b} without a link makes no ${a}`));
  const [key] = match;
  if (key !== undefined) return [...drafts, linkedDraft(context, 'linked-back', key)];
  if (creation.a.kind === 'linked-only' && creation.b?.kind === 'linked-only')
    return [
      ...drafts,
      draft('linked-by-hand', 'linked-back', `A ${b} and a ${a} that someone links come in step`),
    ];
  const title = `A ${b} and a ${a} that match are linked and in step`;
  return [...drafts, draft('linked-back', 'linked-back', title, { notTestable: NO_KEY })];
}

function linkedDraft(
  context: FormContext,
  topic: string,
  { slug, origin }: Pick<FormContext['planned']['plan']['match'][number], 'slug' | 'origin'>,
): Draft {
  const title = `A ${nameOf(context, 'b')} that comes after a matching ${nameOf(context, 'a')} is linked with it`;
  return draft('linked-back', topic, title, { matchKey: slug, origin });
}

function mergeExistingDrafts(context: FormContext): Draft[] {
  const [key] = context.planned.plan.match;
  if (key !== undefined) return [linkedDraft(context, 'merged-back', key)];
  const title = `A ${nameOf(context, 'b')} is merged with the ${nameOf(context, 'a')} that matches`;
  return [draft('linked-back', 'merged-back', title, { notTestable: NO_KEY })];
}

function createMissingDrafts(context: FormContext): Draft[] {
  const title = `A ${nameOf(context, 'b')} without a match gets a new ${nameOf(context, 'a')}`;
  if (!createsBack(context.planned.plan.creation))
    return [draft('not-created-back', 'not-created-back', `${title}, once it may`)];
  return [draft('created-back', 'created-back', title, { notTestable: unfilled(context) })];
}

function keepInSyncDrafts(context: FormContext): Draft[] {
  const [a, b] = namesOf(context);
  if (!createsBack(context.planned.plan.creation)) return [];
  const title = `A ${a} that was created from a ${b} is kept in step with it, wherever it is edited`;
  return [draft('in-sync-back', 'created-back', title, { notTestable: unfilled(context) })];
}
