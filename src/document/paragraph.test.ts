import { describe, expect, test } from 'vitest';
import { readBlocks } from './blocks.js';
import { splitLines, type Line } from './lines.js';
import { readFrom, splitParagraph } from './paragraph.js';

const EVERY = 'Every A Boat will be synchronized with a B Asset.';
const LINK =
  'Before any synchronization can take place, a link between a A Boat and a B Asset must be established.';
const CONNECTED =
  'A new B Asset will be created from a A Boat if it is connected to a A Crew that is synchronized into B.';
const MERGE = 'A A Boat will merge with a B Asset if one of the following property combinations match:';
const EXISTING = 'If a matching B Asset already exists, the A Boat will be merged with the existing one.';
const MISSING = 'If no matching B Asset is found, a new B Asset will be created.';
const WHEN = 'When it is blue, it will be synchronized with a B Asset.';
const KEEP =
  'Once a link between a A Boat and a B Asset is established, it will keep in sync between the two systems, regardless of where it is edited.';
const PROPERTIES = 'The following properties are synchronized between a A Boat and a B Asset:';

/** The parts of the only paragraph of a document, each with its lines and words. */
function parts(...lines: string[]): string[] {
  const { blocks, references } = readBlocks(lines.join('\n'));
  return blocks
    .flatMap((block) => splitParagraph(block, references))
    .map((block) => `${block.span.line}-${block.span.endLine} ${block.kind === 'table' ? '' : block.text}`);
}

describe('a paragraph of several sentences', () => {
  test.each([EVERY, LINK, CONNECTED, MERGE, EXISTING, MISSING, WHEN, KEEP, PROPERTIES])(
    'is parted before: %s',
    (sentence) => {
      expect(parts(`${KEEP} ${sentence} ${PROPERTIES}`)).toEqual([
        `1-1 ${KEEP}`,
        `1-1 ${sentence}`,
        `1-1 ${PROPERTIES}`,
      ]);
    },
  );

  test('is parted behind a colon too', () => {
    expect(parts(`${MERGE} ${EVERY} ${PROPERTIES}`)).toEqual([
      `1-1 ${MERGE}`,
      `1-1 ${EVERY}`,
      `1-1 ${PROPERTIES}`,
    ]);
  });

  test('stays whole when one of its parts is no sentence of the format', () => {
    expect(parts(`${EVERY} When in doubt, ask.`)).toEqual([`1-1 ${EVERY} When in doubt, ask.`]);
    expect(parts(`Boats float. ${EVERY}`)).toEqual([`1-1 Boats float. ${EVERY}`]);
  });

  test('stays whole when a name in it begins like a sentence', () => {
    const odd = 'Every A Co. Every Boat will be synchronized with a B Asset.';

    expect(parts(odd)).toEqual([`1-1 ${odd}`]);
  });

  test('knows that the words of a merge sentence hold no full stop', () => {
    const merged = `${EVERY} A A.x Boat will merge with a B Asset if one of the following property combinations match:`;

    expect(parts(merged)).toEqual([`1-1 ${merged}`]);
  });

  test('is parted even where its first form could hold the rest as a name', () => {
    expect(parts(`${EVERY} ${KEEP}`)).toEqual([`1-1 ${EVERY}`, `1-1 ${KEEP}`]);
    expect(parts(`${EVERY} ${WHEN}`)).toEqual([`1-1 ${EVERY}`, `1-1 ${WHEN}`]);
    expect(parts(`${CONNECTED} ${KEEP}`)).toEqual([`1-1 ${CONNECTED}`, `1-1 ${KEEP}`]);
  });

  test('is parted where two blanks follow a full stop', () => {
    expect(parts(`${KEEP}  ${PROPERTIES}`)).toEqual([`1-1 ${KEEP}`, `1-1 ${PROPERTIES}`]);
  });

  test('each of which has a line of its own knows that line alone', () => {
    expect(parts(EXISTING, MISSING, KEEP)).toEqual([`1-1 ${EXISTING}`, `2-2 ${MISSING}`, `3-3 ${KEEP}`]);
  });

  test('may be marked up; each part loses its own markup', () => {
    const marked = `${EXISTING.replace('Boat', '*Boat*')} ${MISSING.replace('new', '**new**')}`;

    expect(parts(marked)).toEqual([`1-1 ${EXISTING}`, `1-1 ${MISSING}`]);
  });

  test('gives each part its raw words and the lines in which they stand', () => {
    const first = 'If a matching B Asset already exists,';
    const second = 'the A Boat will be merged with the existing one. If no';
    const third = 'matching B Asset is found, a *new* B Asset will be created.';
    const { blocks, references } = readBlocks(['', first, second, third].join('\n'));

    expect(blocks.flatMap((block) => splitParagraph(block, references))).toEqual([
      {
        kind: 'paragraph',
        span: { line: 2, endLine: 3 },
        text: EXISTING,
        raw: EXISTING,
        lines: [
          { number: 2, text: first, indent: 0 },
          { number: 3, text: second, indent: 0 },
        ],
      },
      {
        kind: 'paragraph',
        span: { line: 3, endLine: 4 },
        text: MISSING,
        raw: MISSING.replace('new', '*new*'),
        lines: [
          { number: 3, text: second, indent: 0 },
          { number: 4, text: third, indent: 0 },
        ],
      },
    ]);
  });

  test('over several lines knows the first and the last line of each', () => {
    const lines = [
      'If a matching B Asset',
      'already exists, the A Boat will be',
      `merged with the existing one. ${MISSING}`,
    ];

    expect(parts(...lines)).toEqual([`1-3 ${EXISTING}`, `3-3 ${MISSING}`]);
  });

  test('of which two share a line, and the next two another, knows the line of each', () => {
    const lines = [`${EXISTING} ${MISSING} Once a`, `${KEEP.slice('Once a '.length)} ${PROPERTIES}`];

    expect(parts(...lines)).toEqual([
      `1-1 ${EXISTING}`,
      `1-1 ${MISSING}`,
      `1-2 ${KEEP}`,
      `2-2 ${PROPERTIES}`,
    ]);
  });
});

test('a bar without words in a line block belongs to no sentence but the last', () => {
  expect(parts(`| ${EXISTING}`, '|', `| ${MISSING}`)).toEqual([`1-1 ${EXISTING}`, `3-3 ${MISSING}`]);
  expect(parts(`| ${EXISTING} ${MISSING}`, '|')).toEqual([`1-1 ${EXISTING}`, `1-2 ${MISSING} `]);
});

test('one sentence, and a block that is no paragraph, stay as they are', () => {
  const { blocks, references } = readBlocks(
    `${EVERY}\n\nQuay\n====\n\nFree words. And more.\n\n${PROPERTIES}:`,
  );

  for (const block of blocks) expect(splitParagraph(block, references)).toEqual([block]);
});

describe('a paragraph is read', () => {
  const lines = splitLines('  one\n    two\n  three\n\nfour');
  const [first, , , , four] = lines as [Line, Line, Line, Line, Line];

  test('from its first words, over the lines inside it', () => {
    const { block, next } = readFrom(lines, 0, first, 'first', (line) => line.indent > 2);

    expect(next).toBe(2);
    expect(block).toEqual({
      kind: 'paragraph',
      span: { line: 1, endLine: 2 },
      text: 'first two',
      raw: 'first two',
      lines: [
        { number: 1, text: 'first', indent: 2 },
        { number: 2, text: 'two', indent: 4 },
      ],
    });
  });

  test('with the words that each further line gives', () => {
    const { block } = readFrom(
      lines,
      0,
      first,
      '',
      () => true,
      (text) => text.replace('t', ' '),
    );

    expect(block.raw).toBe(' wo hree');
  });

  test('up to the last line of the document', () => {
    expect(readFrom(lines, 4, four, 'four', () => true)).toMatchObject({
      next: 5,
      block: { span: { line: 5, endLine: 5 }, raw: 'four' },
    });
  });
});
