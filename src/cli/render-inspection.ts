import pc from 'picocolors';
import type { Diagnostic } from '../document/model.js';
import { plural } from '../report/words.js';
import type { Inspection, InspectedDocument } from './inspect-documents.js';

const MARKS = { error: pc.red('error'), warning: pc.yellow('warning'), info: pc.dim('info') };

/** The inspection for a terminal: pairs, diagnostics with line and remedy, totals. */
export function renderInspection({ json, checkIds }: Inspection, withChecks: boolean): string {
  const parts = json.documents.map((document, index) =>
    renderDocument(document, withChecks ? (checkIds[index] ?? []) : []),
  );
  const { documents, pairs, sentences, unparsed, propertyRows, mergeRows, checks } = json.totals;
  const line =
    `${plural(documents, 'document')}, ${plural(pairs, 'pair')}, ${plural(sentences, 'sentence')} (${unparsed} unparsed), ` +
    `${plural(propertyRows, 'property row')}, ${plural(mergeRows, 'merge row')}, ${plural(checks, 'check')}`;
  return [...parts, line].join('\n\n');
}

function renderDocument(document: InspectedDocument, ids: string[]): string {
  const { source, target } = document.systems;
  const pairs = document.pairs.map((pair) => {
    const merges = pair.mergeRows === 0 ? '' : `, ${plural(pair.mergeRows, 'merge row')}`;
    const rows = `${plural(pair.checks, 'check')}, ${plural(pair.propertyRows, 'row')}${merges}`;
    return `  ${pair.source} → ${pair.target} (line ${pair.line}): ${rows}; ${pair.forms.join(', ') || 'no sentence'}`;
  });
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
