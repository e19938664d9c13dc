import type { MappedRow, Predicate } from '../../checklist/plan.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath, setPath } from '../../contract/path.js';
import type { CheckContext, Pairing } from '../context.js';
import { establish, expectAgreement, expectCount, idsOf, onlyNew } from '../establish.js';
import { CheckFailure, NotTestableHere } from '../failure.js';
import { connect, linkByHand, resolveReferences } from '../references.js';
import { sampleA } from '../sample.js';
import { save } from './edits.js';
import { editRow } from './helpers.js';
import { makeMatching, makeRecord } from './make.js';
import { linkExisting } from './linking.js';
import { plainRows } from './plain-rows.js';

function predicateOf(context: CheckContext): Predicate {
  const rule = context.pair.creation.a;
  if (rule.kind !== 'when') throw new Error('the plan holds no condition');
  return rule.condition;
}

export async function whenMet(context: CheckContext): Promise<void> {
  await establish(context);
  await expectCount(context, 'b', 1, 'since the condition is met');
}

export async function whenNotMet(context: CheckContext): Promise<void> {
  const { path, fails } = predicateOf(context);
  await makeRecord(context, await sampleA(context, { [path]: fails }));
  context.step(`Given a ${context.name('a')} that does not meet the condition`);
  await context.settle();
  await expectCount(context, 'b', 0, 'since the condition is not met');
}

export async function whenBecomesMet(context: CheckContext): Promise<void> {
  const { path, meets, fails } = predicateOf(context);
  const aId = await makeRecord(context, await sampleA(context, { [path]: fails }));
  await context.settle();
  await expectCount(context, 'b', 0, 'before the condition is met');
  await save(context, 'a', aId, { [path]: meets });
  context.step(`When the ${context.name('a')} begins to meet the condition`);
  await context.settle(() => expectCount(context, 'b', 1, 'once the condition is met'));
  await expectCount(context, 'b', 1, 'once the condition is met');
}

export async function whenCeases(context: CheckContext): Promise<void> {
  const { path, fails } = predicateOf(context);
  const link = await establish(context);
  const before = JSON.stringify(await context.fieldsOf('b', link.bId));
  await save(context, 'a', link.aId, { [path]: fails });
  context.step(`When the ${context.name('a')} no longer meets the condition`);
  await context.settle();
  await expectCount(context, 'b', 1, 'since leaving the scope deletes nothing');
  const mapped = context.pair.rows.some((row) => row.a === path);
  const unlinks = context.pair.policies.scopeExit === 'unlink';
  if ((unlinks || !mapped) && JSON.stringify(await context.fieldsOf('b', link.bId)) !== before)
    throw new CheckFailure(`the ${context.name('b')} was changed when its counterpart left the scope`);
  if (unlinks) await expectApart(context, link, path);
}

/** I8: what is edited on either side of a record that left the scope is not carried to the other. */
async function expectApart(context: CheckContext, link: Pairing, condition: string): Promise<void> {
  const row = plainRows(context).find((one) => one.a !== condition);
  if (row === undefined) return;
  for (const [from, to, id] of [
    ['a', 'b', link.bId],
    ['b', 'a', link.aId],
  ] as const) {
    const before = JSON.stringify(await context.fieldsOf(to, id));
    await editRow(context, from, link, row);
    await context.settle();
    if (JSON.stringify(await context.fieldsOf(to, id)) !== before)
      throw new CheckFailure(
        `the ${context.name(to)} was changed by an edit of its counterpart though they are no longer linked`,
      );
  }
}

/** A record that leaves the scope and returns is the same record: no second counterpart; what changed meanwhile is made up for. */
export async function whenReturns(context: CheckContext): Promise<void> {
  const { path, meets, fails } = predicateOf(context);
  const link = await establish(context);
  await save(context, 'a', link.aId, { [path]: fails });
  await context.settle();
  const unlinks = context.pair.policies.scopeExit === 'unlink';
  const row = unlinks ? plainRows(context).find((one) => one.a !== path) : undefined;
  if (row !== undefined) await editRow(context, 'a', link, row);
  await save(context, 'a', link.aId, { [path]: meets });
  context.step(`When the ${context.name('a')} no longer meets the condition, and then meets it again`);
  if (row === undefined) await context.settle();
  else await context.settleUntil(() => expectAgreement(context, link, 'when it met the condition again'));
  await expectCount(context, 'b', 1, 'when it met the condition again');
}

export async function notCreatedUnlinked(context: CheckContext): Promise<void> {
  await makeRecord(context, await sampleA(context));
  context.step(`Given a ${context.name('a')} without any match`);
  await context.settle();
  await context.world.sync.runAgain(2);
  await expectCount(context, 'b', 0, 'before a link exists');
}

export async function linkedByMatch(context: CheckContext): Promise<void> {
  await linkExisting(context);
}

/** I1, I2: two records that someone links come in step; one lacks what the other holds, so that something is to do. */
export async function linkedByHand(context: CheckContext): Promise<void> {
  const { from, to } = context;
  const fields = await sampleA(context);
  const row = fillable(context, fields);
  const aId = await makeRecord(context, to === 'a' ? setPath(fields, row.a, null) : fields);
  const bId = await makeMatching(context, fields, to === 'b' ? { [row.b]: null } : {});
  const link = { aId, bId };
  context.subject = link;
  context.step(`Given a ${context.name(from)}, and a ${context.name(to)} that lacks ${row[to]}`);
  await linkByHand(context, context.pair, aId, bId);
  context.step('When someone links the two');
  await context.settleUntil(() => expectAgreement(context, link, 'after they were linked'));
  await expectCount(context, 'a', 1, 'on its own side');
  await expectCount(context, 'b', 1, 'since the two were linked');
}

/** A row that is carried to the other side, where it may be empty. */
function fillable(context: CheckContext, fields: JsonObject): MappedRow {
  const { from, to, pair } = context;
  const found = pair.rows.find(
    (row) =>
      row.direction !== `${to}-to-${from}` &&
      row.transform.kind !== 'reference' &&
      row.transform.kind !== 'lines' &&
      row.only === undefined &&
      row.precedence === undefined &&
      !pair.rows.some((other) => other !== row && other[to] === row[to]) &&
      !isBlank(getPath(fields, row.a)) &&
      context.field(to, row[to])?.required !== true,
  );
  const isKept = pair.policies.emptyOnMerge === 'overwrite' && pair.policies.conflict === 'keep-for-review';
  if (found !== undefined && !isKept) return found;
  throw new NotTestableHere(
    isKept
      ? 'under the declared policies an empty value is kept beside a full one when two records are linked'
      : 'the pair has no property that may be empty and is carried',
    isKept
      ? 'declare another policy for conflicts or for empty values'
      : 'name a further row without a condition or another source in the profile',
  );
}

const isBlank = (value: Json) => value === null || value === '';

export async function createdWhenConnected(context: CheckContext): Promise<void> {
  const link = await establish(context);
  await context.settleUntil(() => expectAgreement(context, link, 'after the creation'));
  await expectCount(context, 'a', 1, 'on its own side');
}

export async function notCreatedUnconnected(context: CheckContext): Promise<void> {
  await makeRecord(context, await sampleA(context));
  context.step(`Given a ${context.name('a')} that is connected to nothing`);
  await context.settle();
  await expectCount(context, 'b', 0, 'since it is not connected');
}

export async function createdLaterWhenConnected(context: CheckContext): Promise<void> {
  const rule = context.pair.creation.a;
  const aId = await makeRecord(context, await sampleA(context));
  await context.settle();
  const connection = rule.kind === 'connected' ? await connect(context, rule.to) : {};
  await resolveReferences(context);
  const known = await idsOf(context, 'b');
  await save(context, 'a', aId, connection);
  context.step(`When the ${context.name('a')} is connected to a record that is synchronised`);
  await context.settleUntil(() => onlyNew(context, known));
}
