import { expect, test } from 'vitest';
import { nearest, slipOf } from './nearest.js';

test.each([
  ['conflct', ['tie', 'conflict', 'delete'], 'conflict'],
  ['EMAIL', ['email', 'mail'], 'email'],
  ['emial', ['email', 'phone'], 'email'],
  ['xemail', ['phone', 'email'], 'email'],
  ['email', ['e-mail', 'emails', 'email'], 'email'],
])('%s of %j is meant to be %s', (word, known, wanted) => {
  expect(nearest(word, known)).toBe(wanted);
});

test('of two that are as close the first one counts', () => {
  expect(nearest('cat', ['bat', 'rat'])).toBe('bat');
});

test('a short word may differ in two letters, a longer one in a third of its letters', () => {
  expect(nearest('abc', ['axy'])).toBe('axy');
  expect(nearest('abc', ['xyz'])).toBeNull();
  expect(nearest('abcdefghijkl', ['abcdefghwxyz'])).toBe('abcdefghwxyz');
  expect(nearest('abcdefghijkl', ['abcdefgvwxyz'])).toBeNull();
});

test('nothing is near to nothing', () => {
  expect(nearest('word', [])).toBeNull();
  expect(nearest('', ['abcd'])).toBeNull();
  expect(nearest('', ['ab'])).toBe('ab');
});

test.each([
  ['emial', ['phone', 'email'], 'email'],
  ['Email', ['phone', 'email'], 'email'],
  ['litsen', ['silent', 'listen'], 'silent'],
  ['nmae', ['name', 'mane'], 'name'],
  ['emai', ['email'], 'email'],
  ['emaal', ['email'], 'email'],
  ['NAMEN', ['name'], 'name'],
  ['line2', ['lines'], 'lines'],
  ['7up', ['8up'], '8up'],
  ['li2ne', ['line'], 'line'],
  ['line', ['li2ne'], 'li2ne'],
  ['lineX', ['lineY'], 'lineY'],
])('%s is a slip of one of %j: %s', (word, known, meant) => {
  expect(slipOf(word, known)).toBe(meant);
});

test.each([
  ['email', ['email']],
  ['line1', ['line2', 'line', 'line17']],
  ['line', ['line1']],
  ['line12', ['line21', 'line13']],
  ['ema', ['email']],
  ['Maß', ['Mass']],
  ['', ['ab']],
  ['word', []],
])('%s is a word of its own beside %j', (word, known) => {
  expect(slipOf(word, known)).toBeNull();
});
