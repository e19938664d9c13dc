import { activeRows } from './active-rows.js';
import type { MappedRow, PairPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Json, JsonObject } from '../contract/field.js';
import type { SyncProblem } from '../drivers/ports.js';
import type { Remote } from './client.js';
import { fit } from './fit.js';
import { entityOf, faultAt, fieldAt, other, problem, referOf, type Engine } from './pair-context.js';
import { accessor } from './paths.js';
import type { Base, CreateIntent } from './store/port.js';
import { UnmappableValue } from './transform.js';

/** The direction of rows that carry nothing from a side. */
export const against = (side: Side): MappedRow['direction'] => (side === 'a' ? 'b-to-a' : 'a-to-b');

/** Whether a row holds only for records of a side with a certain value, which other rows may bring there. */
const dependsOn = (row: MappedRow, side: Side): boolean =>
  row.only?.some((one) => one.side === side) === true;

/** What is to be created; a value that cannot be carried is left out and reported (I5, I27). */
export function makeIntent(engine: Engine, pair: PairPlan, side: Side, remote: Remote): CreateIntent {
  const to = other(side);
  const entity = entityOf(engine, to, pair.entity[to]);
  const fields: JsonObject = {};
  const values: Base = {};
  const problems: SyncProblem[] = [];
  const carryRow = (row: MappedRow): void => {
    if (row.direction === against(side)) return;
    const own: Json = accessor(row[side]).read(remote.fields) ?? null;
    const why = faultAt(engine, pair, side, row[side], remote);
    if (why !== null) {
      if (engine.stages.onMissingField() === 'fail') throw new Error(`${row[side]} ${why}`);
      problems.push(problem(pair, side, remote.id, row[side], `the property ${why}; it is left out`));
      return;
    }
    try {
      const value = fit(
        fieldAt(entity, row[to]),
        engine.stages.carry(row, side, own, referOf(engine)),
        pair.policies,
      );
      if (value !== null) accessor(row[to]).write(fields, value);
      values[row.slug] = { [side]: own };
    } catch (error) {
      if (!(error instanceof UnmappableValue)) throw error;
      values[row.slug] = { uncarried: side };
      problems.push(problem(pair, side, remote.id, row[side], error.message));
    }
  };
  const rows = engine.stages.rows(pair.rows);
  const both = side === 'a' ? { a: remote.fields, b: fields } : { a: fields, b: remote.fields };
  activeRows(rows, both)
    .filter((row) => !dependsOn(row, to))
    .forEach(carryRow);
  if (rows.some((row) => dependsOn(row, to)))
    for (const row of activeRows(rows, both)) if (values[row.slug] === undefined) carryRow(row);
  return {
    pair: pair.slug,
    from: side,
    id: remote.id,
    key: engine.ids(),
    fields,
    values,
    problems,
    sentAt: engine.clock.now(),
  };
}
