import type { SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { markValue } from '../../checks/mark.js';
import type { EntityContract, JsonObject } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';
import { createRng, sampleRecord } from '../../contract/values.js';
import { SystemError, type Target } from '../../drivers/ports.js';
import {
  isOpen,
  probeUpdateTime,
  UNKNOWN,
  withFacts,
  type UpdateTimeFacts,
} from '../../drivers/remote/probe.js';
import type { RemoteClock } from '../../drivers/remote/settings.js';

/** A plan that says what was found, and the findings in words. */
export type Probed = { plan: SyncPlan; said: string[] };

const SIDES: Side[] = ['a', 'b'];

/** Finds out how systems keep their update times, where the profile leaves that open. The records are removed again. */
export async function probeSystems(
  target: Target,
  plan: SyncPlan,
  clock: RemoteClock,
  seed: number,
): Promise<Probed> {
  const open = SIDES.filter((side) => isOpen(plan.systems[side].api));
  const facts: Record<Side, UpdateTimeFacts> = { a: UNKNOWN, b: UNKNOWN };
  await Promise.all(
    open.map(async (side) => void (facts[side] = await probeOne(target, plan, side, clock, seed))),
  );
  return {
    plan: withFacts(plan, facts),
    said: open.map((side) => `${plan.systems[side].name} ${inWords(facts[side])}`),
  };
}

async function probeOne(
  target: Target,
  plan: SyncPlan,
  side: Side,
  clock: RemoteClock,
  seed: number,
): Promise<UpdateTimeFacts> {
  for (const { slug, entity } of plan.pairs) {
    const contract = plan.systems[side].entities.find((one) => one.name === entity[side]);
    if (contract === undefined || contract.fields.some(isNeededReference)) continue;
    const world = await target.open([slug], seed, { purpose: `probe of ${plan.systems[side].key}` });
    try {
      const fields = markedRecord(contract, world.tag, seed);
      if (fields !== null)
        return await probeUpdateTime(world, { side, entity: contract.name, fields }, clock);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      return UNKNOWN;
    } finally {
      await world.close();
    }
  }
  return UNKNOWN;
}

const isNeededReference = ({ required, type }: EntityContract['fields'][number]) =>
  required === true && (type.kind === 'reference' || type.kind === 'object-list');

/** A record with the tag in its first text that can hold it; null where none can. */
function markedRecord({ fields }: EntityContract, tag: string | undefined, seed: number): JsonObject | null {
  const record = sampleRecord(fields, createRng(seed));
  for (const field of fields) {
    const value = getPath(record, field.path);
    const marked = markValue(value, tag, [field]);
    if (marked === value) continue;
    setInPlace(record, field.path, marked);
    return record;
  }
  return null;
}

function inWords({ bumpsOnNoChange, nullUntilUpdate }: UpdateTimeFacts): string {
  const moves = {
    yes: 'moves its update time on a save without a change',
    no: 'does not move its update time on a save without a change',
    unknown: 'does not show what a save without a change does to its update time',
  };
  const begins = {
    yes: ', and gives none until the first update',
    no: ', and gives one from the start',
    unknown: '',
  };
  return `${moves[bumpsOnNoChange]}${begins[nullUntilUpdate]}`;
}
