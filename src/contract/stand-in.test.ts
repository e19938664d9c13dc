import { expect, test } from 'vitest';
import { CRM_API, REST_API, WEBSHOP_API } from './conventions.js';
import { standInContract } from './stand-in.js';
import { webshopContract } from './webshop.js';

const shop = webshopContract();

test('a contract that a stand-in keeps stays as it is, wherever it is and whatever it lacks', () => {
  const api = { ...WEBSHOP_API, baseUrl: 'http://127.0.0.1:1', idempotency: null, changedSince: null };
  const less = { ...shop, api: { ...api, routes: { ...api.routes, revisions: null } } };

  expect(standInContract(less, 'a')).toBe(less);
});

test.each([
  ['a', WEBSHOP_API],
  ['b', CRM_API],
] as const)('another API gets the convention of side %s, with the same properties', (side, convention) => {
  const described = {
    ...shop,
    api: { ...REST_API, bumpsOnNoChange: 'no' as const },
    entities: shop.entities.map((entity) => ({
      ...entity,
      collection: `sales/${entity.collection}`,
      api: { updateMode: 'replace' as const },
      fields: entity.fields.map((field) => ({ ...field, writePath: `data.${field.path}` })),
    })),
  };

  const { api, entities } = standInContract(described, side);

  expect(api).toEqual({ ...convention, baseUrl: 'https://webshop.test', bumpsOnNoChange: 'no' });
  expect(entities).toEqual(shop.entities);
});
