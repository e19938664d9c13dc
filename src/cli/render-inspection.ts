import pc from 'picocolors';
import type { Diagnostic } from '../document/model.js';
import type { Inspection, InspectedDocument } from './inspect-documents.js';

const MARKS = { error: pc.red('error'), warning: pc.yellow('warning'), info: pc.dim('info') };

/** The inspection for a terminal: pairs, diagnostics with line and remedy, totals. */
export function renderInspection({ json, checkIds }: Inspection, withChecks: boolean): string {
  const parts = json.documents.map((document, index) =>
    renderDocument(document, withChecks ? (checkIds[index] ?? []) : []),
  );
  const { totals } = json;
  const line =
    `${totals.documents} documents, ${totals.pairs} pairs, ${totals.sentences} sentences (${totals.unparsed} unparsed), ` +
    `${totals.propertyRows} property rows, ${totals.mergeRows} merge rows, ${totals.checks} checks`;
  return [...parts, line].join('\n\n');
}

function renderDocument(document: InspectedDocument, ids: string[]): string {
  const { source, target } = document.systems;
  const pairs = document.pairs.map(
    (pair) =>
      `  ${pair.source} → ${pair.target} (line ${pair.line}): ${pair.checks} checks, ${pair.propertyRows} rows`,
  );
  return [
    pc.bold(`${document.path}  ${source || '?'} → ${target || '?'}`),
    ...pairs,
    ...document.diagnostics.map((one) => renderDiagnostic(document.path, one)),
    ...ids.map((id) => `  ${id}`),
  ].join('\n');
}

function renderDiagnostic(path: string, { severity, code, line, message, remedy }: Diagnostic): string {
  return `  ${path}:${line}  ${MARKS[severity]}  ${message}  [${code}]\n      remedy: ${remedy}`;
}
