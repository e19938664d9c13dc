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

/** Tells a row that holds from the other sources of its target, which bear the same slug. */
const sourceOf = ({ slug, a }: MappedRow): string => `${slug} ${a}`;

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
  const done = new Set<string>();
  /** What a row brings may meet the condition of another on the record that is made, so that it holds from then on. */
  const carryActive = (): void => {
    const open = activeRows(rows, both).filter((row) => !done.has(sourceOf(row)));
    for (const row of open) {
      done.add(sourceOf(row));
      carryRow(row);
    }
    if (open.length > 0) carryActive();
  };
  carryActive();
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
