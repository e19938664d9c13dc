import { prepareVariant } from '../../src/cli/proof-suite.js';
import type { JsonObject } from '../../src/contract/field.js';
import type { World } from '../../src/drivers/ports.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** The bundled document, as the stories of this folder play it. */
export const { compiled } = await prepareVariant(variantOf({}));
export const open = (...pairs: string[]): Promise<World> =>
  referenceTarget(compiled.plan, 'direct').open(pairs, 1);

export const EMAIL = 'kari@example.org';
export const onA: JsonObject = { email: EMAIL, first_name: 'Kari' };
export const onB: JsonObject = { email: EMAIL, firstName: 'Kari' };

/** The one record of an entity. Errors: when there is none, or another one. */
export async function theOnly(world: World, side: 'a' | 'b', entity: string) {
  const [first, ...others] = await world[side].list(entity);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} records, not one`);
  return first;
}

export const linkedIds = async (world: World) =>
  ((await world.sync.links?.()) ?? []).map(({ aId, bId }) => `${aId} ${bId}`);
