import type { DataflowDocument, Diagnostic, Pair, SentenceForm, Span } from '../model.js';
import type { Title } from '../title.js';
import type { CodeRow } from './codes.js';

export type Finding = Omit<Diagnostic, 'severity' | 'code'>;
export type LintInput = {
  document: DataflowDocument;
  title: Title;
  /** Where the property table of a pair stands; null for a pair without one. */
  propertyTables: ReadonlyMap<Pair, Span | null>;
};
export type Rule = CodeRow & {
  /** Runs on every section that repeats no earlier one. */
  pair?: (pair: Pair, input: LintInput) => Finding[];
  document?: (input: LintInput) => Finding[];
};

export const finding = (line: number, message: string, remedy: string, words?: string): Finding => ({
  line,
  message,
  remedy,
  words,
});

export const lineOf = (pair: Pair, form: SentenceForm) =>
  pair.sentences.find((sentence) => sentence.form === form)?.span.line ?? pair.heading.line;

/** Groups in order of first appearance. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): [Item, ...Item[]][] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
