import { expect, test } from 'vitest';
import { splitLines } from './lines.js';
import { collectReferences, readDefinition, refName } from './references.js';

const collect = (...lines: string[]) => collectReferences(splitLines(lines.join('\n')));
const substitutions = (...lines: string[]) => [...collect(...lines).substitutions];
const targets = (...lines: string[]) => [...collect(...lines).targets];

test('a name is matched without regard to case and white space', () => {
  expect(refName('  Two \t Words ')).toBe('two words');
});

test.each([
  ['.. |crm| replace:: Quay CRM', { name: 'crm', kind: 'replace', words: 'Quay CRM' }],
  ['.. |crm|  replace::   Quay  ', { name: 'crm', kind: 'replace', words: 'Quay' }],
  ['.. |two words| replace:: x', { name: 'two words', kind: 'replace', words: 'x' }],
  ['.. |c| replace::', { name: 'c', kind: 'replace', words: '' }],
  ['.. |logo| image:: a.png', { name: 'logo', kind: 'image', words: '' }],
  ['.. |euro| unicode:: 0x20AC', { name: 'euro', kind: 'unicode', words: '\u20AC' }],
  ['.. | crm| replace:: x', null],
  ['.. |crm | replace:: x', null],
  ['.. |crm| replace: x', null],
  ['.. |crm| replace::x', null],
  ['.. |crm|replace:: x', null],
  ['.. |crm| date:: x', null],
  ['x .. |crm| replace:: x', null],
])('the definition %j', (text, expected) => {
  expect(readDefinition(text)).toEqual(expected);
});

test.each([
  ['0x2D', '-'],
  ['x2D', '-'],
  ['\\x2D', '-'],
  ['U+2D', '-'],
  ['u2D', '-'],
  ['\\u2d', '-'],
  ['&#x2d;', '-'],
  ['45', '-'],
  ['&#x2d', '&#x2d'],
  ['0x41 66 U+43', 'ABC'],
  ['  65   66  ', 'AB'],
  ['65 .. a remark', 'A'],
  ['65 ..', 'A'],
  ['65 ..b', 'A..b'],
  ['(c) 169', '(c)\u00A9'],
  ['0x10FFFF', '\u{10FFFF}'],
  ['0x110000', '0x110000'],
  ['1114112', '1114112'],
  ['0x1234567', '0x1234567'],
  ['12345678', '12345678'],
  ['a0x41', 'a0x41'],
  ['0x41z', '0x41z'],
  ['a&#x2d;', 'a&#x2d;'],
  ['&#x2d;z', '&#x2d;z'],
  ['a65', 'a65'],
  ['65z', '65z'],
  ['0', '\0'],
])('the characters of %j', (text, words) => {
  expect(readDefinition(`.. |c| unicode:: ${text}`)?.words).toBe(words);
});

test('definitions are collected from anywhere, their markup taken off', () => {
  expect(
    substitutions(
      'text',
      '.. |CRM| replace:: **Quay** CRM',
      '',
      '  .. |x| unicode:: 65',
      'Words |y| replace:: z',
    ),
  ).toEqual([
    ['crm', 'Quay CRM'],
    ['x', 'A'],
  ]);
});

test('a replacement goes on over the lines that are indented below it', () => {
  expect(
    substitutions(
      '.. |a| replace:: one',
      '   two',
      '     three',
      '',
      '   four',
      '.. |b| replace::',
      '   five',
      'six',
    ),
  ).toEqual([
    ['a', 'one two three'],
    ['b', 'five'],
  ]);
});

test('a replacement goes on up to the last line of the document', () => {
  expect(substitutions('.. |a| replace:: one', '   two')).toEqual([['a', 'one two']]);
});

test('what is indented as far as the definition does not belong to it', () => {
  expect(substitutions('  .. |a| replace:: one', '  two', '   three')).toEqual([['a', 'one']]);
});

test('a definition by codes or of an image has one line', () => {
  expect(substitutions('.. |a| unicode:: 65', '   66', '.. |b| image:: x.png', '   :alt: y')).toEqual([
    ['a', 'A'],
    ['b', ''],
  ]);
});

test('a replacement of more than 300 characters is left out', () => {
  expect(substitutions(`.. |a| replace:: ${'x'.repeat(300)}`)).toEqual([['a', 'x'.repeat(300)]]);
  expect(substitutions(`.. |a| replace:: ${'x'.repeat(301)}`)).toEqual([]);
  expect(substitutions(`.. |a| replace:: ${'x'.repeat(200)}`, `   ${'y'.repeat(100)}`)).toEqual([]);
});

test.each([
  ['.. _quay: http://quay.example', ['quay']],
  ['.. _Quay:', ['quay']],
  ['.. _Two  Words: x', ['two words']],
  ['.. _`with: colon`: x', ['with: colon']],
  ['.. _a\\: b: x', ['a\\: b']],
  ['  .. _in: x', ['in']],
  ['.. _quay:x', []],
  ['.. _quay', []],
  ['.. quay: x', []],
  ['x .. _quay: x', []],
  ['.._quay: x', []],
  ['... _quay: x', []],
])('the target %j', (line, names) => {
  expect(targets(line)).toEqual(names);
});

test('a definition of words is no target', () => {
  expect(targets('.. |a| replace:: _b: c')).toEqual([]);
});
