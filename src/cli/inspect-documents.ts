import type { CompiledChecklist } from '../checklist/compile.js';
import { compareDirections } from '../document/contradictions.js';
import type { Diagnostic } from '../document/model.js';
import { readDocumentFile } from '../document/read-file.js';
import { countDocument, type DocumentCounts } from '../document/summary.js';
import { findReverses } from './find-reverses.js';
import { shown } from './package-root.js';
import { prepare } from './prepare.js';

export type InspectedPair = {
  source: string;
  target: string;
  line: number;
  forms: string[];
  propertyRows: number;
  mergeRows: number;
  checks: number;
};
export type InspectedDocument = {
  path: string;
  systems: { source: string; target: string };
  generated: string | null;
  pairs: InspectedPair[];
  diagnostics: Diagnostic[];
};
export type Totals = DocumentCounts & { documents: number; checks: number };
export type Inspection = {
  json: { documents: InspectedDocument[]; totals: Totals };
  /** Check ids per document, in order. */
  checkIds: string[][];
};

/**
 * Compiles documents one after the other; only counts and diagnostics are kept. A document whose reverse is given too is
 * compared with it. Errors: `InputError`.
 */
export async function inspectDocuments(paths: string[], profilePath: string | null): Promise<Inspection> {
  const inspection = emptyInspection();
  const reverses = paths.length > 1 ? await findReverses(paths) : new Map<string, string>();
  for (const path of paths) {
    const { document, compiled } = await prepare({ documentPath: path, reversePath: null, profilePath });
    const reverse = reverses.get(path);
    const contradictions =
      reverse === undefined ? [] : compareDirections(document, await readDocumentFile(reverse));
    addDocument(inspection, path, {
      ...compiled,
      diagnostics: [...compiled.diagnostics, ...contradictions].toSorted(
        (one, other) => one.line - other.line,
      ),
    });
  }
  return inspection;
}

/** The inspection of documents that are compiled already. */
export function toInspection(compiled: { path: string; compiled: CompiledChecklist }[]): Inspection {
  const inspection = emptyInspection();
  for (const one of compiled) addDocument(inspection, one.path, one.compiled);
  return inspection;
}

const emptyInspection = (): Inspection => ({
  json: {
    documents: [],
    totals: {
      documents: 0,
      pairs: 0,
      sentences: 0,
      unparsed: 0,
      propertyRows: 0,
      mergeRows: 0,
      checks: 0,
    },
  },
  checkIds: [],
});

function addDocument({ json, checkIds }: Inspection, path: string, compiled: CompiledChecklist): void {
  const { documents, totals } = json;
  const { document } = compiled;
  const perPair = new Map<string, number>();
  for (const check of compiled.checks) perPair.set(check.pair, (perPair.get(check.pair) ?? 0) + 1);
  const slugs = new Map(compiled.pairs.map((pair) => [pair.line, pair.slug]));
  documents.push({
    path: shown(path),
    systems: document.systems,
    generated: document.generated,
    pairs: document.pairs.map((pair) => ({
      source: pair.source.display,
      target: pair.target.display,
      line: pair.heading.line,
      forms: pair.sentences.map((sentence) => sentence.form),
      propertyRows: pair.propertyRows.length,
      mergeRows: pair.mergeRows.length,
      checks: perPair.get(slugs.get(pair.heading.line) ?? '') ?? 0,
    })),
    diagnostics: compiled.diagnostics,
  });
  const counts = countDocument(document);
  totals.documents += 1;
  totals.checks += compiled.checks.length;
  for (const key of ['pairs', 'sentences', 'unparsed', 'propertyRows', 'mergeRows'] as const)
    totals[key] += counts[key];
  checkIds.push(compiled.checks.map((check) => check.id));
}
