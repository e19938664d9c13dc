import type { Side } from '../../checklist/policies.js';

/** Which calls of the sync a disturbance meets. */
export type CallKind = 'read' | 'list' | 'create' | 'update';

/** What happens to a call of the sync. */
export type Trouble =
  'rate-limit' | 'server-error' | 'timeout' | 'lost-reply' | 'false-error' | 'refusal' | 'empty-page' | 'expired';

/**
 * One operation of a history, as plain data. `pick` chooses among the records that are there when the step is
 * played, `row` among the rows of the pair, `value` seeds the value that is written. A step that finds nothing to
 * work on does nothing.
 */
export type Step =
  | { kind: 'create'; side: Side; pair: number; value: number; sparse: boolean }
  | { kind: 'counterpart'; side: Side; pair: number; pick: number; value: number; differs: number }
  | { kind: 'recreate'; side: Side; pair: number; pick: number }
  | { kind: 'edit'; side: Side; pair: number; pick: number; row: number; value: number }
  | { kind: 'edit-both'; pair: number; pick: number; row: number; value: number; first: Side; gap: number }
  | { kind: 'no-op'; side: Side; pair: number; pick: number }
  | { kind: 'clear'; side: Side; pair: number; pick: number; row: number }
  | { kind: 'unmapped'; side: Side; pair: number; pick: number; value: number }
  | { kind: 'change-key'; side: Side; pair: number; pick: number; value: number }
  | { kind: 'line'; side: Side; pick: number; how: 'add' | 'remove' | 'quantity' | 'replace' | 'reorder'; value: number }
  | { kind: 'remove'; side: Side; pair: number; pick: number }
  | { kind: 'restore'; side: Side; pair: number; pick: number }
  | { kind: 'page'; side: Side; pair: number; value: number; over: -1 | 0 | 1 }
  | { kind: 'deliver' | 'drop' | 'duplicate' | 'delay' | 'release' | 'reorder' | 'redeliver' }
  | { kind: 'forge'; side: Side; how: 'unsigned' | 'stale' }
  | { kind: 'poll' }
  | { kind: 'advance'; ms: number }
  | { kind: 'skew'; side: Side; ms: number }
  | { kind: 'trouble'; side: Side; what: Trouble; on: CallKind; nth: number; times: number }
  | { kind: 'race'; side: Side; pair: number; pick: number; row: number; value: number; on: CallKind; nth: number }
  | { kind: 'kill'; side: Side; on: CallKind; nth: number; when: 'before' | 'after' }
  | { kind: 'restart' }
  | { kind: 'two-workers' }
  | { kind: 'stabilise' };

export type StepKind = Step['kind'];

/** Every kind of step; each must have been played at least once for a run to be green. */
export const STEP_KINDS: StepKind[] = [
  'create',
  'counterpart',
  'recreate',
  'edit',
  'edit-both',
  'no-op',
  'clear',
  'unmapped',
  'change-key',
  'line',
  'remove',
  'restore',
  'page',
  'deliver',
  'drop',
  'duplicate',
  'delay',
  'release',
  'reorder',
  'redeliver',
  'forge',
  'poll',
  'advance',
  'skew',
  'trouble',
  'race',
  'kill',
  'restart',
  'two-workers',
  'stabilise',
];

export const TROUBLES: Trouble[] = [
  'rate-limit',
  'server-error',
  'timeout',
  'lost-reply',
  'false-error',
  'refusal',
  'empty-page',
  'expired',
];

/** What a history is about; decides which steps are likely, and what must have happened for it to tell anything. */
export type Focus =
  'edits' | 'conflicts' | 'events' | 'troubles' | 'crashes' | 'deletions' | 'linking' | 'pages' | 'orders' | 'clocks' | 'mixed';

export const FOCUSES: Focus[] = [
  'edits',
  'conflicts',
  'events',
  'troubles',
  'crashes',
  'deletions',
  'linking',
  'pages',
  'orders',
  'clocks',
  'mixed',
];

/** A whole history: what stood on both sides before the sync first ran, and what happened then. */
export type History = {
  seed: number;
  focus: Focus;
  pairs: string[];
  skewMs: Record<Side, number>;
  zoneMinutes: Record<Side, number>;
  start: Step[];
  steps: Step[];
};
