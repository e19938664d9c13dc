import type { MappedRow } from '../plan.js';

/** A row from the property `a` to `b` that carries values as they are, both ways, unless said otherwise. */
export const rowOf = (a: string, b: string, more: Partial<MappedRow> = {}): MappedRow => ({
  slug: a,
  a,
  b,
  transform: { kind: 'identity' },
  direction: 'both',
  examples: [],
  origin: 'document',
  line: null,
  ...more,
});
