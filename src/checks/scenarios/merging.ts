import { getPath, setPath } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { expectValue } from '../establish.js';
import { NotTestableHere } from '../failure.js';
import { sampleA } from '../sample.js';
import { winnerOf } from './conflicts.js';
import { expectLinked, keyOf } from './linking.js';
import { creatable, makeMatching, makeRecord } from './make.js';
import { plainRows } from './plain-rows.js';

/** I13, I28: what is empty on one side takes the other's value when two records first merge, or as declared. */
export async function firstMerge(context: CheckContext): Promise<void> {
  const key = keyOf(context);
  const rows = plainRows(context).filter(
    (row) =>
      !context.pair.match.some((one) => one.parts.some((part) => part.a === row.a || part.b === row.b)) &&
      context.field('a', row.a)?.required !== true &&
      context.field('b', row.b)?.required !== true,
  );
  const [one, two] = rows;
  if (one === undefined || two === undefined)
    throw new NotTestableHere(
      'the pair has fewer than two properties that may be empty and are carried as they are',
      'name a further row without a transform, a condition or another source in the profile',
    );
  const fields = await sampleA(context, await creatable(context));
  const values = { one: getPath(fields, one.a), two: getPath(fields, two.a) };
  const bId = await makeMatching(context, fields, { [one.b]: null });
  const aId = await makeRecord(context, setPath(fields, two.a, null));
  context.subject = { aId, bId };
  context.step(`Given two records with the same ${key.slug}, ${one.b} and ${two.a} are empty`);
  const keeps = context.pair.policies.emptyOnMerge === 'keep-value';
  const winner = winnerOf(context, 'a', true);
  const merged = async () => {
    await expectLinked(context, { aId, bId }, `since both had the same ${key.slug}`);
    if (winner === null && !keeps) return;
    const expected = {
      one: keeps || winner === 'a' ? values.one : null,
      two: keeps || winner === 'b' ? values.two : null,
    };
    const policy = `under the policy "emptyOnMerge: ${context.pair.policies.emptyOnMerge}"`;
    await expectValue(context, 'a', aId, one.a, expected.one, policy);
    await expectValue(context, 'b', bId, one.b, expected.one, policy);
    await expectValue(context, 'a', aId, two.a, expected.two, policy);
    await expectValue(context, 'b', bId, two.b, expected.two, policy);
  };
  await context.settleUntil(merged);
  context.step('Then both are filled as declared');
}
