import type { RowRecord } from './record.js';
import type { ObservedDrift } from '../contract/observe.js';
import type { Diagnostic } from '../document/model.js';

/** Drift that live traffic showed, as findings of the run that say where a synchronised property is concerned. */
export function driftDiagnostics(drift: Iterable<ObservedDrift>, rows: RowRecord[]): Diagnostic[] {
  const used = rows.flatMap((row) => [row.a, row.b]).map((path) => path.replaceAll(/\[[^\]]*\]/g, ''));
  const messages = [...drift].map(({ system, entity, path, what }) => {
    const isUsed = used.some(
      (one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`),
    );
    const message = `Contract drift: ${entity}.${path} of ${system} ${what}`;
    return isUsed ? `${message}; it is synchronised` : message;
  });
  return [...new Set(messages)].toSorted().map((message) => ({
    severity: 'warning',
    code: 'contract-drift',
    line: 1,
    message,
    remedy: 'compare the contracts with syncproof contract diff, then bring ours up to date',
  }));
}
