import type { Diagnostic } from '../document/model.js';
import type { PlannedPair } from './build-plan.js';

/** Findings about the document, where what it leaves open is said by the profile: the rows of an empty table. */
export function answeredByProfile(diagnostics: Diagnostic[], pairs: PlannedPair[]): Diagnostic[] {
  const filled = new Map(
    pairs
      .filter(({ pair, plan }) => pair.propertyRows.length === 0 && plan.rows.length > 0)
      .map(({ pair, plan }) => [pair.headingText, plan.rows.length]),
  );
  return diagnostics.map((one): Diagnostic => {
    const rows = one.code === 'empty-property-table' ? filled.get(one.words ?? '') : undefined;
    if (rows === undefined) return one;
    return {
      ...one,
      severity: 'info',
      message: `${one.message}; ${rows === 1 ? '1 row of the profile stands' : `${rows} rows of the profile stand`} in for them`,
      remedy: 'nothing to do while this profile is used; name the rows in the document to make it whole',
    };
  });
}
