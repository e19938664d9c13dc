import type { MappedRow } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import { otherValue } from '../../contract/values.js';
import type { CheckContext, Pairing } from '../context.js';
import { establish, expectAgreement, expectValue, remember } from '../establish.js';
import { CheckFailure, show } from '../failure.js';
import { sameValue } from '../oracle/agree.js';
import { expectedOnB } from '../oracle/expected.js';
import { isBlank, isMet, rivalsOf } from '../oracle/live-rows.js';
import { editValue } from '../sample.js';
import { save } from './edits.js';
import { editRow } from './helpers.js';

/** Where a condition stands: `holder` is the path of the property, `beside` that of the row when it is not met. */
type Condition = { side: Side; holder: string; value: Json; beside: (other: Json) => string };

function conditionOf(context: CheckContext, row: MappedRow): Condition {
  const [only] = row.only ?? [];
  if (only !== undefined) {
    const { side, path } = only;
    return { side, holder: path, value: context.conditionValue(only), beside: () => row[side] };
  }
  const side = row.a.includes('=') ? 'a' : 'b';
  const [, list = '', all = '', rest = ''] = /^(.*?)\[([^\]]+=[^\]]*)\](.*)$/.exec(row[side]) ?? [];
  const [path = '', value = ''] = (all.split('&')[0] ?? '').split('=');
  return {
    side,
    holder: `${list}[${all}].${path}`,
    value,
    beside: (other) => `${list}[${path}=${String(other)}]${rest}`,
  };
}

/** I8: a value travels by a row only while the condition of the row is met. */
export async function conditionUnmet(context: CheckContext): Promise<void> {
  const row = context.row();
  const condition = conditionOf(context, row);
  const link = await establish(context);
  const id: Record<Side, string> = { a: link.aId, b: link.bId };
  const field = context.field(condition.side, condition.holder);
  const other = field === undefined ? 'other' : otherValue(field, condition.value, context.rng);
  await save(context, condition.side, id[condition.side], { [condition.holder]: other });
  context.step(`Given ${condition.holder} of the ${context.name(condition.side)} is now ${show(other)}`);
  await context.settle();
  await remember(context);
  const watched = condition.side === 'b' ? condition.beside(other) : row.b;
  const before = getPath(await context.fieldsOf('b', link.bId), watched);
  const edited = condition.side === 'a' ? condition.beside(other) : row.a;
  const value = await editValue(context, row, 'a', getPath(await context.fieldsOf('a', link.aId), edited));
  await save(context, 'a', link.aId, { [edited]: value });
  context.step(`When ${edited} of the ${context.name('a')} is edited to ${show(value)}`);
  await context.settle();
  const after = await stateOf(context, link);
  if (row.only !== undefined && isMet(row, after.a, after.b))
    throw new CheckFailure(`the sync made ${condition.holder} ${condition.value} again`);
  await expectValue(context, 'b', link.bId, watched, before, `since ${condition.holder} is ${show(other)}`);
  context.step(`Then ${watched} of the ${context.name('b')} is still ${show(before)}`);
}

/** I1: what was edited while the condition was not met travels once it is met. */
export async function conditionMet(context: CheckContext): Promise<void> {
  const row = context.row();
  const { side, holder, value } = conditionOf(context, row);
  const link = await establish(context);
  const id: Record<Side, string> = { a: link.aId, b: link.bId };
  const field = context.field(side, holder);
  const other = field === undefined ? 'other' : otherValue(field, value, context.rng);
  await save(context, side, id[side], { [holder]: other });
  await context.settle();
  const edited = await editValue(context, row, 'a', getPath(await context.fieldsOf('a', link.aId), row.a));
  await save(context, 'a', link.aId, { [row.a]: edited });
  context.step(`Given ${row.a} is edited to ${show(edited)} while ${holder} is ${show(other)}`);
  await context.settle();
  await remember(context);
  await save(context, side, id[side], { [holder]: value });
  context.step(`When ${holder} of the ${context.name(side)} is ${show(value)} again`);
  await context.settleUntil(() =>
    expectAgreement(context, link, `since ${holder} is ${show(value)} again`, [row.slug]),
  );
  context.step(`Then ${row.b} of the ${context.name('b')} shows it`);
}

/** The first row with a value holds; the next one takes over while it is empty. */
export async function sourcePrecedence(context: CheckContext): Promise<void> {
  const first = context.row();
  const link = await establish(context);
  const start = await stateOf(context, link);
  const second = rivalsOf(context.pair.rows, first).find(
    (row) => row.a !== first.a && isMet(row, start.a, start.b),
  );
  const held = getPath(start.a, first.a);
  const isLeftOut = second !== undefined && isBlank(held);
  const own = isLeftOut ? await editRow(context, 'a', link, first) : held;
  const shown = async () => getPath(await context.fieldsOf('b', link.bId), first.b);
  const expectHeld = async (row: MappedRow, value: Json, why: string) => {
    const expected = expectedOnB(row.transform, value, context.refer);
    const found = await shown();
    if (sameValue(row.transform, expected, found)) return;
    throw new CheckFailure(
      `${context.name('b')}.${row.b} is ${show(found)}, expected ${show(expected)} from ${row.a} ${why}`,
      [{ path: row.b, expected, found }],
    );
  };
  if (second === undefined) return expectHeld(first, own, 'which alone counts here');
  if (isLeftOut) await context.settleUntil(() => expectHeld(first, own, 'which has a value now'));
  const value = await editValue(context, second, 'a', own);
  await save(context, 'a', link.aId, { [second.a]: value });
  context.step(`When ${second.a}, which comes after ${first.a}, is edited to ${show(value)}`);
  await context.settle();
  await expectHeld(first, own, 'which comes first');
  await save(context, 'a', link.aId, { [first.a]: null });
  context.step(`and ${first.a} is then cleared`);
  await context.settleUntil(() => expectHeld(second, value, `while ${first.a} is empty`));
  context.step(`Then ${first.b} comes from ${second.a}`);
}

async function stateOf(context: CheckContext, link: Pairing) {
  return { a: await context.fieldsOf('a', link.aId), b: await context.fieldsOf('b', link.bId) };
}
