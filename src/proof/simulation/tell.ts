import type { SyncPlan } from '../../checklist/plan.js';
import type { History, Step } from './step.js';

/** A history as numbered steps in words. */
export function tellHistory(history: History, plan: SyncPlan): string[] {
  const used = plan.pairs.filter((pair) => history.pairs.includes(pair.slug));
  const clocks = (['a', 'b'] as const).flatMap((side) => [
    ...(history.skewMs[side] === 0
      ? []
      : [`Given the clock of ${plan.systems[side].name} is ${history.skewMs[side]} ms ahead`]),
    ...(history.zoneMinutes[side] === 0
      ? []
      : [
          `Given ${plan.systems[side].name} tells its times ${history.zoneMinutes[side]} minutes east of UTC`,
        ]),
  ]);
  const words = [
    ...clocks,
    ...(history.pageSize === undefined
      ? []
      : [
          `Given a page of a listing holds ${history.pageSize === 1 ? 'one record' : `${history.pageSize} records`}`,
        ]),
    ...history.start.map(
      (step) => `Given ${tellStep(step, plan, used[0]?.slug)}, before the sync first runs`,
    ),
    ...history.steps.map((step) => `When ${tellStep(step, plan, used[0]?.slug)}`),
    'Then all is well again and the sync has come to rest',
  ];
  return words.map((text, index) => `${index + 1}. ${text}`);
}

const ordinal = (index: number) => `no. ${index + 1}`;

/** One step in words; records are counted among those that are there. */
export function tellStep(step: Step, plan: SyncPlan, _slug?: string): string {
  const system = 'side' in step ? plan.systems[step.side].name : '';
  const subject = (pick: number) => `record ${ordinal(pick)} of ${system}`;
  switch (step.kind) {
    case 'create':
      return `a user creates a ${step.sparse ? 'sparse ' : ''}record in ${system}`;
    case 'counterpart':
      return `a user creates in ${system} a record like ${ordinal(step.pick)} of the other side, apart from ${step.differs} properties`;
    case 'recreate':
      return `a user creates again the deleted ${subject(step.pick)}`;
    case 'edit':
      return `a user edits property ${ordinal(step.row)} of ${subject(step.pick)}`;
    case 'edit-both':
      return `the property ${ordinal(step.row)} of linked record ${ordinal(step.pick)} is edited on side ${step.first} and ${step.gap} ms later on the other`;
    case 'no-op':
      return `a user saves ${subject(step.pick)} without a change`;
    case 'clear':
      return `a user clears a property of ${subject(step.pick)}`;
    case 'unmapped':
      return `a user edits a property of ${subject(step.pick)} that no row names`;
    case 'change-key':
      return `a user changes the match key of ${subject(step.pick)}`;
    case 'line':
      return `a user changes the lines of ${subject(step.pick)}: ${step.how}`;
    case 'merge':
      return `a user merges ${subject(step.pick)} with the next one`;
    case 'remove':
      return `a user deletes ${subject(step.pick)}`;
    case 'restore':
      return `a user restores the deleted ${subject(step.pick)}`;
    case 'page':
      return `users fill ${system} up to a page of records${step.over === 0 ? '' : step.over > 0 ? ` and ${step.over} more` : ` less ${-step.over}`}, all at one instant`;
    case 'deliver':
      return 'the pending events are delivered';
    case 'drop':
      return 'the pending events are lost';
    case 'duplicate':
      return 'the pending events are doubled';
    case 'delay':
      return 'events are held back from now on';
    case 'release':
      return 'events flow again';
    case 'reorder':
      return 'the pending events change their order';
    case 'redeliver':
      return 'every event is delivered again';
    case 'forge':
      return `an event of ${system} arrives that is ${step.how === 'stale' ? 'stale and sent again' : 'not validly signed'}`;
    case 'poll':
      return 'the sync runs once';
    case 'advance':
      return `${step.ms} ms go by`;
    case 'skew':
      return `the clock of ${system} is set ${step.ms} ms ahead`;
    case 'trouble':
      return `call ${ordinal(step.nth - 1)} (${step.on}) of the sync to ${system} meets ${step.what}${step.times > 1 ? `, ${step.times} times` : ''}`;
    case 'race':
      return `a user edits property ${ordinal(step.row)} of ${subject(step.pick)} just before call ${ordinal(step.nth - 1)} (${step.on}) of the sync there`;
    case 'kill':
      return `the sync is killed ${step.when} call ${ordinal(step.nth - 1)} (${step.on}) to ${system}`;
    case 'restart':
      return 'the sync is stopped and started again';
    case 'two-workers':
      return 'two workers run at once';
    case 'stabilise':
      return 'all is well again and the sync comes to rest';
  }
}
