import { expect, test } from 'vitest';
import { parseProfile } from './load.js';

const SHOP = 'shop: { names: [Shop], api: { baseUrl: "http://127.0.0.1:1"';
const CRM = 'crm: { names: [CRM] }';
const refused = (text: string): unknown => {
  try {
    return parseProfile(text, 'p.yaml');
  } catch (error) {
    return error;
  }
};

test.each([
  ['at the top', `systems: { ${SHOP} } }, ${CRM} }\npolicys: {}`, 'policys', 'policies', 2],
  [
    'of a system',
    `systems:\n  shop: { names: [S], adaptor: a.ts }\n  ${CRM}`,
    'systems.shop.adaptor',
    'adapter',
    2,
  ],
  [
    'of an API',
    `systems:\n  ${SHOP}, pageing: { kind: none } } }\n  ${CRM}`,
    'systems.shop.api.pageing',
    'paging',
    2,
  ],
  [
    'of one of several ways',
    `systems:\n  ${SHOP}, auth: { kind: basic, userEnv: A, passwdEnv: B } } }\n  ${CRM}`,
    'systems.shop.api.auth.passwdEnv',
    'passwordEnv',
    2,
  ],
  [
    'of a field',
    `systems:\n  shop: { names: [S], entities: { Order: { fields: { no: { typ: string } } } } }\n  ${CRM}`,
    'systems.shop.entities.Order.fields.no.typ',
    'type',
    2,
  ],
  [
    'of a pair',
    `systems: { ${SHOP} } }, ${CRM} }\npairs:\n  - { source: A, target: B, rwos: [] }`,
    'pairs.0.rwos',
    'rows',
    3,
  ],
  ['of remote', `systems: { ${SHOP} } }, ${CRM} }\nremote: { setleMs: 5 }`, 'remote.setleMs', 'settleMs', 2],
])('an unknown entry %s is told with the nearest known one', (_where, text, found, known, line) => {
  expect(refused(text)).toMatchObject({
    code: 'profile-invalid',
    where: `p.yaml:${line}`,
    found,
    remedy: `did you mean "${known}"?`,
  });
});
