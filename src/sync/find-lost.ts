import type { PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { JsonObject } from '../contract/field.js';
import type { Remote } from './client.js';
import { agrees } from './json.js';
import { entityOf, matchTexts, other, type Engine } from './pair-context.js';
import { accessor } from './paths.js';
import type { CreateIntent } from './store/port.js';

/** A record of the other side that a create whose answer was lost may have made. */
export type Lost = { record: Remote; isAsSent: boolean };

/**
 * Looks for the record of an earlier create at a provider that knows no idempotency key: the free one with the same
 * match key, or, where no key tells, the free one that holds just what was sent (I2, I16).
 */
export async function findLost(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  intent: CreateIntent,
): Promise<Lost | null> {
  const to = other(side);
  const texts = matchTexts(engine, pair, to, intent.fields);
  const records = (await candidates(engine, pair, to, intent.fields)).filter(
    ({ id }) =>
      engine.stages.isFree(engine.store.linkOf(pair.slug, to, id), side) &&
      !engine.store.isDeleted({ side: to, entity: pair.entity[to], id }),
  );
  const isAsSent = ({ fields }: Remote) =>
    engine.stages
      .rows(pair.rows)
      .filter((row) => intent.values[row.slug] !== undefined)
      .every((row) =>
        agrees(accessor(row[to]).read(intent.fields) ?? null, accessor(row[to]).read(fields) ?? null),
      );
  const matching = records.filter(({ fields }) =>
    matchTexts(engine, pair, to, fields).some((text) => texts.includes(text)),
  );
  const same = (texts.length > 0 ? matching : records).find(isAsSent);
  if (same !== undefined) return { record: same, isAsSent: true };
  const [first] = matching;
  return first === undefined ? null : { record: first, isAsSent: false };
}

/** Those with the sent match key where the provider filters by one property, else all. */
async function candidates(engine: Engine, pair: PairPlan, to: Side, sent: JsonObject): Promise<Remote[]> {
  const entity = entityOf(engine, to, pair.entity[to]);
  const client = engine.clients[to];
  const keys = pair.match.filter((key) => key.parts.length === 1);
  for (const part of keys.length === pair.match.length ? keys.flatMap((key) => key.parts) : []) {
    const value = accessor(part[to]).read(sent);
    if (part.normalise !== 'none' || (typeof value !== 'string' && typeof value !== 'number')) break;
    const found = await client.having(entity, part[to], String(value));
    if (found === null) break;
    if (found.length > 0) return found;
  }
  return client.all(entity);
}
