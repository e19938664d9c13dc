import { expect, test } from 'vitest';
import { judgeText, verdictsOf } from './judge-text.js';
import { linkFirst, writeDocument } from './write-document.js';

/** What a data type cell may say of a property on which records merge. */
const TYPES = [
  '"list"',
  '"integer"',
  '"float"',
  '"decimal"',
  '"boolean"',
  'N/A',
  '"datetime-format","%Y-%m-%d","_."]',
  '"datetime-format","%Y-%m-%dT%H:%M:%SZ","_."]',
  '"replace"," ","", "string"]',
  '"if","or","is-empty","_."],"eq","","_."]],"-","_."]',
  '"if", "neq", "_.", "X"], "integer", "string"]',
  '"if","matches","+*","_."],"join"," ","slice", 1,"split", " ","_."]]],"_."]',
];

/** A document and its reverse that merge on the code, which a row carries as the type says. */
function input(type: string, opening: string[] | undefined) {
  const more = opening === undefined ? {} : { opening };
  return {
    text: writeDocument('Kiosk', 'Depot', [
      {
        pair: ['Stall', 'Parcel'],
        merge: [['code', 'code']],
        rows: [
          ['name', 'title'],
          ['code', 'code', type],
        ],
        ...more,
      },
    ]),
    reverse: writeDocument('Depot', 'Kiosk', [
      {
        pair: ['Parcel', 'Stall'],
        merge: [['code', 'code']],
        rows: [
          ['title', 'name'],
          ['code', 'code', type],
        ],
      },
    ]),
  };
}

const badOf = (verdicts: Record<string, string>) =>
  Object.entries(verdicts).filter(([, verdict]) => /^(?:failed|error)/.test(verdict));

test.each(TYPES)('records merge on a property whose row says %s', async (type) => {
  const verdicts = verdictsOf(await judgeText(input(type, undefined), ['']));

  expect(Object.keys(verdicts).length).toBeGreaterThan(80);
  expect(badOf(verdicts)).toEqual([]);
});

test.each(TYPES)('records that a match alone links do so on a property whose row says %s', async (type) => {
  const opening = [linkFirst('Kiosk Stall', 'Depot Parcel')];

  const verdicts = verdictsOf(await judgeText(input(type, opening), ['']));

  expect(verdicts['stall-to-parcel/link-first/kiosk-to-depot/linked']).toBe('verified');
  expect(badOf(verdicts)).toEqual([]);
});
