import { expect, test } from 'vitest';
import { readBody } from './directive-body.js';
import { splitLines } from './lines.js';

/** The parts of a body, its lines as their words. */
function read(...body: string[]) {
  const { argument, options, content } = readBody(splitLines(body.join('\n')));
  return {
    argument: argument.map(({ text }) => text),
    options: [...options],
    content: content.map(({ text }) => text),
  };
}

test('argument, options and content are parted, the blank line before the content is left out', () => {
  expect(read('more words', ':widths: 1 2', ':align:', '', '', 'a', '', 'b')).toEqual({
    argument: ['more words'],
    options: [
      ['widths', '1 2'],
      ['align', ''],
    ],
    content: ['', 'a', '', 'b'],
  });
});

test('a body may end with its argument or its options', () => {
  expect(read('words')).toEqual({ argument: ['words'], options: [], content: [] });
  expect(read(':widths: 1')).toEqual({ argument: [], options: [['widths', '1']], content: [] });
});

test('an option goes on over lines that begin no other option', () => {
  expect(read(':header: a,', '  b,', 'c', ':widths: 1', '', 'd')).toEqual({
    argument: [],
    options: [
      ['header', 'a, b, c'],
      ['widths', '1'],
    ],
    content: ['d'],
  });
});

test.each([['* a'], ['+ a'], ['- a'], ['*'], ['  * a'], ['+--+'], ['+==+'], ['==  ==']])(
  '%j directly below the directive begins its content, and no option follows',
  (line) => {
    expect(read(line, ':widths: 1')).toEqual({ argument: [], options: [], content: [line, ':widths: 1'] });
  },
);

test.each([['*a'], ['a - b'], ['a +--+'], ['a == b'], ['+a'], ['='], ['a :b: c'], [':b:c']])(
  '%j directly below the directive is its argument',
  (line) => {
    expect(read(line, ':widths: 1', '', 'd')).toEqual({
      argument: [line],
      options: [['widths', '1']],
      content: ['d'],
    });
  },
);
