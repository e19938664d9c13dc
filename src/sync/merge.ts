import type { MappedRow } from '../checklist/plan.js';
import type { Policies, Side } from '../checklist/policies.js';
import type { Json } from '../contract/field.js';
import { isEmpty } from './json.js';
import type { SyncStages } from './stages.js';
import type { BaseCell } from './store/port.js';

/** `write`: the side and value to be written. `keep`: both stay. `review`: a conflict to report. */
export type Decision = { kind: 'keep' } | { kind: 'write'; side: Side; value: Json } | { kind: 'review' };

export type MergeInput = {
  row: MappedRow;
  a: Json;
  b: Json;
  /** What both sides held when they last agreed; null before the first merge. */
  base: BaseCell | null;
  policies: Policies;
  /** The value that a side's value becomes on the other side. */
  carried: (from: Side) => Json;
  /** Negative when b's edit is newer, zero when the times are equal; asked for in a conflict only. */
  newer: () => Promise<number>;
  stages: SyncStages;
};

const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');

/** Whether a side holds anything else than what was agreed: always, where what it held could not be carried. */
export const isEdited = (stages: SyncStages, value: Json, agreed: BaseCell, side: Side): boolean =>
  agreed.uncarried === side || stages.isEdit(value, agreed[side] ?? null);

/** Three-way merge of one property (I10, I11, I13). */
export async function mergeRow(input: MergeInput): Promise<Decision> {
  const { row, a, b, base, policies, stages } = input;
  if (base === null) return firstMerge(input);
  const changed = { a: isEdited(stages, a, base, 'a'), b: isEdited(stages, b, base, 'b') };
  for (const side of ['a', 'b'] as const) {
    const value = side === 'a' ? a : b;
    if (
      changed[side] &&
      isEmpty(value) &&
      (policies.emptyAfterwards === 'never-overwrite' || !stages.emptyIsEdit())
    ) {
      changed[side] = false;
    }
  }
  if (row.direction === 'a-to-b') changed.b = false;
  if (row.direction === 'b-to-a') changed.a = false;
  if (!changed.a && !changed.b) return { kind: 'keep' };
  if (changed.a !== changed.b) return propagate(input, changed.a ? 'a' : 'b');
  if (stages.alreadyThere(input.carried('a'), b) || stages.alreadyThere(input.carried('b'), a))
    return { kind: 'keep' };
  return conflict(input);
}

async function firstMerge(input: MergeInput): Promise<Decision> {
  const { row, a, b, policies } = input;
  if (row.direction !== 'both') return propagate(input, row.direction === 'a-to-b' ? 'a' : 'b');
  if (input.stages.alreadyThere(input.carried('a'), b)) return { kind: 'keep' };
  if (policies.emptyOnMerge === 'keep-value') {
    if (isEmpty(a)) return propagate(input, 'b');
    if (isEmpty(b)) return propagate(input, 'a');
  }
  return conflict(input);
}

async function conflict(input: MergeInput): Promise<Decision> {
  const { policies } = input;
  if (policies.conflict === 'keep-for-review') return { kind: 'review' };
  if (policies.conflict === 'side-a-wins') return propagate(input, 'a');
  if (policies.conflict === 'side-b-wins') return propagate(input, 'b');
  const newer = await input.newer();
  if (newer > 0) return propagate(input, 'a');
  return propagate(input, newer === 0 ? policies.tie : 'b');
}

function propagate(input: MergeInput, from: Side): Decision {
  const value = input.carried(from);
  const held = from === 'a' ? input.b : input.a;
  return input.stages.alreadyThere(value, held)
    ? { kind: 'keep' }
    : { kind: 'write', side: other(from), value };
}
