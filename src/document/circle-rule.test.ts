import { expect, test } from 'vitest';
import { readDocument } from './read.js';

const TITLE = ['A to B Dataflow', '===============', ''];
const section = (
  source: string,
  target: string,
  to: string | null,
  merge: string | null = null,
  other = merge,
) => {
  const heading = `A ${source} to B ${target}`;
  return [
    heading,
    '-'.repeat(heading.length),
    `Every A ${source} will be synchronized with a B ${target}.`,
    '',
    ...(to === null
      ? []
      : [
          `A new B ${target} will be created from a A ${source} if it is connected to a A ${to} that is synchronized into B.`,
          '',
        ]),
    ...(merge === null
      ? []
      : [
          `A A ${source} will merge with a B ${target} if one of the following property combinations match:`,
          '',
          '.. list-table::',
          '   :header-rows: 1',
          '',
          `   * - A ${source} Property`,
          `     - B ${target} Property`,
          `   * - ${merge}`,
          `     - ${other}`,
          '',
        ]),
  ];
};
const stuck = (...sections: string[][]) =>
  readDocument([...TITLE, ...sections.flat()].join('\n'), 'd.rst')
    .diagnostics.filter(({ code }) => code === 'connected-in-a-circle')
    .map(({ line, words }) => [line, words]);

test('sections that create only for records of each other are told, and those that wait for them', () => {
  expect(
    stuck(
      section('Boat', 'Asset', 'Crew'),
      section('Crew', 'Person', 'Boat'),
      section('Cargo', 'Item', 'Boat'),
    ),
  ).toEqual([
    [8, 'A Boat to B Asset'],
    [14, 'A Crew to B Person'],
    [20, 'A Cargo to B Item'],
  ]);
});

test('a section that creates only for records of its own is told', () => {
  expect(stuck(section('Boat', 'Asset', 'Boat'))).toEqual([[8, 'A Boat to B Asset']]);
});

test('a section that repeats one of them is not told again', () => {
  const [boat, crew] = [section('Boat', 'Asset', 'Crew'), section('Crew', 'Person', 'Boat')];

  expect(stuck(boat, crew, boat)).toEqual([
    [8, 'A Boat to B Asset'],
    [14, 'A Crew to B Person'],
  ]);
});

test('a further section of one of the entities, or a property to merge on, breaks the circle', () => {
  const [boat, crew] = [section('Boat', 'Asset', 'Crew'), section('Crew', 'Person', 'Boat')];

  expect(stuck(boat, crew, section('Crew', 'Card', null))).toEqual([]);
  expect(stuck(boat, section('Crew', 'Person', 'Boat', 'email'))).toEqual([]);
});

test('all sections that wait for an entity go on once one is created', () => {
  expect(
    stuck(
      section('Boat', 'Asset', 'Crew'),
      section('Cargo', 'Item', 'Crew'),
      section('Crew', 'Person', null),
    ),
  ).toEqual([]);
});

test('a primary key to merge on does not, since no record can be made that matches', () => {
  const boat = section('Boat', 'Asset', 'Crew');

  for (const [key, other] of [
    ['id', 'id'],
    ['id', 'email'],
    ['email', '$original_id'],
  ] as const)
    expect(stuck(boat, section('Crew', 'Person', 'Boat', key, other))).toHaveLength(2);
});

test('a section that waits for an entity without one is told otherwise', () => {
  expect(stuck(section('Boat', 'Asset', 'Crew'))).toEqual([]);
});
