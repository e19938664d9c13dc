import { plainPath } from '../property-path.js';
import { finding, groupBy, lineOf, type Rule } from './rule.js';
import type { PropertyPath } from '../model.js';

/** More names than this are not listed in one message. */
const MOST_NAMES = 10;
const isBlank = (path: PropertyPath) => path.segments.length === 0;
const leavesBlank = (path: PropertyPath) =>
  path.qualifiers.some(({ value, path: where }) => value === null || where === null);

/** What is said about the rows of the tables. */
export const ROW_RULES: readonly Rule[] = [
  {
    code: 'empty-property-table',
    severity: 'warning',
    about: 'The property table holds only its header, or there is none.',
    pair: (pair, { propertyTables }) =>
      pair.propertyRows.length > 0
        ? []
        : [
            finding(
              propertyTables.get(pair)?.line ?? lineOf(pair, 'properties'),
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
    pair: (pair) =>
      groupBy(pair.propertyRows, (row) => row.target.text).flatMap((rows) => {
        const [{ target }, second] = rows;
        if (second === undefined) return [];
        const listed = rows.slice(0, MOST_NAMES);
        const more = rows.length > listed.length ? ` and ${rows.length - listed.length} more` : '';
        return finding(
          second.span.line,
          `${listed.map((row) => row.source.text).join(', ')}${more} all go to ${target.text}`,
          'declare a precedence for these rows in the profile',
          listed.map((row) => `${row.source.text} | ${row.target.text}`).join('; '),
        );
      }),
  },
  {
    code: 'unknown-transform',
    severity: 'warning',
    about: 'A data type cell holds a fragment that is not understood.',
    pair: (pair) =>
      pair.propertyRows.flatMap(({ dataType, span }) =>
        dataType.kind === 'unknown'
          ? [
              finding(
                span.line,
                `the data type ${dataType.raw} is not understood`,
                'declare the transform of this row in the profile',
                dataType.raw,
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
      pair.propertyRows.flatMap(({ dataType, span, target }) =>
        dataType.kind === 'untyped'
          ? [
              finding(
                span.line,
                `no data type is given for ${target.text}`,
                'name the type; until then it is treated as text',
                target.text,
              ),
            ]
          : [],
      ),
  },
  {
    code: 'blank-property',
    severity: 'warning',
    about: 'A row leaves the property of one side blank.',
    pair: (pair) =>
      pair.propertyRows
        .filter((row) => isBlank(row.source) || isBlank(row.target))
        .map((row) =>
          finding(
            row.span.line,
            'the row names no property on one of its sides',
            'fill in the property, or delete the row',
            `${row.source.text} | ${row.target.text}`,
          ),
        ),
  },
  {
    code: 'blank-qualifier',
    severity: 'warning',
    about: 'A path depends on a value or on a path that is left blank.',
    pair: (pair) =>
      [
        ...pair.propertyRows.map(({ span, source, target }) => ({ span, paths: [source, target] })),
        ...pair.mergeRows.map(({ span, source, target }) => ({ span, paths: [...source, ...target] })),
      ].flatMap(({ span, paths }) =>
        paths
          .filter(leavesBlank)
          .map((path) =>
            finding(
              span.line,
              `the condition of ${plainPath(path)} leaves a blank`,
              'fill in the value and the path, or give the row in the profile',
              path.text,
            ),
          ),
      ),
  },
];
