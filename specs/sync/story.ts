import type { Policies } from '../../src/checklist/policies.js';
import { prepareVariant } from '../../src/cli/proof-suite.js';
import type { JsonObject } from '../../src/contract/field.js';
import type { Disturbance, World } from '../../src/drivers/ports.js';
import { variantOf } from '../../src/proof/variants.js';
import { referenceTarget } from '../worlds/in-process-world.js';

/** The bundled document, as the stories of this folder play it. */
export const { compiled } = await prepareVariant(variantOf({}));
export const open = (...pairs: string[]): Promise<World> =>
  referenceTarget(compiled.plan, 'direct').open(pairs, 1);

/** The same world under other policies. */
export async function openUnder(policies: Partial<Policies>, ...pairs: string[]): Promise<World> {
  const other = await prepareVariant(variantOf({ policies }));
  return referenceTarget(other.compiled.plan, 'direct').open(pairs, 1);
}

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

/** A customer of side a and the counterpart that the sync made of it. */
export async function aSyncedCustomer(world: World) {
  const a = await world.a.create('Customer', onA);
  await world.sync.settle();
  return { a, b: await theOnly(world, 'b', 'Customer') };
}

/** A customer of side a and one of side b that the sync linked. */
export async function theLinkedPair(world: World) {
  const a = await world.a.create('Customer', onA);
  const b = await world.b.create('Customer', onB);
  await world.sync.settle();
  return { a, b };
}

/** What happens to the next create of a customer on side b. */
export const onNextCreate = (world: World, effect: Disturbance['effect']) =>
  world.disturb?.({ side: 'b', match: { method: 'POST', pathIncludes: '/customers' }, effect });

/** A customer of side a that the sync tries in vain to create on side b. */
export async function aLostCreate(world: World, more: JsonObject = {}) {
  const a = await world.a.create('Customer', { ...onA, ...more });
  onNextCreate(world, { kind: 'drop' });
  await world.sync.tick?.();
  return a;
}

/** The next answer with the customer on side a lacks its first name. */
export const answerWithoutFirstName = (world: World, id: string) =>
  world.disturb?.({
    side: 'a',
    match: { method: 'GET', pathIncludes: `/customers/${id}` },
    effect: {
      kind: 'alter',
      body: (body) => {
        const { first_name: _dropped, ...rest } = body as JsonObject;
        return rest;
      },
    },
  });

/** The next pages of side b are empty. */
export const emptyPages = (world: World, times: number) =>
  world.disturb?.({
    side: 'b',
    match: { method: 'GET', times },
    effect: { kind: 'alter', body: (body) => ('results' in (body as JsonObject) ? { results: [] } : body) },
  });

/** An order on side a of the customer. */
export const orderOf = (world: World, customer: { id: string }) =>
  world.a.create('Order', {
    number: 'N-1',
    customer_id: Number(customer.id),
    status: 'pending',
    currency: 'EUR',
  });
