/** The side of a pair: `a` is the document's first system, `b` its second. */
export type Side = 'a' | 'b';

/**
 * Declared policies (semantics: "Declared policies"). The defaults are the vendor's published behaviour; a profile
 * may change each one per pair, and every check names those it relied on.
 */
export type Policies = {
  conflict: 'newest-edit' | 'side-a-wins' | 'side-b-wins' | 'keep-for-review';
  /** Who wins at equal edit times. */
  tie: Side;
  /** Edit times closer than this count as equal, in ms. */
  clockToleranceMs: number;
  delete: 'ignore' | 'propagate' | 'unlink';
  /** A delete against a concurrent edit of the other side. */
  deleteVersusEdit: 'edit-wins' | 'delete-wins';
  emptyOnMerge: 'keep-value' | 'overwrite';
  emptyAfterwards: 'propagate' | 'never-overwrite';
  ambiguousMatch: 'report' | 'first' | 'newest';
  noMatch: 'create' | 'wait';
  scopeExit: 'keep' | 'unlink';
  /** Text longer than the target takes: the edit is reported and the target keeps its value, or it is cut. */
  longText: 'report' | 'truncate';
  /** Enum value without a declared counterpart: reported, the target keeps its value. */
  unknownEnum: 'report';
  /** Several rows with one target: the first in precedence (without one, in the document) that has a value. */
  severalSources: 'first-with-value';
  /** Mutating calls on the target that one user's save may cause. */
  writeBudget: number;
  /** Longest time from an edit to its arrival, in ms. */
  latencyMs: number;
};

export const DEFAULT_POLICIES: Policies = {
  conflict: 'newest-edit',
  tie: 'a',
  clockToleranceMs: 0,
  delete: 'ignore',
  deleteVersusEdit: 'edit-wins',
  emptyOnMerge: 'keep-value',
  emptyAfterwards: 'propagate',
  ambiguousMatch: 'report',
  noMatch: 'create',
  scopeExit: 'keep',
  longText: 'report',
  unknownEnum: 'report',
  severalSources: 'first-with-value',
  writeBudget: 1,
  latencyMs: 60_000,
};
