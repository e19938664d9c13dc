import type { DataflowDocument, Diagnostic, Pair } from './model.js';
import { sameName } from './names.js';
import { plainPath } from './property-path.js';
import type { Title } from './title.js';

type Finding = Omit<Diagnostic, 'severity' | 'code'>;
type Rule = {
  code: string;
  severity: Diagnostic['severity'];
  about: string;
  pair?: (pair: Pair, document: DataflowDocument) => Finding[];
  document?: (document: DataflowDocument, title: Title) => Finding[];
};

const at = (line: number, message: string, remedy: string, words?: string): Finding => ({
  line,
  message,
  remedy,
  words,
});
const lineOf = (pair: Pair, form: string) =>
  pair.sentences.find((sentence) => sentence.form === form)?.span.line ?? pair.heading.line;

const LEAKED = /\b(?:for now|until|preliminary|todo|fixme|temporar|removed|sort out|resolved)\b/i;

/** The rules of the linter; each code is stable. */
export const RULES: readonly Rule[] = [
  {
    code: 'no-sections',
    severity: 'warning',
    about: 'The document holds no section, so there is nothing to check.',
    document: (document) =>
      document.pairs.length > 0 || document.unparsed.length > 0
        ? []
        : [
            at(
              1,
              'the document holds no section: there is nothing to check',
              'ask for a document of systems that share an entity',
            ),
          ],
  },
  {
    code: 'title-missing',
    severity: 'error',
    about: 'The title is not `A to B Dataflow`.',
    document: (_document, title) =>
      title.wellFormed
        ? []
        : [
            at(
              title.line,
              `the title "${title.text}" names no two systems`,
              'write it as "A to B Dataflow"',
              title.text,
            ),
          ],
  },
  {
    code: 'system-name-missing',
    severity: 'warning',
    about: 'One of the two system names in the title is empty.',
    document: (_document, title) =>
      !title.wellFormed || (title.source !== '' && title.target !== '')
        ? []
        : [
            at(
              title.line,
              `the title "${title.text}" leaves a system without a name`,
              'name both systems in the title',
              title.text,
            ),
          ],
  },
  {
    code: 'title-heading-disagree',
    severity: 'warning',
    about: 'A heading names a system in another way than the title.',
    pair: (pair, document) => {
      const wrong = (
        [
          ['source', pair.source],
          ['target', pair.target],
        ] as const
      ).filter(
        ([side, name]) => document.systems[side] !== '' && !sameName(document.systems[side], name.system),
      );
      return wrong.map(([side, name]) =>
        at(
          pair.heading.line,
          `the heading says "${name.system}" where the title says "${document.systems[side]}"`,
          'use one name for one system',
          pair.headingText,
        ),
      );
    },
  },
  {
    code: 'repeated-section',
    severity: 'warning',
    about: 'A section repeats an earlier one word for word; the first is checked.',
    pair: (pair) =>
      pair.repeatOf === null
        ? []
        : [
            at(
              pair.heading.line,
              `this section repeats the one at line ${pair.repeatOf} word for word`,
              'delete one of them',
              pair.headingText,
            ),
          ],
  },
  {
    code: 'self-pair',
    severity: 'info',
    about: 'Both sides are the same entity of the same system; they are treated as two accounts.',
    pair: (pair) =>
      pair.source.display === pair.target.display
        ? [
            at(
              pair.heading.line,
              `both sides are ${pair.source.display}`,
              'say which two accounts are meant',
              pair.headingText,
            ),
          ]
        : [],
  },
  {
    code: 'empty-property-table',
    severity: 'warning',
    about: 'The property table holds only its header.',
    pair: (pair) =>
      pair.propertyRows.length > 0
        ? []
        : [
            at(
              lineOf(pair, 'properties'),
              `no property of ${pair.headingText} is named`,
              'name the rows in the document, or in a profile (syncproof init writes one)',
              pair.headingText,
            ),
          ],
  },
  {
    code: 'several-sources-for-one-target',
    severity: 'warning',
    about: 'Several source properties are synchronised into one target property.',
    pair: (pair) => {
      const byTarget = groupByTarget(pair);
      return [...byTarget.values()]
        .filter((rows) => rows.length > 1)
        .map((rows) =>
          at(
            rows[1]?.span.line ?? pair.heading.line,
            `${rows.map((row) => row.source.text).join(', ')} all go to ${rows[0]?.target.text ?? ''}`,
            'declare a precedence for these rows in the profile',
            rows.map((row) => `${row.source.text} | ${row.target.text}`).join('; '),
          ),
        );
    },
  },
  {
    code: 'unknown-transform',
    severity: 'warning',
    about: 'A data type cell holds a fragment that is not understood.',
    pair: (pair) =>
      pair.propertyRows.flatMap((row) =>
        row.dataType.kind === 'unknown'
          ? [
              at(
                row.span.line,
                `the data type ${row.dataType.raw} is not understood`,
                'declare the transform of this row in the profile',
                row.dataType.raw,
              ),
            ]
          : [],
      ),
  },
  {
    code: 'unknown-type',
    severity: 'info',
    about: 'A row names no data type.',
    pair: (pair) =>
      pair.propertyRows.flatMap((row) =>
        row.dataType.kind === 'untyped'
          ? [
              at(
                row.span.line,
                `no data type is given for ${row.target.text}`,
                'name the type; until then it is treated as text',
                row.target.text,
              ),
            ]
          : [],
      ),
  },
  {
    code: 'blank-qualifier',
    severity: 'warning',
    about: 'A path depends on a value or on a path that is left blank.',
    pair: (pair) =>
      pair.propertyRows.flatMap((row) =>
        [row.source, row.target]
          .filter((path) => path.qualifiers.some((one) => one.value === null || one.path === null))
          .map((path) =>
            at(
              row.span.line,
              `the condition of ${plainPath(path)} leaves a blank`,
              'fill in the value and the path, or give the row in the profile',
              path.text,
            ),
          ),
      ),
  },
  {
    code: 'leaked-note',
    severity: 'warning',
    about: 'A condition reads like an internal note, not like a condition.',
    pair: (pair) =>
      pair.sentences.flatMap((sentence) =>
        sentence.condition !== undefined &&
        (LEAKED.test(sentence.condition) || !/^when\b/i.test(sentence.condition))
          ? [
              at(
                sentence.span.line,
                'the condition reads like an internal note',
                'replace it by the condition that is meant',
                sentence.condition,
              ),
            ]
          : [],
      ),
  },
  {
    code: 'sentence-missing',
    severity: 'warning',
    about: 'A section lacks a sentence that every section holds.',
    pair: (pair) =>
      (['keep-in-sync', 'properties'] as const)
        .filter((form) => !pair.sentences.some((sentence) => sentence.form === form))
        .map((form) =>
          at(
            pair.heading.line,
            `the section ${pair.headingText} holds no ${form} sentence`,
            'add the sentence',
            pair.headingText,
          ),
        ),
  },
];

function groupByTarget(pair: Pair): Map<string, Pair['propertyRows']> {
  const groups = new Map<string, Pair['propertyRows']>();
  for (const row of pair.propertyRows) {
    const group = groups.get(row.target.text);
    if (group === undefined) groups.set(row.target.text, [row]);
    else group.push(row);
  }
  return groups;
}

/** Runs every rule over a document; repeated sections are reported once, not again for what they hold. */
export function lint(document: DataflowDocument, title: Title): Diagnostic[] {
  return RULES.flatMap((rule) => {
    const findings = [
      ...(rule.document?.(document, title) ?? []),
      ...document.pairs
        .filter((pair) => pair.repeatOf === null || rule.code === 'repeated-section')
        .flatMap((pair) => rule.pair?.(pair, document) ?? []),
    ];
    return findings.map((finding) => ({ severity: rule.severity, code: rule.code, ...finding }));
  });
}
