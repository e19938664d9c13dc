import type { MappedRow } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { CheckContext, Pairing } from '../context.js';
import { establish, expectValue, remember } from '../establish.js';
import { CheckFailure, NotTestableHere, show } from '../failure.js';
import { editValue } from '../sample.js';
import { save } from './edits.js';
import { hasTwoValues, needPlainRows, plainRows, shareList } from './plain-rows.js';

/** Edits a property to something else than it holds, and than `unlike` where that is given. */
async function editOn(
  context: CheckContext,
  side: Side,
  link: Pairing,
  row: MappedRow,
  unlike?: Json,
): Promise<Json> {
  const id = side === 'a' ? link.aId : link.bId;
  const held = getPath(await context.fieldsOf(side, id), row[side]);
  let value = await editValue(context, row, side, held);
  for (let more = 0; more < 30 && JSON.stringify(value) === JSON.stringify(unlike); more++)
    value = await editValue(context, row, side, held);
  await save(context, side, id, { [row[side]]: value });
  context.step(`When ${row[side]} of the ${context.name(side)} is edited to ${show(value)}`);
  return value;
}

/** Who wins when `last` was edited later (or at the same time), by the declared policy. */
export function winnerOf(context: CheckContext, last: Side, sameTime: boolean): Side | null {
  const { conflict, tie } = context.pair.policies;
  if (conflict === 'keep-for-review') return null;
  if (conflict === 'side-a-wins') return 'a';
  if (conflict === 'side-b-wins') return 'b';
  return sameTime ? tie : last;
}

/** I11: the winner of one property is the policy's, though the record of the loser was saved once more. */
export async function conflictSameProperty(context: CheckContext): Promise<void> {
  const [row] = needPlainRows(context, 1);
  const second = plainRows(context).find((one) => one !== row && !shareList(one, row));
  if (hasTwoValues(context, row)) {
    throw new NotTestableHere(
      'every property that is carried as it is has two values only, so no two edits of it can contradict',
      'name a property with more values in the profile',
    );
  }
  const link = await establish(context);
  const last = context.from;
  const first = context.to;
  const sameTime = context.check.value?.label === 'same-time';
  const before = {
    a: getPath(await context.fieldsOf('a', link.aId), row.a),
    b: getPath(await context.fieldsOf('b', link.bId), row.b),
  };
  await remember(context);
  context.world.events?.hold();
  const values: Record<Side, Json> = { a: null, b: null };
  values[first] = await editOn(context, first, link, row);
  if (!sameTime) context.world.clock?.advance(60_000 + context.pair.policies.clockToleranceMs);
  values[last] = await editOn(context, last, link, row, values[first]);
  if (!sameTime && second !== undefined) {
    context.world.clock?.advance(60_000);
    await editOn(context, first, link, second);
  }
  context.world.events?.reverse();
  context.world.events?.release();
  await context.settle();
  const winner = winnerOf(context, last, sameTime);
  if (winner === null) {
    await expectValue(context, 'a', link.aId, row.a, values.a, 'while the conflict is kept for review');
    await expectValue(context, 'b', link.bId, row.b, values.b, 'while the conflict is kept for review');
    const problems = (await context.world.sync.status?.())?.problems ?? [];
    if (problems.length === 0) throw new CheckFailure('the conflict is kept for review and is not reported');
    return;
  }
  const policy = `under the policy "${context.pair.policies.conflict}"${sameTime ? ` with ties to side ${context.pair.policies.tie}` : ''}`;
  for (const side of ['a', 'b'] as const) {
    const expected = values[winner];
    const found = getPath(await context.fieldsOf(side, side === 'a' ? link.aId : link.bId), row[side]);
    if (JSON.stringify(found) === JSON.stringify(expected)) continue;
    const old =
      JSON.stringify(found) === JSON.stringify(before[side]) ? ' (the value before both edits)' : '';
    throw new CheckFailure(
      `${context.name(side)}.${row[side]} is ${show(found)}${old}, expected ${show(expected)} from the ${context.name(winner)} ${policy}`,
      [{ path: row[side], expected, found }],
    );
  }
  context.step(`Then the edit of the ${context.name(winner)} holds on both sides`);
}

/** I10: edits of different properties on both sides both survive. */
export async function conflictDifferentProperties(context: CheckContext): Promise<void> {
  const [one, two] = needPlainRows(context, 2);
  const link = await establish(context);
  const { from, to } = context;
  await remember(context);
  const first = await editOn(context, from, link, one);
  context.world.clock?.advance(1000);
  const second = await editOn(context, to, link, two);
  const id = { a: link.aId, b: link.bId };
  await context.settleUntil(async () => {
    for (const side of ['a', 'b'] as const) {
      await expectValue(context, side, id[side], one[side], first, 'although both edits must survive');
      await expectValue(context, side, id[side], two[side], second, 'although both edits must survive');
    }
  });
  context.step('Then both edits are on both sides');
}

/** I5, I10: an edit made between the sync's read and its write is not overwritten. */
export async function editDuringSync(context: CheckContext): Promise<void> {
  const [one, two] = needPlainRows(context, 2);
  const link = await establish(context);
  const { from, to } = context;
  const id = { a: link.aId, b: link.bId };
  const { update } = context.plan.systems[to].api.routes;
  let during: Json = null;
  let happened = false;
  context.world.disturb?.({
    side: to,
    match: { method: update.method, pathIncludes: id[to] },
    effect: {
      kind: 'before',
      act: async () => {
        happened = true;
        during = await editOn(context, to, link, two);
      },
    },
  });
  const value = await editOn(context, from, link, one);
  await context.settle();
  if (!happened)
    throw new CheckFailure(`the sync never wrote the edit of ${one[from]} to the ${context.name(to)}`);
  for (const side of ['a', 'b'] as const) {
    await expectValue(
      context,
      side,
      id[side],
      one[side],
      value,
      'although it was edited before the sync wrote',
    );
    await expectValue(
      context,
      side,
      id[side],
      two[side],
      during,
      'although it was edited while the sync wrote',
    );
  }
  context.step('Then both edits are on both sides');
}
