import type { MatchPart, PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import { cloneJson } from '../contract/clone-json.js';
import type { Json, JsonObject } from '../contract/field.js';
import { findCandidates, freeOf } from './candidates.js';
import type { Remote } from './client.js';
import { inOwnForm } from './fit.js';
import { agrees } from './json.js';
import { entityOf, fieldAt, matchTexts, other, type Engine } from './pair-context.js';
import { accessor } from './paths.js';
import type { CreateIntent } from './store/port.js';

/**
 * A record of the other side that a create whose answer was lost may have made: just as it was sent, or edited since. A
 * `match` is one that matches and cannot have been made by it.
 */
export type Lost = { record: Remote; kind: 'as-sent' | 'edited' | 'match' };

/** How long after its answer was given up a create may take effect; the clocks may differ by some of it. */
const LATEST_MS = 3000;

/**
 * Looks, before a create is repeated, for a record that takes its place: one that it made, or one that a user made
 * meanwhile. Where the provider knows the create by its key, only a match of a source that is there is one, since
 * the repeated create finds what it made itself; so it does where one holds what was sent and another may be it, edited
 * since. Null: the create is repeated (I2, I16, I28).
 */
export async function findLost(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  source: Remote | null,
  intent: CreateIntent,
): Promise<Lost | null> {
  const to = other(side);
  const entity = entityOf(engine, to, pair.entity[to]);
  if (engine.clients[to].apiOf(entity).idempotency === null)
    return findUnkeyed(engine, pair, side, source, intent);
  if (source === null || !engine.stages.looksBeforeRepeat()) return null;
  const records: Remote[] = [];
  for (const id of await findCandidates(engine, pair, side, source)) {
    const record = await engine.clients[to].get(entity, id);
    if (record !== null) records.push(record);
  }
  const sent = await havingSentKey(engine, pair, side, source, intent);
  const all = [...sent, ...records];
  const same = all.find((record) => isAsSent(engine, pair, to, intent, record));
  if (same !== undefined)
    return all.some((one) => mayBeMadeBefore(intent, one, same)) ? null : { record: same, kind: 'as-sent' };
  const [first, ...others] = records;
  if (first === undefined || sent.length > 0) return null;
  return { record: first, kind: others.length === 0 && mayBeMade(intent, first) ? 'edited' : 'match' };
}

/** Of a source whose match key was changed since: the free records that have the key as it was sent. */
async function havingSentKey(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  source: Remote,
  intent: CreateIntent,
): Promise<Remote[]> {
  const to = other(side);
  const current = matchTexts(engine, pair, side, source.fields);
  const ids = matchTexts(engine, pair, to, keysAsKept(engine, pair, to, intent))
    .filter((text) => !current.includes(text))
    .flatMap((text) => engine.store.findByMatchKey(to, pair.entity[to], text));
  return freeOf(engine, pair, side, [...new Set(ids)]);
}

/** What was sent, with its match keys as the provider keeps them: by those the record that was made is found. */
function keysAsKept(engine: Engine, pair: PairPlan, to: Side, { fields }: CreateIntent): JsonObject {
  const entity = entityOf(engine, to, pair.entity[to]);
  const kept = cloneJson(fields);
  for (const { [to]: path } of pair.match.flatMap(({ parts }) => parts)) {
    const { read, write } = accessor(path);
    write(kept, inOwnForm(fieldAt(entity, path), read(fields) ?? null));
  }
  return kept;
}

/** Whether a record was made early enough to be what a create made whose answer was lost. */
const mayBeMade = ({ sentAt }: CreateIntent, { createdAt }: Remote): boolean =>
  (createdAt ?? -Infinity) <= sentAt + LATEST_MS;

/** A record that may be what the create made, edited since, beside one that a user may have made in its likeness. */
const mayBeMadeBefore = (intent: CreateIntent, one: Remote, same: Remote): boolean =>
  one.id !== same.id &&
  mayBeMade(intent, one) &&
  (one.createdAt ?? -Infinity) <= (same.createdAt ?? Infinity);

/** The free record that holds just what was sent, or else one with the match key that was sent. */
async function findUnkeyed(
  engine: Engine,
  pair: PairPlan,
  side: Side,
  source: Remote | null,
  intent: CreateIntent,
): Promise<Lost | null> {
  const to = other(side);
  const sent = keysAsKept(engine, pair, to, intent);
  const texts = matchTexts(engine, pair, to, sent);
  const records = (await candidates(engine, pair, to, sent)).filter(
    ({ id }) =>
      engine.stages.isFree(engine.store.linkOf(pair.slug, to, id), side) &&
      !engine.store.isDeleted({ side: to, entity: pair.entity[to], id }),
  );
  const same = records.find((record) => isAsSent(engine, pair, to, intent, record));
  if (same !== undefined) return { record: same, kind: 'as-sent' };
  const first = records.find(({ fields }) =>
    matchTexts(engine, pair, to, fields).some((text) => texts.includes(text)),
  );
  if (first === undefined) return null;
  return { record: first, kind: source === null || mayBeMade(intent, first) ? 'edited' : 'match' };
}

/**
 * Whether a record holds what was sent, as its provider keeps it; a match key in any form that matches. A value stands
 * under the first of several sources of one property, and may have been sent to the place of another.
 */
function isAsSent(
  engine: Engine,
  pair: PairPlan,
  to: Side,
  { fields, values }: CreateIntent,
  record: Remote,
): boolean {
  const entity = entityOf(engine, to, pair.entity[to]);
  const keyOf = (part: MatchPart, value: Json) =>
    value === null ? null : engine.stages.normaliseKey(value, part);
  return engine.stages
    .rows(pair.rows)
    .filter(
      (row) => values[row.slug]?.[other(to)] !== undefined || accessor(row[to]).read(fields) !== undefined,
    )
    .every((row) => {
      const sent = inOwnForm(fieldAt(entity, row[to]), accessor(row[to]).read(fields) ?? null);
      const held = accessor(row[to]).read(record.fields) ?? null;
      const part = pair.match.flatMap(({ parts }) => parts).find((one) => one[to] === row[to]);
      return agrees(sent, held) || (part !== undefined && keyOf(part, sent) === keyOf(part, held));
    });
}

/** Those with the sent match key where the provider filters by one property, else all. */
async function candidates(engine: Engine, pair: PairPlan, to: Side, sent: JsonObject): Promise<Remote[]> {
  const entity = entityOf(engine, to, pair.entity[to]);
  const client = engine.clients[to];
  const keys = pair.match.filter((key) => key.parts.length === 1);
  for (const part of keys.length === pair.match.length ? keys.flatMap((key) => key.parts) : []) {
    const value = accessor(part[to]).read(sent);
    if (
      part.normalise !== 'none' ||
      part.transform !== undefined ||
      (typeof value !== 'string' && typeof value !== 'number')
    )
      break;
    const found = await client.having(entity, part[to], String(value));
    if (found === null) break;
    if (found.length > 0) return found;
  }
  return client.all(entity);
}
