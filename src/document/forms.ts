import type { SentenceForm } from './model.js';

/** What a sentence says once its form is known; names are still text. */
export type FormMatch = {
  form: SentenceForm;
  a?: string;
  b?: string;
  condition?: string;
  connected?: string;
};

type FormRow = {
  form: SentenceForm;
  example: string;
  match: (text: string) => Omit<FormMatch, 'form'> | null;
};

/** The text between `start` and `end`, cut at the given separators in order; null when one is missing. */
function cut(text: string, start: string, separators: string[], end: string): string[] | null {
  if (!text.startsWith(start) || !text.endsWith(end)) return null;
  const parts: string[] = [];
  let rest = text.slice(start.length, text.length - end.length);
  for (const separator of separators) {
    const found = rest.indexOf(separator);
    if (found < 0) return null;
    parts.push(rest.slice(0, found));
    rest = rest.slice(found + separator.length);
  }
  return [...parts, rest].map((part) => part.trim());
}

const pairOf = (parts: string[] | null) => (parts === null ? null : { a: parts[0], b: parts[1] });

/** The nine sentence forms, in the order in which they are tried; text has its white space folded. */
export const FORMS: readonly FormRow[] = [
  {
    form: 'sync-every',
    example: 'Every A will be synchronized with a B.',
    match: (text) => pairOf(cut(text, 'Every ', [' will be synchronized with a '], '.')),
  },
  {
    form: 'link-first',
    example: 'Before any synchronization can take place, a link between a A and a B must be established.',
    match: (text) =>
      pairOf(
        cut(
          text,
          'Before any synchronization can take place, a link between a ',
          [' and a '],
          ' must be established.',
        ),
      ),
  },
  {
    form: 'create-connected',
    example:
      'A new B will be created from a A if it is connected to a S E1, or E2 that is synchronized into T.',
    match: (text) => {
      const separators = [
        ' will be created from a ',
        ' if it is connected to a ',
        ' that is synchronized into ',
      ];
      const parts = cut(text, 'A new ', separators, '.');
      return parts === null ? null : { a: parts[1], b: parts[0], connected: parts[2] };
    },
  },
  {
    form: 'merge-on',
    example: 'A A will merge with a B if one of the following property combinations match:',
    match: (text) =>
      pairOf(
        cut(text, 'A ', [' will merge with a '], ' if one of the following property combinations match:'),
      ),
  },
  {
    form: 'merge-existing',
    example: 'If a matching B already exists, the A will be merged with the existing one.',
    match: (text) => {
      const parts = cut(
        text,
        'If a matching ',
        [' already exists, the '],
        ' will be merged with the existing one.',
      );
      return parts === null ? null : { a: parts[1], b: parts[0] };
    },
  },
  {
    form: 'create-missing',
    example: 'If no matching B is found, a new B will be created.',
    match: (text) => {
      const parts = cut(text, 'If no matching ', [' is found, a new '], ' will be created.');
      return parts === null ? null : { b: parts[0] };
    },
  },
  {
    form: 'keep-in-sync',
    example:
      'Once a link between a A and a B is established, it will keep in sync between the two systems, regardless of where it is edited.',
    match: (text) =>
      pairOf(
        cut(
          text,
          'Once a link between a ',
          [' and a '],
          ' is established, it will keep in sync between the two systems, regardless of where it is edited.',
        ),
      ),
  },
  {
    form: 'properties',
    example: 'The following properties are synchronized between a A and a B:',
    match: (text) =>
      pairOf(cut(text, 'The following properties are synchronized between a ', [' and a '], ':')),
  },
  {
    form: 'sync-when',
    example: '<condition>, it  will be synchronized with a B.',
    match: (text) => {
      const marker = ', it will be synchronized with a ';
      const found = text.lastIndexOf(marker);
      if (found <= 0 || !text.endsWith('.')) return null;
      return { condition: text.slice(0, found).trim(), b: text.slice(found + marker.length, -1).trim() };
    },
  },
];

/** The form of a paragraph, or null when it is none of the nine. */
export function matchForm(paragraph: string): FormMatch | null {
  const text = foldSpace(paragraph);
  for (const row of FORMS) {
    const found = row.match(text);
    if (found !== null) return { ...found, form: row.form };
  }
  return null;
}

/** One blank for every run of blanks, no-break and wide ones too. */
export function foldSpace(text: string): string {
  return text
    .replaceAll(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}
