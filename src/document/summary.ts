import type { DataflowDocument } from './model.js';

/** Counts of every section, repeated ones included. */
export type DocumentCounts = {
  pairs: number;
  sentences: number;
  unparsed: number;
  propertyRows: number;
  mergeRows: number;
};

export function countDocument(document: DataflowDocument): DocumentCounts {
  const sum = (size: (pair: DataflowDocument['pairs'][number]) => number) =>
    document.pairs.reduce((total, pair) => total + size(pair), 0);
  return {
    pairs: document.pairs.length,
    sentences: sum((pair) => pair.sentences.length),
    unparsed: document.unparsed.length,
    propertyRows: sum((pair) => pair.propertyRows.length),
    mergeRows: sum((pair) => pair.mergeRows.length),
  };
}
