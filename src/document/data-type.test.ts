import { expect, test } from 'vitest';
import { parseDataType } from './data-type.js';

test.each([
  ['"string"', { kind: 'string' }],
  ['["Integer"]', { kind: 'integer' }],
  ['  N/A ', { kind: 'untyped', raw: 'N/A' }],
  ['N/A', { kind: 'untyped', raw: 'N/A' }],
  ['', { kind: 'untyped', raw: '' }],
  ['"datetime-format","%Y-%m-%d","_."]', { kind: 'datetime-format', format: '%Y-%m-%d' }],
  ['"replace"," ","", "string"]', { kind: 'replace', from: ' ', to: '' }],
  [
    '"if", "neq", "_.", "X"], "integer", "string"]',
    { kind: 'if-not-equal', literal: 'X', otherwise: 'string' },
  ],
  ['"if", "is-decimal", "decimal", "integer"]', { kind: 'if-is-decimal', otherwise: 'integer' }],
  ['"if","or","is-empty","_."],"eq","","_."]],"-","_."]', { kind: 'if-empty', placeholder: '-' }],
  [
    '"if","matches","+*","_."],"join"," ","slice", 1,"split", " ","_."]]],"_."]',
    { kind: 'strip-first-word-if', pattern: '+*', separator: ' ' },
  ],
])('%s is understood', (cell, expected) => {
  expect(parseDataType(cell)).toEqual(expected);
});

test.each([
  '"string" or so',
  '"datetime-format","%Y","upper"]',
  '"datetime-format","none","_."]',
  '"replace","","x","string"]',
  '"if","matches","+*","_."],"join","-","slice", 1,"split", " ","_."]]],"_."]',
  '"if","matches","+*","_."],"join"," ","slice", 2,"split", " ","_."]]],"_."]',
  '"if","matches","+*","_."],"join","","slice", 1,"split", "","_."]]],"_."]',
  '"if", "is-decimal", "decimal", "integer", "_."]',
  '"an open quote',
  '["string","integer"]',
])('%s is kept as unknown', (cell) => {
  expect(parseDataType(cell)).toEqual({ kind: 'unknown', raw: cell });
});
