import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readDocument } from './read.js';

const EVERY = 'Every A Boat will be synchronized with a B Asset.';
const TITLE = ['A to B Dataflow', '==============='];
const read = (...lines: string[]) => readDocument(lines.join('\n'), 'd.rst');
const outline = (...lines: string[]) => {
  const { title, pairs, unparsed } = read(...lines);
  return { title, headings: pairs.map((pair) => pair.headingText), stray: unparsed.map((one) => one.line) };
};
const told = (document: ReturnType<typeof read>, code: string) =>
  document.diagnostics.filter((one) => one.code === code).map(({ line, words }) => [line, words]);

test('a document carries its path and the digest of its text', () => {
  const { path, sha256, systems } = readDocument(TITLE.join('\n'), 'some/d.rst');

  expect([path, systems]).toEqual(['some/d.rst', { source: 'A', target: 'B' }]);
  expect(sha256).toBe(createHash('sha256').update(TITLE.join('\n')).digest('hex'));
});

describe('what stands before the first section', () => {
  test.each([
    ['Generated: 2026-01-02 03:04:05', '2026-01-02 03:04:05'],
    [':Generated: today ', 'today'],
    ['Generated:', ''],
    ['Generated:now', 'now'],
    ['Generated:\u00A0now', 'now'],
  ])('%j says when the document was made', (line, generated) => {
    const document = read(...TITLE, '', line);

    expect([document.generated, document.unparsed]).toEqual([generated, []]);
  });

  test.each([
    'generated: x',
    'Not Generated: x',
    '- - Generated',
    '.. code::\n\n   Generated: x',
    '::\n\n  Generated: x',
  ])('%j does not', (line) => {
    const document = read(...TITLE, '', line);

    expect([document.generated, document.unparsed.length]).toEqual([null, 1]);
  });

  test.each([
    'Author',
    'authors',
    'ORGANIZATION',
    'Contact',
    'Address',
    'Version',
    'Revision',
    'Status',
    'Date',
    'Copyright',
  ])('the field %s belongs to a title page', (name) => {
    expect(read(...TITLE, '', `:${name}: x`).unparsed).toEqual([]);
  });

  test.each(['Second author: x', '::\n\n  author: x', '+---+\n| a |\n+---+'])('%j does not', (text) => {
    expect(read(...TITLE, '', text).unparsed).toHaveLength(1);
  });

  test('other words, and a field that no title page has, belong to nothing', () => {
    const document = read(...TITLE, '', 'Boats: x', '', 'Words', '', EVERY, '', 'A Boat to B Asset', '----');

    expect(told(document, 'unparsed-line')).toEqual([
      [4, 'Boats: x'],
      [6, 'Words'],
      [8, EVERY],
    ]);
    expect(document.unparsed).toEqual([
      { line: 4, endLine: 4 },
      { line: 6, endLine: 6 },
      { line: 8, endLine: 8 },
    ]);
  });

  test('the words of an unread part are told up to a length', () => {
    const words = 'x'.repeat(400);
    const [found] = read(...TITLE, '', words).diagnostics.filter((one) => one.code === 'unparsed-line');

    expect(found).toEqual({
      severity: 'error',
      code: 'unparsed-line',
      line: 4,
      message: `this is none of the nine sentence forms under a heading: ${'x'.repeat(120)}`,
      remedy:
        'write it as one of the forms in docs/generated/tables.md under the heading of its pair, or as free text in the Introduction',
      words: 'x'.repeat(300),
    });
  });
});

describe('the title', () => {
  test('is the first heading that ends as one', () => {
    expect(outline(...TITLE)).toEqual({ title: 'A to B Dataflow', headings: [], stray: [] });
  });

  test('is one: a second heading like it is a section', () => {
    expect(outline(...TITLE, '', 'C to D Dataflow', '===============')).toEqual({
      title: 'A to B Dataflow',
      headings: ['C to D Dataflow'],
      stray: [],
    });
  });

  test('is none below a section or the Introduction', () => {
    expect(outline('A Boat to B Asset', '-----', '', ...TITLE)).toMatchObject({
      title: '',
      headings: ['A Boat to B Asset', 'A to B Dataflow'],
    });
    expect(outline('Introduction', '------------', '', ...TITLE)).toMatchObject({
      title: '',
      headings: ['A to B Dataflow'],
    });
  });
});

describe('the Introduction', () => {
  const intro = [...TITLE, '', 'Introduction.', '-------------', ''];

  test('may be written with a full stop, and holds free words and examples', () => {
    expect(outline(...intro, 'Words.', '', '::', '', `   ${EVERY}`, '', 'More.')).toEqual({
      title: 'A to B Dataflow',
      headings: [],
      stray: [],
    });
  });

  test('is that word alone', () => {
    expect(told(read(...TITLE, '', 'An Introduction', '---------------'), 'heading-not-a-pair')).toEqual([
      [4, 'An Introduction'],
    ]);
    expect(told(read(...TITLE, '', 'Intro.duction', '-------------'), 'heading-not-a-pair')).toEqual([
      [4, 'Intro.duction'],
    ]);
    expect(told(read(...TITLE, '', 'Introduction..', '---------------'), 'heading-not-a-pair')).toEqual([
      [4, 'Introduction..'],
    ]);
  });

  test.each([
    ['a sentence', [EVERY]],
    [
      'several sentences in one paragraph',
      [
        'If no matching B Asset is found, a new B Asset will be created. If a matching B Asset already exists, the A Boat will be merged with the existing one.',
      ],
    ],
    ['a sentence over two lines', EVERY.split(/ (?=with)/)],
    ['a sentence on a line of its own', ['Free words.', EVERY]],
    ['a directive that no reader knows', ['.. include:: x']],
    ['a table', ['+---+', '| a |', '+---+']],
  ])('does not hold %s', (_name, lines) => {
    expect(outline(...intro, ...lines).stray).toEqual([7]);
  });

  test('has parts of its own below another underline', () => {
    expect(outline(...intro, 'Terms', '.....', 'Words.', '', EVERY)).toEqual({
      title: 'A to B Dataflow',
      headings: [],
      stray: [11],
    });
  });

  test('ends at a heading of its own underline, and at one of a pair', () => {
    expect(told(read(...intro, 'Terms', '-----'), 'heading-not-a-pair')).toEqual([[7, 'Terms']]);
    expect(outline(...intro, 'A Boat to B Asset', '.................', EVERY).headings).toEqual([
      'A Boat to B Asset',
    ]);
  });

  test('ends at a heading underlined like an earlier section', () => {
    const document = read(
      ...TITLE,
      'A Boat to B Asset',
      '~~~~~~~~~~~~~~~~~',
      EVERY,
      '',
      'Introduction',
      '------------',
      'Words.',
      '',
      'Terms',
      '~~~~~',
    );

    expect(told(document, 'heading-not-a-pair')).toEqual([[11, 'Terms']]);
  });

  test('may stand between sections; what follows under its heading is free', () => {
    expect(
      outline(...TITLE, 'A Boat to B Asset', '-----------------', 'Introduction', '------------', 'Words.')
        .stray,
    ).toEqual([]);
  });
});

describe('a section', () => {
  const section = (...body: string[]) => ['A Boat to B Asset', '-----------------', '', ...body, ''];

  test('holds what stands below its heading, read or unread', () => {
    const document = read(...TITLE, ...section(EVERY, '', 'Words.'));

    expect(document.pairs[0]?.sentences.map((one) => one.text)).toEqual([EVERY]);
    expect(document.unparsed).toEqual([{ line: 8, endLine: 8 }]);
    expect(told(document, 'unparsed-line')).toEqual([[8, 'Words.']]);
  });

  test('that repeats the words of one before names the line of the first', () => {
    const document = read(
      ...TITLE,
      ...section(EVERY),
      ...section('Every A Boat  will be', 'synchronized with a B Asset.'),
      ...section(EVERY, '', 'Words.'),
      ...section(EVERY),
    );

    expect(document.pairs.map((pair) => pair.repeatOf)).toEqual([null, 3, null, 3]);
  });

  test('that names no pair gives none, and what it holds is unread', () => {
    const document = read(...TITLE, 'Boats', '-----', EVERY);

    expect(document.pairs).toEqual([]);
    expect(told(document, 'heading-not-a-pair')).toEqual([[3, 'Boats']]);
    expect(told(document, 'unparsed-line')).toEqual([[5, EVERY]]);
  });

  test('without rows is told at its table, else at its sentence, else at its heading', () => {
    const sentence = 'The following properties are synchronized between a A Boat and a B Asset:';
    const table = [
      '.. list-table::',
      '   :header-rows: 1',
      '',
      '   * - A Boat Property',
      '     - B Asset Property',
      '     - B Data Type',
    ];

    expect(told(read(...TITLE, ...section(sentence, '', ...table)), 'empty-property-table')).toEqual([
      [8, 'A Boat to B Asset'],
    ]);
    expect(told(read(...TITLE, ...section(sentence)), 'empty-property-table')).toEqual([
      [6, 'A Boat to B Asset'],
    ]);
    expect(told(read(...TITLE, ...section(EVERY)), 'empty-property-table')).toEqual([
      [3, 'A Boat to B Asset'],
    ]);
  });
});

test('findings stand in the order of their lines, those of one line in the order of their codes', () => {
  const { diagnostics } = read(
    'A to C Dataflow',
    '===============',
    'A Boat to A Boat',
    '----------------',
    'Words.',
    '',
    'A Crew to C Crew',
    '----------------',
  );

  expect(diagnostics.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '3 empty-property-table',
    '3 self-pair',
    '3 sentence-missing',
    '3 sentence-missing',
    '3 title-heading-disagree',
    '5 unparsed-line',
    '7 empty-property-table',
    '7 sentence-missing',
    '7 sentence-missing',
  ]);
});
