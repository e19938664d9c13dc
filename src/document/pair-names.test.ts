import { describe, expect, test } from 'vitest';
import { matchForm } from './forms.js';
import { splitName } from './names.js';
import { connectedEntities, namesOf, namesThePair } from './pair-names.js';
import { NO_REFERENCES } from './references.js';
import { toCell, toTable, type Table } from './table.js';
import { parseTitle } from './title.js';
import type { Block } from './blocks.js';

const SPAN = { line: 1, endLine: 1 };
const TITLE = parseTitle('Quay to Ledger Dataflow', 1);
const table = (header: string[], rows: string[][] = []): Table =>
  toTable(
    SPAN,
    header.length === 0 ? [] : [header.map((text) => toCell(text, 1))],
    rows.map((row) => row.map((text) => toCell(text, 1))),
  );
const paragraph = (text: string): Block => ({ kind: 'paragraph', span: SPAN, text, raw: text, lines: [] });

/** Systems and entities of both sides in one line, or null. */
function named(heading: string, sentences: string[] = [], blocks: Block[] = [], title = TITLE) {
  const section = { heading, span: SPAN, blocks, references: NO_REFERENCES };
  const names = namesOf(section, sentences.map(matchForm), title);
  return (
    names &&
    [names.source, names.target].map(({ system, entity, qualifier }) =>
      [system, entity, qualifier].filter((part) => part !== null).join(' / '),
    )
  );
}

describe('the names of a heading', () => {
  test.each<[string, string[] | null]>([
    ['Quay Boat to Ledger Asset', ['Quay / Boat', 'Ledger / Asset']],
    ['Quay  Tug\u00A0Boat to Ledger Fixed Asset (old)', ['Quay / Tug Boat', 'Ledger / Fixed Asset / old']],
    ['QUAY Boat to LEDGER Asset', ['QUAY / Boat', 'LEDGER / Asset']],
    ['Dry Dock Boat to Ledger Asset', ['Dry Dock / Boat', 'Ledger / Asset']],
    ['Boat to Asset', [' / Boat', ' / Asset']],
    ['a to b', [' / a', ' / b']],
    ['Boats and Assets', null],
    ['to Ledger Asset', null],
  ])('%j', (heading, names) => {
    expect(named(heading)).toEqual(names);
  });

  test('part at the first ` to `, unless a sentence says otherwise', () => {
    const heading = 'Quay Way to Port to Ledger Way';
    const every = 'Every Quay Way to Port will be synchronized with a Ledger Way.';

    expect(named(heading)).toEqual(['Quay / Way', 'Port to Ledger / Way']);
    expect(named(heading, ['Free words.', every])).toEqual(['Quay / Way to Port', 'Ledger / Way']);
  });

  test('are those of the first sentence that gives the very heading, not of another one', () => {
    const other = 'Every Quay Way to will be synchronized with a Port to Ledger Way.';
    const half = 'If no matching Ledger Way is found, a new Ledger Way will be created.';

    expect(named('Quay Way to Port to Ledger Way', [other, half])).toEqual([
      'Quay / Way',
      'Port to Ledger / Way',
    ]);
  });

  test('know the systems of the title, and one of an empty name is none', () => {
    const half = parseTitle('to Tide Ledger Dataflow', 1);

    expect(named('Tide Ledger Fixed Asset to Dry Dock Boat', [], [], half)).toEqual([
      'Tide Ledger / Fixed Asset',
      'Dry Dock / Boat',
    ]);
  });
});

describe('the target system of a property table', () => {
  const heading = 'Quay Boat to Tide Books Fixed Asset';
  const split = ['Quay / Boat', 'Tide Books / Fixed Asset'];
  const unknown = ['Quay / Boat', 'Tide Books Fixed / Asset'];

  test('is known by the third header', () => {
    expect(named(heading, [], [table(['a', 'b', 'Tide Books Data Type'])])).toEqual(split);
    expect(named('Quay Boat to Tide Fixed Asset', [], [table(['a', 'b', 'Tide Data Type'])])).toEqual([
      'Quay / Boat',
      'Tide / Fixed Asset',
    ]);
    expect(named(heading)).toEqual(unknown);
  });

  test('is known by the first row of a table without a header', () => {
    expect(named(heading, [], [table([], [['a', 'b', 'Tide Books Data Type']])])).toEqual(split);
  });

  test('is not looked for in a row below the header, in another column or other words', () => {
    const tables = [
      table(['a', 'b', 'c'], [['a', 'b', 'Tide Books Data Type']]),
      table(['a', 'Tide Books Data Type']),
      table(['a', 'b', 'Tide Books Data Types']),
      table([]),
    ];

    for (const one of tables) expect(named(heading, [], [one])).toEqual(unknown);
  });

  test('is found behind other blocks, and the first table that tells it counts', () => {
    const blocks = [
      paragraph('Words.'),
      table(['a', 'b']),
      table(['a', 'b', 'Tide Books  Data Type']),
      table(['a', 'b', 'Tide Data Type']),
    ];

    expect(named(heading, [], blocks)).toEqual(split);
  });

  test('stands beside the systems of the title, and is none of the source', () => {
    const block = table(['a', 'b', 'Tide Data Type']);

    expect(named('Tide Big Boat to Ledger Big Asset', [], [block])).toEqual([
      'Tide Big / Boat',
      'Ledger / Big Asset',
    ]);
  });
});

describe('the entities that a record is to be connected to', () => {
  const shown = (text: string, system = 'Quay') =>
    connectedEntities(text, system).map(
      (one) => `${one.system} / ${one.entity} / ${one.qualifier} / ${one.display}`,
    );

  test.each<[string, string[]]>([
    ['Quay Owner', ['Quay / Owner / null / Quay Owner']],
    [
      'Quay Owner, Berth, or Tag',
      [
        'Quay / Owner / null / Quay Owner',
        'Quay / Berth / null / Quay Berth',
        'Quay / Tag / null / Quay Tag',
      ],
    ],
    ['Quay Owner or Berth', ['Quay / Owner / null / Quay Owner', 'Quay / Berth / null / Quay Berth']],
    ['Owner', ['Quay / Owner / null / Quay Owner']],
    ['Ship Owner', ['Quay / Ship Owner / null / Quay Ship Owner']],
    ['QUAY Ship Owner', ['Quay / Ship Owner / null / Quay Ship Owner']],
    ['Owner (old)', ['Quay / Owner / old / Quay Owner']],
    [' , Quay Owner,, ', ['Quay / Owner / null / Quay Owner']],
    ['Quay', ['Quay / Quay / null / Quay Quay']],
    ['', []],
  ])('%j', (text, entities) => {
    expect(shown(text)).toEqual(entities);
  });

  test('of a system without a name', () => {
    expect(shown('Ship Owner', '')).toEqual([' / Ship Owner / null / Ship Owner']);
  });
});

describe('a sentence names the pair of its heading', () => {
  const pair = { source: splitName('Quay Boat', []), target: splitName('Ledger Asset', []) };

  test.each([
    [{ a: 'Quay Boat', b: 'Ledger Asset' }, true],
    [{ a: 'quay-boat', b: 'LedgerAsset' }, true],
    [{ a: 'Quay Crew', b: 'Ledger Asset' }, false],
    [{ a: 'Quay Boat', b: 'Ledger Crew' }, false],
    [{ a: 'Quay Boat' }, true],
    [{ a: 'Quay Crew' }, false],
    [{ b: 'Ledger Asset' }, true],
    [{ b: 'Ledger Crew' }, false],
    [{}, true],
  ])('%j: %j', (said, expected) => {
    expect(namesThePair({ form: 'sync-every', ...said }, pair)).toBe(expected);
  });
});
