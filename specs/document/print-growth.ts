import { startCounting, type Work } from './count-work.js';

/** Prints as JSON how the counted work grows when each document of fixtures/growth.ts grows to twice its size. */
const count = startCounting();
const { COMPILED_SHAPES, READ_SHAPES } = await import('../../fixtures/growth.js');
const { compile } = await import('../../src/checklist/compile.js');
const { toInspection } = await import('../../src/cli/inspect-documents.js');
const { CONTRACTS } = await import('../../src/cli/prepare.js');
const { renderInspection } = await import('../../src/cli/render-inspection.js');
const { readDocument } = await import('../../src/document/read.js');

export type Growth = { name: string; step: 'read' | 'judge' | 'square'; once: Work; twice: Work };
const [READ, JUDGED] = [1000, 400];
const PLACES = ['/src/document/', '/src/checklist/', '/src/contract/', '/src/cli/'];

const read = (text: string) => readDocument(text, 'd.rst');
const judge = (text: string) => {
  const compiled = compile({ document: read(text), reverse: null, profile: null, contracts: CONTRACTS });
  return renderInspection(toInspection([{ path: 'd.rst', compiled }]), true);
};
/** What must be seen to grow with the square, or the counting proves nothing: once in a built-in, once in a loop. */
const square = (text: string) => {
  let equal = 0;
  for (const letter of text) {
    text.includes(`${letter}!`);
    for (let at = 0; at < text.length; at++) if (text[at] === letter) equal += 1;
  }
  return equal;
};

const growthOf = (
  name: string,
  step: Growth['step'],
  size: number,
  work: (text: string) => unknown,
): Growth => {
  const shape = READ_SHAPES[name] ?? ((length: number) => 'x'.repeat(length));
  const [small, large] = [shape(size), shape(size * 2)];
  const places = step === 'square' ? ['print-growth'] : PLACES;
  return { name, step, once: count(places, () => work(small)), twice: count(places, () => work(large)) };
};

judge(READ_SHAPES['rows']?.(3) ?? '');
const found = [
  growthOf('a loop in a loop', 'square', JUDGED, square),
  ...Object.keys(READ_SHAPES).map((name) => growthOf(name, 'read', READ, read)),
  ...COMPILED_SHAPES.map((name) => growthOf(name, 'judge', JUDGED, judge)),
];
console.log(JSON.stringify(found));
