import { sameName } from '../names.js';
import { finding, groupBy, type Rule } from './rule.js';

/** What is said about the document as a whole: its title, its systems, its sections. */
export const TITLE_RULES: readonly Rule[] = [
  {
    code: 'no-sections',
    severity: 'warning',
    about: 'The document holds no section, so there is nothing to check.',
    document: ({ document: { pairs, unparsed } }) =>
      pairs.length > 0 || unparsed.length > 0
        ? []
        : [
            finding(
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
    document: ({ title }) =>
      title.wellFormed
        ? []
        : [
            finding(
              title.line,
              title.text === ''
                ? 'the document has no title'
                : `the title "${title.text}" names no two systems`,
              'write it as "A to B Dataflow"',
              title.text,
            ),
          ],
  },
  {
    code: 'system-name-missing',
    severity: 'warning',
    about: 'One of the two system names in the title is empty.',
    document: ({ title }) =>
      !title.wellFormed || (title.source !== '' && title.target !== '')
        ? []
        : [
            finding(
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
    pair: (pair, { document: { systems } }) =>
      (['source', 'target'] as const)
        .filter((side) => systems[side] !== '' && !sameName(systems[side], pair[side].system))
        .map((side) =>
          finding(
            pair.heading.line,
            `the heading says "${pair[side].system}" where the title says "${systems[side]}"`,
            'use one name for one system',
            pair.headingText,
          ),
        ),
  },
  {
    code: 'system-spelling-differs',
    severity: 'info',
    about: 'One system is spelt in two ways.',
    document: ({ document: { pairs, systems }, title }) => {
      const said = [
        { name: systems.source, line: title.line },
        { name: systems.target, line: title.line },
        ...pairs.flatMap(({ source, target, heading: { line } }) => [
          { name: source.system, line },
          { name: target.system, line },
        ]),
      ];
      return groupBy(said, ({ name }) => name.toLowerCase().replaceAll(' ', '')).flatMap(([first, ...rest]) =>
        groupBy(rest, ({ name }) => name).flatMap(([other]) =>
          other.name === first.name
            ? []
            : [
                finding(
                  other.line,
                  `"${other.name}" is spelt "${first.name}" at line ${first.line}`,
                  'spell a system in one way',
                  other.name,
                ),
              ],
        ),
      );
    },
  },
];
