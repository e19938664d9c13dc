/** 1-based physical lines of the document, both ends included. */
export type Span = { line: number; endLine: number };

/** The nine sentence forms of the format; everything else is a diagnostic. */
export const SENTENCE_FORMS = [
  'sync-every',
  'sync-when',
  'link-first',
  'create-connected',
  'merge-on',
  'merge-existing',
  'create-missing',
  'keep-in-sync',
  'properties',
] as const;
export type SentenceForm = (typeof SENTENCE_FORMS)[number];

export type Severity = 'error' | 'warning' | 'info';

/** A finding in an input file. `code` is stable (kebab-case); `words` are the words in question, verbatim. */
export type Diagnostic = {
  severity: Severity;
  code: string;
  line: number;
  message: string;
  remedy: string;
  words?: string;
  /** Set when the finding is about another file than the document itself (a profile, the reverse document). */
  path?: string;
};

/** One side of a pair: `PowerOffice GO Customers (human data)` is system, entity and qualifier. */
export type EntityName = { system: string; entity: string; qualifier: string | null; display: string };

/** A condition on a path: `OrgNr (Dependant on having NO in Country.Code)`; blank parts are null. */
export type PathQualifier = { value: string | null; path: string | null };

/** A property path as written, split: `properties.email` is `['properties', 'email']`. */
export type PropertyPath = { text: string; segments: string[]; qualifiers: PathQualifier[] };

/** What the data type column says; `unknown` keeps `raw` verbatim and is diagnosed. */
export type DataType =
  | { kind: 'string' | 'integer' | 'float' | 'boolean' | 'decimal' | 'list' }
  | { kind: 'untyped'; raw: string }
  | { kind: 'datetime-format'; format: string }
  | { kind: 'replace'; from: string; to: string }
  | { kind: 'if-not-equal'; literal: string; otherwise: 'string' }
  | { kind: 'if-is-decimal'; otherwise: 'integer' | 'string' }
  | { kind: 'if-empty'; placeholder: string }
  | { kind: 'strip-first-word-if'; pattern: string; separator: string }
  | { kind: 'unknown'; raw: string };

export type PropertyRow = {
  span: Span;
  source: PropertyPath;
  target: PropertyPath;
  dataType: DataType;
  /** `id | id`: names the two primary keys; describes the link and is not copied. */
  isKeyRow: boolean;
};

/** One property combination; more than one path on a side is a composite key. */
export type MergeRow = { span: Span; source: PropertyPath[]; target: PropertyPath[] };

/** `text` is the sentence with its whitespace folded; what the form adds stands in the optional parts. */
export type Sentence = {
  form: SentenceForm;
  text: string;
  span: Span;
  /** sync-when: the words before `, it  will be synchronized`. */
  condition?: string;
  /** create-connected: the entities of the source system, in order. */
  connectedTo?: EntityName[];
};

export type Pair = {
  source: EntityName;
  target: EntityName;
  heading: Span;
  headingText: string;
  sentences: Sentence[];
  propertyRows: PropertyRow[];
  mergeRows: MergeRow[];
  /** Set on a section that repeats an earlier one word for word: the first section's line. Not checked again. */
  repeatOf: number | null;
};

export type DataflowDocument = {
  path: string;
  title: string;
  systems: { source: string; target: string };
  /** ISO-like text as written after `Generated:`, or null. */
  generated: string | null;
  sha256: string;
  pairs: Pair[];
  /** Body lines that are no known form; each has a diagnostic of severity `error`. */
  unparsed: Span[];
  diagnostics: Diagnostic[];
};
