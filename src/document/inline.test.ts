import { describe, expect, test } from 'vitest';
import { plainText, unwrap } from './inline.js';
import { NO_REFERENCES, type References } from './references.js';

const plain = (raw: string) => plainText(raw, NO_REFERENCES);
const REFERENCES: References = {
  substitutions: new Map([
    ['crm', 'Quay CRM'],
    ['two words', 'both'],
    ['gone', ''],
  ]),
  targets: new Set(['quay', 'two words', 'a-b.c', 'old-quay', 'x']),
};
const referring = (raw: string) => plainText(raw, REFERENCES);

describe('markup is taken off', () => {
  test.each([
    ['a *boat* here', 'a boat here'],
    ['*boat*', 'boat'],
    ['a **boat** here', 'a boat here'],
    ['a ``boat`` here', 'a boat here'],
    ['a `boat` here', 'a boat here'],
    ['`one` and `two`', 'one and two'],
    ['*one* and **two** and ``three``', 'one and two and three'],
    ['``a * b``', 'a * b'],
    ['``a \\ b``', 'a \\ b'],
    ['``a\\``', 'a\\'],
    ['``name_``', 'name_'],
    ['*a ** b*', 'a * b*'],
    ['**a * b**', 'a * b'],
    ['(*boat*)', '(boat)'],
    ['"*boat*"', '"boat"'],
    ['x-*boat*-y', 'x-boat-y'],
    ['x/*boat*/y', 'x/boat/y'],
    ['x:*boat*:', 'x:boat:'],
    ['<*boat*>', '<boat>'],
    ['[*boat*]', '[boat]'],
    ['(*.net*)', '(.net)'],
    ['{*boat*}', '{boat}'],
    ["'*boat*'", "'boat'"],
    ['*boat*.', 'boat.'],
    ['*boat*, *ship*; *raft*! *ark*? *tug*: ', 'boat, ship; raft! ark? tug: '],
    ['\u2018*boat*\u2019', '\u2018boat\u2019'],
    ['\u201C*boat*\u201D', '\u201Cboat\u201D'],
    ['\u00AB*boat*\u00BB', '\u00ABboat\u00BB'],
    ['*boat*\\ s', 'boats'],
    ['re\\ *mark*\\ able', 'remarkable'],
  ])('%s', (raw, words) => {
    expect(plain(raw)).toBe(words);
  });
});

describe('what is no markup stays as it is written', () => {
  test.each([
    ['no mark at all'],
    ['a*b*c'],
    ['2 * 3 * 4'],
    ['a *boat'],
    ['a **boat'],
    ['a ``boat'],
    ['a `boat'],
    ['a *boat *'],
    ['a *boat*s'],
    ['a *'],
    ['**'],
    ['"*" and "*"'],
    ["'*' and '*'"],
    ['(*) and (*)'],
    ['[*] and [*]'],
    ['{*} and {*}'],
    ['<*> and <*>'],
    ['a* b*'],
    ['|crm|'],
    ['a | b | c'],
    ['|crm| and |other|_'],
  ])('%s', (raw) => {
    expect(plain(raw)).toBe(raw);
  });

  test('a mark that is opened twice and closed once is one that goes from the first', () => {
    expect(plain('a *b and *c* d')).toBe('a b and *c d');
  });

  test('an open mark of one kind does not hide marks of another kind', () => {
    expect(plain('a *b and ``c`` and `d` and |e|')).toBe('a *b and c and d and |e|');
    expect(plain('a `b and *c* and **d**')).toBe('a `b and c and d');
    expect(plain('a ``b and *c*')).toBe('a ``b and c');
    expect(plain('a **b and *c*')).toBe('a **b and c');
  });
});

describe('escapes', () => {
  test.each([
    ['first\\_name', 'first_name'],
    ['a \\*boat\\*', 'a *boat*'],
    ['a\\ b', 'ab'],
    ['a\\\\b', 'a\\b'],
    ['ends with \\', 'ends with '],
    ['*a\\* b*', 'a* b'],
    ['`a\\` b`', 'a` b'],
    ['``a\\`` b', 'a\\ b'],
    ['\\`a`', '`a`'],
    ['\\**a*', '**a*'],
  ])('%s', (raw, words) => {
    expect(plain(raw)).toBe(words);
  });
});

describe('links and roles', () => {
  test.each([
    ['see `the boat`_ here', 'see the boat here'],
    ['see `the boat`__ here', 'see the boat here'],
    ['see `the boat <http://x.example>`_ here', 'see the boat here'],
    ['see `the boat <http://x.example>`__.', 'see the boat.'],
    ['see `<http://x.example>`_', 'see <http://x.example>'],
    ['see `a <b> c`_', 'see a <b> c'],
    ['see `a <b>` here', 'see a <b> here'],
    ['see `a\\_b <c>`_', 'see a_b'],
    ['a :strong:`boat` here', 'a boat here'],
    ['a `boat`:strong: here', 'a boat here'],
    ['a :my.role+x-1:`boat`', 'a boat'],
    [':emphasis:`boat`', 'boat'],
    ['one :a:`b` and :c:`d`', 'one b and d'],
    ['*x*:a:`b`', 'xb'],
    ['a :b: c `d`', 'a :b: c d'],
    ['a :b:*c*', 'a :b:c'],
    ['`a`:b:-:`c`', 'a-:c'],
    ['a *boat*_ here', 'a *boat*_ here'],
    ['a ``boat``_ here', 'a ``boat``_ here'],
    ['a `boat`___ here', 'a `boat`___ here'],
    ['a `boat`:no role here', 'a boat:no role here'],
  ])('%s', (raw, words) => {
    expect(plain(raw)).toBe(words);
  });

  test('a role has at most forty letters', () => {
    const forty = 'r'.repeat(40);

    expect(plain(`a :${forty}:\`boat\``)).toBe('a boat');
    expect(plain(`a \`boat\`:${forty}: x`)).toBe('a boat x');
    expect(plain(`a :r${forty}:\`boat\``)).toBe(`a :r${forty}:boat`);
    expect(plain(`a \`boat\`:r${forty}: x`)).toBe(`a boat:r${forty}: x`);
  });
});

describe('what the document defines', () => {
  test.each([
    ['a |crm| here', 'a Quay CRM here'],
    ['a |CRM|_ here', 'a Quay CRM here'],
    ['a |crm|__ here', 'a Quay CRM here'],
    ['a |crm|:role: here', 'a Quay CRM:role: here'],
    ['a |crm| or b_', 'a Quay CRM or b_'],
    ['a |Two  Words| here', 'a both here'],
    ['a |gone| here', 'a  here'],
    ['a |other| here', 'a |other| here'],
    ['a |other|_ here', 'a |other|_ here'],
    ['a quay_ here', 'a quay here'],
    ['a Quay__ here', 'a Quay here'],
    ['quay_', 'quay'],
    ['quay_, quay_.', 'quay, quay.'],
    ['x_', 'x'],
    ['x_ *y*', 'x y'],
    ['*y* x_', 'y x'],
    ['a-b.c_', 'a-b.c'],
    ['old-quay_', 'old-quay'],
    ['other_', 'other_'],
    ['quay_x', 'quay_x'],
    ['my.quay_', 'my.quay_'],
    ['-quay_', '-quay_'],
    ['quay_*', 'quay*'],
    ['noted [1]_ here', 'noted 1 here'],
    ['noted [Smith.2020-a]_.', 'noted Smith.2020-a.'],
    ['a [1]_x', 'a [1]_x'],
    ['a[1]_', 'a[1]_'],
    ['[a][1]_', '[a][1]_'],
    ['[-1]_', '[-1]_'],
    ['[1]', '[1]'],
  ])('%s', (raw, words) => {
    expect(referring(raw)).toBe(words);
  });

  test('the label of a footnote has at most forty-one letters', () => {
    const label = 'n'.repeat(41);

    expect(plain(`a [${label}]_`)).toBe(`a ${label}`);
    expect(plain(`a [n${label}]_`)).toBe(`a [n${label}]_`);
  });
});

test.each([
  ['``"string"``', '"string"'],
  ['**"string"**', '"string"'],
  ['*"string"*', '"string"'],
  ['`"string"`', '"string"'],
  ['  ``  "string" ``  ', '"string"'],
  ['  plain  ', 'plain'],
  ['````', '````'],
  ['``a``', 'a'],
  ['``a`` or ``b``', '``a`` or ``b``'],
  ['*a* or *b*', '*a* or *b*'],
  ['``a', '``a'],
  ['a``', 'a``'],
  ['*ab', '*ab'],
  ['ab*', 'ab*'],
  ['**', '**'],
  ['*a*', 'a'],
])('markup around a whole data type cell is taken off: %j', (cell, words) => {
  expect(unwrap(cell)).toBe(words);
});
