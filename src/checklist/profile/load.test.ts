import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadProfile, parseProfile } from './load.js';

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

const SYSTEMS = `systems: { ${SHOP} } }, ${CRM} }`;

test('an unknown entry that is like no known one is to be removed, and the known ones are named', () => {
  expect(refused(`${SYSTEMS}\nxylophone: 1`)).toMatchObject({
    message: 'the profile has an unknown entry "xylophone"',
    expected: 'one of systems, policies, pairs, remote, gate, waivers',
    found: 'xylophone',
    remedy: 'remove the entry',
  });
});

test.each([
  ['a list in place of the profile', '# a list\n- x', '', 1, 'object', 'a list of 1'],
  ['nothing at all', '', ' at systems', 1, 'record', 'nothing'],
  ['a profile without systems', '# none\npolicies: {}', ' at systems', 1, 'record', 'nothing'],
  ['a number in place of a pair', `${SYSTEMS}\npairs:\n  - 5`, ' at pairs.0', 3, 'object', '5'],
  [
    'an entry that is missing',
    `${SYSTEMS}\npairs:\n  - { source: A }`,
    ' at pairs.0.target',
    3,
    'string',
    'nothing',
  ],
  [
    'a policy that is none',
    `${SYSTEMS}\npolicies: { conflict: newest }`,
    ' at policies.conflict',
    2,
    'one of "newest-edit", "side-a-wins", "side-b-wins", "keep-for-review"',
    '"newest"',
  ],
  [
    'a long text in place of a list',
    `${SYSTEMS}\npairs: ${'x'.repeat(80)}`,
    ' at pairs',
    2,
    'array',
    `"${'x'.repeat(59)}…`,
  ],
  ['a mapping in place of a list', `${SYSTEMS}\npairs: {}`, ' at pairs', 2, 'array', 'a mapping'],
  [
    'a text under systems, which may be a secret',
    `systems:\n  shop: { names: s3cret }\n  ${CRM}`,
    ' at systems.shop.names',
    2,
    'array',
    'another text',
  ],
])(
  '%s is told with its place, what is expected and what stands there',
  (_, text, place, line, expected, found) => {
    expect(refused(text)).toMatchObject({
      code: 'profile-invalid',
      message: `the profile is not valid${place}`,
      where: `p.yaml:${line}`,
      expected,
      found,
      remedy: 'correct the entry',
    });
  },
);

test('what is no YAML is told with its line', () => {
  expect(refused(`${SYSTEMS}\n\nsystems: {}`)).toMatchObject({
    code: 'profile-no-yaml',
    message: 'the profile is no YAML: Map keys must be unique at line 3, column 1:',
    where: 'p.yaml:3',
    expected: 'YAML',
    found: 'DUPLICATE_KEY',
  });
});

test('a profile that is not there, or is a folder, is told as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  const missing = join(folder, 'p.yaml');

  await expect(loadProfile(missing)).rejects.toMatchObject({
    code: 'unreadable-profile',
    message: `the profile ${missing} cannot be read`,
    where: missing,
    found: 'no such file',
  });
  await expect(loadProfile(folder)).rejects.toMatchObject({ where: folder, found: 'EISDIR' });
});
