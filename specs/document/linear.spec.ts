import { beforeAll, describe, expect, test } from 'vitest';
import { COMPILED_SHAPES, READ_SHAPES } from '../../fixtures/growth.js';
import { compile } from '../../src/checklist/compile.js';
import { toInspection } from '../../src/cli/inspect-documents.js';
import { CONTRACTS } from '../../src/cli/prepare.js';
import { renderInspection } from '../../src/cli/render-inspection.js';
import { readDocument } from '../../src/document/read.js';
import { countWork, type Work } from './count-work.js';

/** Twice the document is twice the work, and a little for what grows in steps; the square would be four times. */
const MOST = 2.4;
const [READ, COMPILED] = [600, 150];

const read = (text: string) => readDocument(text, 'd.rst');
const judge = (text: string) => {
  const document = read(text);
  const compiled = compile({ document, reverse: null, profile: null, contracts: CONTRACTS });
  return renderInspection(toInspection([{ path: 'd.rst', compiled }]), true);
};

function growth(size: number, work: (size: number) => Work): Record<keyof Work, number> {
  const [once, twice] = [work(size), work(size * 2)];
  return {
    blocks: twice.blocks / Math.max(once.blocks, 1),
    characters: twice.characters / Math.max(once.characters, 1),
  };
}

beforeAll(() => void judge(READ_SHAPES['rows']?.(3) ?? ''));

test('work that grows with the square is seen as such', () => {
  const square = (size: number) => {
    const items = Array.from({ length: size }, (_one, index) => index);
    for (const item of items) items.includes(-item - 1);
  };

  expect(growth(500, (size) => countWork([], () => square(size))).characters).toBeGreaterThan(3.5);
});

test('the blocks of our own code are counted', () => {
  const text = READ_SHAPES['rows']?.(100) ?? '';

  expect(countWork(['/src/document/'], () => read(text)).blocks).toBeGreaterThan(1000);
});

describe('reading twice the document is twice the work', () => {
  test.each(Object.entries(READ_SHAPES))('%s', (_name, shape) => {
    const work = (size: number) => {
      const text = shape(size);
      return countWork(['/src/document/'], () => read(text));
    };
    const { blocks, characters } = growth(READ, work);

    expect(blocks).toBeLessThan(MOST);
    expect(characters).toBeLessThan(MOST);
  });
});

describe('compiling and showing twice the document is twice the work', () => {
  test.each(COMPILED_SHAPES)('%s', (name) => {
    const places = ['/src/document/', '/src/checklist/', '/src/contract/', '/src/cli/'];
    const { blocks, characters } = growth(COMPILED, (size) => {
      const text = READ_SHAPES[name]?.(size) ?? '';
      return countWork(places, () => judge(text));
    });

    expect(blocks).toBeLessThan(MOST);
    expect(characters).toBeLessThan(MOST);
  });
});
