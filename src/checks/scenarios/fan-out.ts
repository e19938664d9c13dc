import { getPath } from '../../contract/path.js';
import { fanOuts } from '../../checklist/fan-out.js';
import type { CheckContext } from '../context.js';
import { establish, expectAgreement, remember } from '../establish.js';
import { editValue } from '../sample.js';
import { save } from './edits.js';

/** I1: a property that goes to several others is the same everywhere, whichever of them is edited. */
export async function editSpreads(context: CheckContext): Promise<void> {
  const row = context.row();
  const groups = fanOuts(context.pair.rows, context.entity('b'));
  const all = groups.find((group) => group.some(({ slug }) => slug === row.slug)) ?? [];
  const link = await establish(context);
  await remember(context);
  const held = getPath(context.before.b?.fields ?? {}, row.b);
  const value = await editValue(context, row, 'b', held);
  await save(context, 'b', link.bId, { [row.b]: value });
  context.step(`When ${row.b} of the ${context.name('b')} is edited to ${JSON.stringify(value)}`);
  const slugs = all.map((one) => one.slug);
  await context.settleUntil(() =>
    expectAgreement(context, link, `after an edit of ${row.b}, which ${row.a} feeds too`, slugs),
  );
  context.step(`Then ${all.map((one) => one.b).join(', ')} of the ${context.name('b')} hold it too`);
}
