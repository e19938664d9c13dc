import type { Json, JsonObject } from '../../contract/field.js';
import { getPath, setPath } from '../../contract/path.js';
import type { CheckContext } from '../context.js';
import { differences, establish, expectAgreement } from '../establish.js';
import { CheckFailure } from '../failure.js';
import { expectedOnB } from '../oracle/expected.js';
import { resolveReferences } from '../references.js';
import { sampleLine } from '../sample.js';
import { save } from './edits.js';

/** More than providers show of a nested list at once. */
const MANY_LINES = 24;

/** I14: the lines of both sides agree after one was changed, added or removed. */
export async function lineChanged(context: CheckContext): Promise<void> {
  const row = context.row();
  const { from, to } = context;
  const link = await establish(context);
  const id = { a: link.aId, b: link.bId };
  const current = getPath(await context.fieldsOf(from, id[from]), row[from]);
  const lines = Array.isArray(current) ? current.map((line) => line as JsonObject) : [];
  await save(context, from, id[from], { [row[from]]: await changedLines(context, lines) });
  context.step(`When a line of the ${context.name(from)} is ${context.check.value?.label ?? 'changed'}`);
  await context.settle(() => expectAgreement(context, link, 'after the edit', [row.slug]));
  await resolveReferences(context);
  const found = await differences(context, link, [row.slug]);
  if (found[0] !== undefined)
    throw new CheckFailure(
      `the lines of the ${context.name(to)} do not agree with those of the ${context.name(from)}`,
      found,
    );
  const own = getPath(await context.fieldsOf(from, id[from]), row[from]);
  const lost = JSON.stringify(own) === JSON.stringify(current);
  if (lost) throw new CheckFailure(`the changed line of the ${context.name(from)} was set back`);
  context.step(`Then the lines of the ${context.name(to)} agree`);
}

/** Three more, or three less where the system takes no more. */
function otherQuantity(context: CheckContext, path: string, line: JsonObject): number {
  const now = Number(getPath(line, path));
  const list = context.field(context.from, context.row()[context.from])?.type;
  const own =
    list?.kind === 'object-list' ? list.fields.find((field) => field.path === path)?.type : undefined;
  const most = own?.kind === 'integer' ? own.max : Number.MAX_SAFE_INTEGER;
  return now + 3 > most ? now - 3 : now + 3;
}

async function changedLines(context: CheckContext, lines: JsonObject[]): Promise<Json> {
  const { transform } = context.row();
  const [first, ...rest] = lines;
  const label = context.check.value?.label;
  if (first === undefined || transform.kind !== 'lines' || label === 'removed') return lines.slice(0, -1);
  const quantity = transform.rows.find((row) => row.transform.kind === 'identity');
  const path = quantity?.[context.from] ?? 'quantity';
  if (label === 'quantity') return [setPath(first, path, otherQuantity(context, path, first)), ...rest];
  if (label === 'reordered') return [...rest, first];
  if (label === 'many')
    return [
      ...lines,
      ...Array.from({ length: MANY_LINES }, (_none, index) => setPath(first, path, index + 1)),
    ];
  const field = context.field('a', context.row().a);
  if (field === undefined) return lines;
  const line = await sampleLine(context, transform, field);
  await resolveReferences(context);
  const own =
    context.from === 'a' ? line : expectedOnB({ kind: 'lines', rows: transform.rows }, [line], context.refer);
  const added = Array.isArray(own) ? own : [own];
  return label === 'replaced' ? [...added, ...rest] : [...lines, ...added];
}
