import { expect, test } from 'vitest';
import { crmContract } from '../contract/crm.js';
import { readDocument } from '../document/read.js';
import { buildPlan } from './build-plan.js';
import { parseProfile } from './profile/load.js';
import { section } from './testing/init-profile.js';

const document = readDocument(
  [
    'Desk to Book Dataflow',
    '=====================',
    '',
    ...section('Client', 'Customer', 'Every Desk Client will be synchronized with a Book Customer.'),
  ].join('\n'),
  'd.rst',
);
const planWith = (...profile: string[]) =>
  buildPlan({
    document,
    reverse: null,
    profile: parseProfile(profile.join('\n'), 'p.yaml'),
    contracts: { crm: crmContract },
  });
const BOOK = '  book: { names: [Book], contract: crm }';
const row = (target: string) => [
  'systems:',
  '  desk: { names: [Desk] }',
  BOOK,
  'pairs:',
  '  - source: Client',
  '    target: Customer',
  '    rows:',
  `      - { source: name, target: ${target} }`,
];

test('a row must name a property of a contract that is given', () => {
  expect(() => planWith(...row('frobnication'))).toThrow(
    expect.objectContaining({
      code: 'unknown-property',
      message: 'Customer has no property frobnication',
      where: 'p.yaml:8',
    }),
  );
});

test('an entity that is described but not in the document is told with its line', () => {
  const lost =
    (...systems: string[]) =>
    () =>
      planWith('systems:', ...systems);

  expect(lost('  desk:', '    names: [Desk]', '    entities:', '      Lost: {}', BOOK)).toThrow(
    expect.objectContaining({ code: 'unknown-entity', found: 'Lost', where: 'p.yaml:5' }),
  );
  expect(
    lost('  desk: { names: [Desk] }', '  book:', '    names: [Book]', '    entities:', '      Lost: {}'),
  ).toThrow(expect.objectContaining({ code: 'unknown-entity', found: 'Lost', where: 'p.yaml:6' }));
});

test('a connection back through a pair that is not there breaks nothing', () => {
  const profile = [
    'systems: { desk: { names: [Desk] }, book: { names: [Book] } }',
    'pairs:',
    '  - source: Client',
    '    target: Customer',
    '    back: { connected: [{ pair: lost, path: lost_id }] }',
  ];

  expect(() => planWith(...profile)).not.toThrow(TypeError);
});
