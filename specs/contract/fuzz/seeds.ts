import type { Json, JsonObject } from '../../../src/contract/field.js';

const address = (street: string): JsonObject => ({
  street,
  postcode: '04101',
  city: 'Bergen',
  country: 'NO',
});

/** A webshop record of each entity whose values all have a counterpart; `ids` are those that an order refers to. */
export function seedOf(entity: string, name: string, ids: { customer: Json; product: Json }): JsonObject {
  switch (entity) {
    case 'Customer':
      return {
        email: `${name}@example.org`,
        first_name: `Ada ${name}`,
        last_name: 'Berg',
        company: 'Berg fjord 12 AS',
        phone: '+47 123 45 678',
        vat_number: 'NO123456789MVA',
        date_of_birth: '1990-05-17',
        marketing_consent: true,
        status: 'active',
        billing_address: address('Berg street 1'),
        shipping_address: address('Dahl street 2'),
        tags: ['vip', 'newsletter'],
        internal_note: 'kept to the webshop',
      };
    case 'Product':
      return {
        sku: `SKU-${name}`,
        name: `Amber ${name}`,
        description: 'birch cedar',
        price: '19.99',
        currency: 'EUR',
        tax_rate: '25.00',
        stock: 3,
        active: true,
        weight_grams: 250,
        barcode: '0012345678905',
        categories: ['garden', 'tools'],
        internal_note: 'kept to the webshop',
      };
    default:
      return {
        number: `N-${name}`,
        status: 'pending',
        placed_at: '2026-01-10T08:00:00.000Z',
        currency: 'EUR',
        customer_id: ids.customer,
        lines: [
          { product_id: ids.product, quantity: 2, unit_price: '19.99', tax_rate: '25.00', discount: '0.00' },
        ],
        shipping_price: '4.90',
        total: '44.88',
        note: 'leave at the door',
        internal_note: 'kept to the webshop',
      };
  }
}

type Edit = Record<string, Json>;

/** Edits of a linked record: one of each side, and one of the same property on both. */
export const EDITS: Record<string, { a: Edit; b: Edit; both: { a: Edit; b: Edit } }> = {
  Customer: {
    a: { first_name: 'Edited in the webshop' },
    b: { lastName: 'Edited in the CRM' },
    both: { a: { phone: '+47 999 11 111' }, b: { phone: '+47 888 22 222' } },
  },
  Product: {
    a: { name: 'Edited in the webshop' },
    b: { description: 'Edited in the CRM' },
    both: { a: { stock: 7 }, b: { stockLevel: 9 } },
  },
  Order: {
    a: { status: 'processing' },
    b: { comment: 'Edited in the CRM' },
    both: { a: { shipping_price: '7.00' }, b: { shippingMinor: 900 } },
  },
};
