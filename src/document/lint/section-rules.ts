import { finding, groupBy, lineOf, type Rule } from './rule.js';

const LEAKED = /\b(?:for now|until|preliminary|todo|fixme|temporar|removed|sort out|resolved)\b/i;

/** What is said about a section: its heading and its sentences. */
export const SECTION_RULES: readonly Rule[] = [
  {
    code: 'repeated-section',
    severity: 'warning',
    about: 'A section repeats an earlier one word for word; the first is checked.',
    document: ({ document }) =>
      document.pairs
        .filter((pair) => pair.repeatOf !== null)
        .map((pair) =>
          finding(
            pair.heading.line,
            `this section repeats the one at line ${pair.repeatOf} word for word`,
            'delete one of them',
            pair.headingText,
          ),
        ),
  },
  {
    code: 'same-heading-twice',
    severity: 'info',
    about: 'Two sections have one heading and say different things; both are checked.',
    document: ({ document }) =>
      groupBy(
        document.pairs.filter((pair) => pair.repeatOf === null),
        (pair) => pair.headingText,
      ).flatMap(([first, ...others]) =>
        others.map((pair) =>
          finding(
            pair.heading.line,
            `this heading stands at line ${first.heading.line} too, over other words`,
            'join the two sections, or say in the heading how they differ',
            pair.headingText,
          ),
        ),
      ),
  },
  {
    code: 'self-pair',
    severity: 'info',
    about: 'Both sides are the same entity of the same system; they are treated as two accounts.',
    pair: (pair) =>
      pair.source.display === pair.target.display
        ? [
            finding(
              pair.heading.line,
              `both sides are ${pair.source.display}`,
              'say which two accounts are meant',
              pair.headingText,
            ),
          ]
        : [],
  },
  {
    code: 'leaked-note',
    severity: 'warning',
    about: 'A condition reads like an internal note, not like a condition.',
    pair: (pair) =>
      pair.sentences.flatMap(({ condition, span }) =>
        condition !== undefined &&
        (LEAKED.test(condition) || !/^(?:when|if|unless|where|once)\b/i.test(condition))
          ? [
              finding(
                span.line,
                'the condition reads like an internal note',
                'replace it by the condition that is meant',
                condition,
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
          finding(
            pair.heading.line,
            `the section ${pair.headingText} holds no ${form} sentence`,
            'add the sentence',
            pair.headingText,
          ),
        ),
  },
  {
    code: 'merge-rows-missing',
    severity: 'warning',
    about: 'A merge sentence is followed by no row that says what to match on.',
    pair: (pair) =>
      pair.mergeRows.length > 0 || !pair.sentences.some((sentence) => sentence.form === 'merge-on')
        ? []
        : [
            finding(
              lineOf(pair, 'merge-on'),
              'no property combination to merge on is named',
              'add the rows, or give match keys in the profile',
              pair.headingText,
            ),
          ],
  },
];
