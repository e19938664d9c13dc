import type { Predicate } from '../../checklist/plan.js';
import type { CheckContext } from '../context.js';
import { connect, establish, expectAgreement, expectCount, idsOf, onlyNew } from '../establish.js';
import { CheckFailure } from '../failure.js';
import { resolveReferences } from '../references.js';
import { sampleA } from '../sample.js';
import { save } from './edits.js';
import { makeRecord } from './make.js';
import { linkExisting } from './linking.js';

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
  if (!mapped && JSON.stringify(await context.fieldsOf('b', link.bId)) !== before)
    throw new CheckFailure(`the ${context.name('b')} was changed when its counterpart left the scope`);
}

/** A record that leaves the scope and returns is the same record: no second counterpart. */
export async function whenReturns(context: CheckContext): Promise<void> {
  const { path, meets, fails } = predicateOf(context);
  const link = await establish(context);
  await save(context, 'a', link.aId, { [path]: fails });
  await context.settle();
  await save(context, 'a', link.aId, { [path]: meets });
  context.step(`When the ${context.name('a')} no longer meets the condition, and then meets it again`);
  await context.settle();
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

export async function linkedByHand(context: CheckContext): Promise<void> {
  const link = await establish(context);
  await expectCount(context, 'a', 1, 'on its own side');
  await expectCount(context, 'b', 1, 'since the two were linked');
  await expectAgreement(context, link, 'after they were linked');
}

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
