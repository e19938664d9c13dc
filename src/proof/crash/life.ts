import type { JsonObject } from '../../contract/field.js';
import type { StoredRecord } from '../../drivers/ports.js';
import { LifeStopped, type CrashStage } from './stage.js';

type Life = { stage: CrashStage; ids: Map<string, string> };
type Chapter = { title: string; act(life: Life): Promise<void> };

const customer = (name: string): JsonObject => ({
  email: `${name}@example.org`,
  first_name: `First of ${name}`,
  last_name: `Last of ${name}`,
  company: `Company of ${name}`,
  vat_number: 'NO987654321MVA',
  marketing_consent: true,
  status: 'active',
  tags: ['vip'],
});
const product = (name: string, price: string): JsonObject => ({
  sku: `SKU-${name}`,
  name: `Product ${name}`,
  price,
  currency: 'NOK',
  stock: 7,
  active: true,
});

const make = async ({ stage, ids }: Life, name: string, entity: string, fields: JsonObject) => {
  ids.set(name, (await stage.a.create(entity, fields)).id);
};
const idOf = ({ ids }: Life, name: string): string => {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`the life made no ${name}`);
  return id;
};
const edit = async (life: Life, name: string, entity: string, changes: JsonObject): Promise<StoredRecord> =>
  life.stage.a.update(entity, idOf(life, name), changes);

/** The counterpart that the sync names; without one the record was lost. */
async function counterpart(life: Life, pair: string, name: string): Promise<string> {
  const links = await life.stage.links();
  const found = links.find((link) => link.pair === pair && link.aId === idOf(life, name));
  if (found === undefined) throw new LifeStopped('I2', `the ${pair} ${name} has no counterpart`);
  return found.bId;
}

const farEdit = async (life: Life, pair: string, name: string, entity: string, changes: JsonObject) => {
  await life.stage.b.update(entity, await counterpart(life, pair, name), changes);
};
const line = (life: Life, name: string, quantity: number): JsonObject => ({
  product_id: Number(idOf(life, name)),
  quantity,
  unit_price: '10.00',
});

/** What happens to three entities, one chapter after another; the sync comes to rest after each. */
export const LIFE: Chapter[] = [
  { title: 'a customer is created', act: (life) => make(life, 'ann', 'Customer', customer('ann')) },
  {
    title: 'a customer is there on both sides and is linked by its e-mail',
    async act(life) {
      const fields = { email: 'BEN@example.org', firstName: 'First of ben', ownerNote: 'kept' };
      await life.stage.b.create('Customer', fields);
      await make(life, 'ben', 'Customer', customer('ben'));
    },
  },
  {
    title: 'three products are created',
    async act(life) {
      await make(life, 'lamp', 'Product', product('lamp', '19.99'));
      await make(life, 'desk', 'Product', product('desk', '4000.00'));
      await make(life, 'vase', 'Product', product('vase', '0.01'));
    },
  },
  {
    title: 'an order with two lines comes with its customer',
    async act(life) {
      await make(life, 'cid', 'Customer', customer('cid'));
      await make(life, 'order', 'Order', {
        number: 'N-1',
        status: 'pending',
        currency: 'NOK',
        customer_id: Number(idOf(life, 'cid')),
        lines: [line(life, 'lamp', 1), line(life, 'desk', 2)],
        total: '4020.00',
      });
      await make(life, 'second order', 'Order', {
        number: 'N-2',
        customer_id: Number(idOf(life, 'ann')),
        lines: [line(life, 'vase', 1)],
      });
    },
  },
  {
    title: 'a customer is edited in the first system',
    act: async (life) => void (await edit(life, 'ann', 'Customer', { first_name: 'Anna' })),
  },
  {
    title: 'the same customer is edited in the second system',
    act: (life) => farEdit(life, 'customer', 'ann', 'Customer', { lastName: 'Back', billingCity: 'Bergen' }),
  },
  {
    title: 'both systems edit one property, and each one of its own',
    async act(life) {
      await edit(life, 'ann', 'Customer', { phone: '+47 111', company: 'Ours' });
      await life.stage.later();
      await farEdit(life, 'customer', 'ann', 'Customer', { phone: '+47 222', billingStreet: 'Gata 1' });
    },
  },
  {
    title: 'the key of a linked customer is edited',
    act: async (life) => void (await edit(life, 'ann', 'Customer', { email: 'anna@example.org' })),
  },
  {
    title: 'properties are cleared on both sides',
    async act(life) {
      await edit(life, 'ben', 'Customer', { company: null, tags: [] });
      await farEdit(life, 'customer', 'ben', 'Customer', { vatNumber: null });
    },
  },
  {
    title: 'lines of the order are changed, and its stage on the other side',
    async act(life) {
      const lines = [line(life, 'desk', 3), line(life, 'lamp', 1), line(life, 'vase', 5)];
      await edit(life, 'order', 'Order', { lines });
      await farEdit(life, 'order', 'order', 'Order', { stage: 'inProgress' });
    },
  },
  {
    title: 'a product is edited in the second system',
    act: (life) => farEdit(life, 'product', 'lamp', 'Product', { priceMinor: 2500, title: 'Lamp, large' }),
  },
  {
    title: 'an order is deleted in the second system, a customer in the first',
    async act(life) {
      await life.stage.b.remove('Order', await counterpart(life, 'order', 'second order'));
      await life.stage.a.remove('Customer', idOf(life, 'ben'));
    },
  },
  {
    title: 'a customer comes after the deletion, with the e-mail of the one that is gone',
    act: (life) => make(life, 'ben again', 'Customer', customer('ben')),
  },
  { title: 'every event is delivered again', act: ({ stage }) => stage.redeliver() },
];

/** Lives the whole life. Errors: `LifeStopped` when the sync lost what the next chapter needs, or never rests. */
export async function live(stage: CrashStage): Promise<void> {
  const life: Life = { stage, ids: new Map() };
  for (const { title, act } of LIFE) {
    await act(life);
    const { quiescent } = await stage.settle();
    if (!quiescent) throw new LifeStopped('I6', `the sync does not come to rest after: ${title}`);
  }
}
