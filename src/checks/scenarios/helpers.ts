import type { MappedRow } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { Disturbance, Disturbed } from '../../drivers/ports.js';
import type { CheckContext, Pairing } from '../context.js';
import { CheckFailure, NotTestableHere, show } from '../failure.js';
import { editValue } from '../sample.js';
import { save } from './edits.js';
import { creatable, makeRecord } from './make.js';
import { sampleA } from '../sample.js';

type Route = 'create' | 'update' | 'list';

/** Disturbs the sync's calls of one route of the pair's entity. */
export function disturbRoute(
  context: CheckContext,
  side: Side,
  route: Route,
  effect: Disturbance['effect'],
  limits: { nth?: number; times?: number } = {},
): Disturbed {
  const { method, path } = context.plan.systems[side].api.routes[route];
  const collection = path.replace('{collection}', context.entity(side).collection).split('/{id}')[0] ?? path;
  const match = { method, pathIncludes: collection, ...limits };
  const disturbed = context.world.disturb?.({ side, match, effect });
  if (disturbed === undefined)
    throw new NotTestableHere(
      'the target lets nobody disturb its calls',
      'run this check against the reference',
    );
  return disturbed;
}

/** A new record of side a, ready for its counterpart to be created. */
export async function newRecord(
  context: CheckContext,
  overrides: Record<string, Json> = {},
): Promise<{ id: string; fields: JsonObject }> {
  const fields = await sampleA(context, { ...(await creatable(context)), ...overrides });
  return { id: await makeRecord(context, fields), fields };
}

/** Edits one row of a linked record on one side; gives the value as it was saved. */
export async function editRow(
  context: CheckContext,
  side: Side,
  link: Pairing,
  row: MappedRow,
): Promise<Json> {
  const id = side === 'a' ? link.aId : link.bId;
  const current = getPath(await context.fieldsOf(side, id), row[side]);
  const value = await editValue(context, row, side, current);
  const saved = await save(context, side, id, { [row[side]]: value });
  context.step(`When ${row[side]} of the ${context.name(side)} is edited to ${show(value)}`);
  return getPath(saved.fields, row[side]);
}

/** Fails when the sync still writes although nothing happened (I6). */
export async function expectRest(context: CheckContext, rounds: number, why: string): Promise<void> {
  const mark = context.mark();
  await context.world.sync.runAgain(rounds);
  const writes = context.syncWrites(mark);
  if (writes.length === 0) return;
  const [first] = writes;
  throw new CheckFailure(
    `${why} the sync wrote ${writes.length} times with nothing to do, first: ${first?.method ?? ''} ${first?.url ?? ''}`,
  );
}
