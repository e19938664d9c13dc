import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { ApiDescription } from '../../contract/api-description.js';
import type { JsonObject } from '../../contract/field.js';
import type { World } from '../ports.js';
import type { RemoteClock } from './settings.js';

/** How a provider treats its update time; `unknown` where it could not be seen. */
export type UpdateTimeFacts = Required<Pick<ApiDescription, 'bumpsOnNoChange' | 'nullUntilUpdate'>>;

export const UNKNOWN: UpdateTimeFacts = { bumpsOnNoChange: 'unknown', nullUntilUpdate: 'unknown' };

/** Longer than the coarsest resolution of an update time, ms. */
const RESOLUTION_MS = 1100;

/** Whether a description with update times leaves open how they are kept. */
export function isOpen({ record, bumpsOnNoChange, nullUntilUpdate }: ApiDescription): boolean {
  const [bumps = 'unknown', isNull = 'unknown'] = [bumpsOnNoChange, nullUntilUpdate];
  return record.updatedAt !== null && (bumps === 'unknown' || isNull === 'unknown');
}

/**
 * Makes a record of its own, saves it as it is, and looks at the update time. What it says of a save without a change is
 * `unknown` when somebody else changed the record meanwhile. Errors: `SystemError`.
 */
export async function probeUpdateTime(
  world: World,
  { side, entity, fields }: { side: Side; entity: string; fields: JsonObject },
  clock: RemoteClock,
): Promise<UpdateTimeFacts> {
  const system = world[side];
  const made = await system.create(entity, fields);
  if (made.updatedAt === null && made.isNeverUpdated !== true) return UNKNOWN;
  const nullUntilUpdate = made.isNeverUpdated === true ? 'yes' : 'no';
  await clock.sleep(RESOLUTION_MS);
  const before = await system.get(entity, made.id);
  const [path] = Object.keys(fields);
  if (before === null || path === undefined) return { ...UNKNOWN, nullUntilUpdate };
  await system.update(entity, made.id, { [path]: before.fields[path] ?? null });
  const after = await system.get(entity, made.id);
  const isSame = after !== null && JSON.stringify(after.fields) === JSON.stringify(before.fields);
  if (!isSame) return { ...UNKNOWN, nullUntilUpdate };
  const gotOne = before.isNeverUpdated === true && after.isNeverUpdated !== true;
  const hasMoved = gotOne || (after.updatedAt ?? 0) > (before.updatedAt ?? 0);
  return { nullUntilUpdate, bumpsOnNoChange: hasMoved ? 'yes' : 'no' };
}

/** The plan with what was found where the profile says nothing. */
export function withFacts(plan: SyncPlan, facts: Record<Side, UpdateTimeFacts>): SyncPlan {
  const told = (side: Side) => {
    const contract = plan.systems[side];
    const { api } = contract;
    const known = (name: keyof UpdateTimeFacts) =>
      api[name] === undefined || api[name] === 'unknown' ? facts[side][name] : api[name];
    const own = { bumpsOnNoChange: known('bumpsOnNoChange'), nullUntilUpdate: known('nullUntilUpdate') };
    return { ...contract, api: { ...api, ...own } };
  };
  return { ...plan, systems: { a: told('a'), b: told('b') } };
}
