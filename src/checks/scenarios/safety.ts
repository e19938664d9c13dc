import type { Side } from '../../checklist/policies.js';
import type { FieldSpec } from '../../contract/field.js';
import { getPath, withoutConditions } from '../../contract/path.js';
import type { Exchange } from '../../drivers/ports.js';
import type { CheckContext } from '../context.js';
import { establish, expectAgreement, remember } from '../establish.js';
import { CheckFailure, NotTestableHere } from '../failure.js';
import { editValue } from '../sample.js';
import { save } from './edits.js';
import { needPlainRows, plainRows } from './plain-rows.js';

/** I6: once at rest, further runs write nothing, though every past event is delivered again. */
export async function repeatRun(context: CheckContext): Promise<void> {
  const link = await establish(context);
  if (context.check.form === 'keep-in-sync') {
    const [row] = needPlainRows(context, 1);
    const id = context.from === 'a' ? link.aId : link.bId;
    const value = await editValue(
      context,
      row,
      context.from,
      getPath(await context.fieldsOf(context.from, id), row[context.from]),
    );
    await save(context, context.from, id, { [row[context.from]]: value });
    await context.settle();
  }
  const mark = context.mark();
  await context.world.sync.runAgain(3);
  const writes = context.syncWrites(mark);
  if (writes.length > 0)
    throw new CheckFailure(
      `the sync wrote ${writes.length} times with nothing to do, first: ${writes[0]?.method ?? ''} ${writes[0]?.url ?? ''}`,
    );
  context.step('Then three more runs write nothing');
}

/** I7: one save with several edits costs at most the declared number of writes. */
export async function writeBudget(context: CheckContext): Promise<void> {
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  needPlainRows(context, 1);
  const current = await context.fieldsOf(from, id[from]);
  const changes: Record<string, Awaited<ReturnType<typeof editValue>>> = {};
  for (const row of plainRows(context).slice(0, 3))
    changes[row[from]] = await editValue(context, row, from, getPath(current, row[from]));
  const mark = context.mark();
  await save(context, from, id[from], changes);
  context.step(`When ${Object.keys(changes).join(', ')} are saved together`);
  await context.settle();
  const writes = writesOfSave(context, mark, to, id[to]);
  const isSelf = context.plan.systems.a.name === context.plan.systems.b.name;
  const back = isSelf ? [] : writesOfSave(context, mark, from, id[from]);
  const budget = context.pair.policies.writeBudget;
  if (writes.length > budget)
    throw new CheckFailure(
      `one save caused ${writes.length} writes to the ${context.plan.systems[to].name}, ${budget} are declared`,
    );
  if (back.length > 0)
    throw new CheckFailure(
      `the sync wrote back to the ${context.plan.systems[from].name}, where the edit was made`,
    );
  context.step(`Then it costs ${writes.length} of ${budget} writes`);
}

/**
 * Writes to one system after a save. A record may have a counterpart in other pairs too; theirs are left out, as the
 * budget is that of one pair.
 */
function writesOfSave(context: CheckContext, since: number, side: Side, id: string): Exchange[] {
  const { pair, plan } = context;
  const far = side === 'a' ? 'b' : 'a';
  const others = plan.pairs.filter((one) => one !== pair && one.entity[far] === pair.entity[far]);
  const elsewhere = new Set(others.map((one) => one.entity[side]));
  return context.syncWrites(since).filter(({ system, side: where, mutation }) => {
    if (system !== plan.systems[side].name || (where ?? side) !== side || mutation === null) return false;
    const isOwn = mutation.entity === pair.entity[side] && mutation.id === id;
    return isOwn || !elsewhere.has(mutation.entity);
  });
}

/** I7: a save that changes nothing causes no write. */
export async function noOpSave(context: CheckContext): Promise<void> {
  const { from } = context;
  if (context.plan.systems[from].api.bumpsOnNoChange === 'no')
    throw new NotTestableHere(
      `the ${context.plan.systems[from].name} does not move its update time on such a save, so that no sync hears of it`,
      'none: it is the way of this system',
    );
  const link = await establish(context);
  const id = from === 'a' ? link.aId : link.bId;
  const mark = context.mark();
  await save(context, from, id, {});
  context.step(`When the ${context.name(from)} is saved without a change`);
  await context.settle();
  const writes = context.syncWrites(mark);
  if (writes.length > 0) throw new CheckFailure(`a save without a change caused ${writes.length} writes`);
  context.step('Then nothing is written');
}

const OWN_NOTE = 'kept by its owner';

const takesNotes = ({ type, hint, pattern, readOnly }: FieldSpec): boolean =>
  type.kind === 'string' &&
  (type.format ?? hint ?? pattern) === undefined &&
  type.maxLength >= OWN_NOTE.length &&
  readOnly !== true;

/** Tells fields that rows write: their own, and what the condition on a list element puts beside them. */
function mappedBy(paths: string[]): (field: string) => boolean {
  const own = new Set(paths.map(withoutConditions));
  const lists = paths.filter((path) => /\[[^\]]/.test(path)).map((path) => `${path.split('[')[0] ?? ''}[]`);
  return (field) => own.has(field) || lists.some((list) => field.startsWith(list));
}

/** I8: what no row names stays as it is, on every single call. */
export async function unmappedUntouched(context: CheckContext): Promise<void> {
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  const isMapped = mappedBy(context.pair.rows.map((row) => row[to]));
  const free = context
    .entity(to)
    .fields.find((field) => !isMapped(field.path) && field.required !== true && takesNotes(field));
  const [row] = needPlainRows(context, 1);
  const note = OWN_NOTE;
  if (free !== undefined) await save(context, to, id[to], { [free.path]: note });
  await context.settle();
  const before = await context.fieldsOf(to, id[to]);
  await remember(context);
  await save(context, from, id[from], {
    [row[from]]: await editValue(
      context,
      row,
      from,
      getPath(await context.fieldsOf(from, id[from]), row[from]),
    ),
  });
  context.step(
    `Given ${free?.path ?? 'nothing'} of the ${context.name(to)} is filled, when ${row[from]} of the ${context.name(from)} is edited`,
  );
  await context.settle(() => expectAgreement(context, link, 'after the edit', [row.slug]));
  const after = await context.fieldsOf(to, id[to]);
  for (const field of context.entity(to).fields) {
    if (isMapped(field.path)) continue;
    const [expected, found] = [getPath(before, field.path), getPath(after, field.path)];
    if (JSON.stringify(expected) !== JSON.stringify(found)) {
      throw new CheckFailure(`${context.name(to)}.${field.path} is not synchronised and was changed`, [
        { path: field.path, expected, found },
      ]);
    }
  }
  for (const exchange of context.world.journal()) {
    if (free === undefined || exchange.caller !== 'sync' || exchange.mutation?.kind !== 'update') continue;
    const { before: was, after: is } = exchange.mutation;
    if (
      exchange.mutation.entity !== context.pair.entity[to] ||
      was === null ||
      is === null ||
      exchange.system !== context.plan.systems[to].name ||
      (exchange.side ?? to) !== to
    )
      continue;
    if (JSON.stringify(getPath(was, free.path)) !== JSON.stringify(getPath(is, free.path)))
      throw new CheckFailure(`a call of the sync changed ${free.path}, which no row names`);
  }
  context.step('Then every property that is not named is as before');
}
