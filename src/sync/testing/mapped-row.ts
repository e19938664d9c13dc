import type { MappedRow } from '../../checklist/plan.js';

/** A row that carries one property as it is, in both directions, under the same name on both sides. */
export const rowOf = (slug: string, more: Partial<MappedRow> = {}): MappedRow => ({
  slug,
  a: slug,
  b: slug,
  transform: { kind: 'identity' },
  direction: 'both',
  examples: [],
  origin: 'document',
  line: null,
  ...more,
});
