import { entityKey } from '../contract/derive/contracts.js';
import { namesEmail } from '../contract/derive/fields.js';
import { openMerges } from './build-plan.js';
import { whyNoKey } from './no-key.js';
import type { NotTestable } from './check.js';
import type { CompiledChecklist } from './compile.js';
import { fieldAt } from './field-index.js';
import { backLines, creationLines } from './init-creation.js';
import { rowLines, type Section } from './init-rows.js';
import type { MappedRow, MatchPart } from './plan.js';

const json = (value: unknown) => JSON.stringify(value);
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** The entry of two entities, of which a document may hold several sections: what they leave open. */
export function pairLines(sections: Sections, compiled: CompiledChecklist, waiting: Waiting): string[] {
  const [first] = sections;
  return [
    ...sections.map(({ pair }) => `  # line ${pair.heading.line}: ${oneLine(pair.headingText)}`),
    `  - source: ${json(entityKey(first.pair.source))}`,
    `    target: ${json(entityKey(first.pair.target))}`,
    '    #owner: your-team',
    ...creationLines(sections, compiled),
    ...backLines(sections, compiled),
    ...matchLines(sections, compiled),
    ...rowLines(sections, compiled),
    ...sections.flatMap(({ plan }) => waitingLines(waiting.get(plan.slug) ?? [])),
  ];
}

/** The sections of one pair of entities, of which there is at least one. */
export type Sections = [Section, ...Section[]];

/** Why checks wait, by the short name of their pair. */
export type Waiting = ReadonlyMap<string, NotTestable[]>;

function matchLines(sections: Sections, { plan: { systems } }: CompiledChecklist): string[] {
  const [unusable] = sections.flatMap(({ pair }) => openMerges(pair));
  const match = sections.flatMap(({ plan }) => plan.match);
  if (sections.every(({ plan }) => plan.match.length > 0) && unusable === undefined) return [];
  const { entity } = sections[0].plan;
  const isText = (side: 'a' | 'b', row: MappedRow) => {
    const own = systems[side].entities.find((one) => one.name === entity[side]);
    return own !== undefined && fieldAt(own, row[side])?.type.kind === 'string';
  };
  const rows = sections
    .flatMap(({ plan }) => plan.rows)
    .filter((row) => isPlain(row) && isText('a', row) && isText('b', row));
  const row = rows.find((one) => namesEmail(one.a)) ?? rows[0];
  const [source, target] = row === undefined ? ['email', 'email'] : [row.a, row.b];
  const keys = match.map((key) => key.parts.map(partText));
  const isKnown = match.some((key) => key.parts.length === 1 && key.parts[0]?.a === source);
  const normalise = namesEmail(source) ? 'case-insensitive' : 'none';
  if (!isKnown) keys.push([partText({ a: source, b: target, normalise })]);
  return [
    unusable === undefined
      ? '    # No property is named on which existing records match.'
      : `    # The match on line ${unusable.span.line}: ${whyNoKey(unusable)?.reason ?? ''}.`,
    `    #match: [${[...new Set(keys.map((parts) => `[${parts.join(', ')}]`))].join(', ')}]`,
  ];
}

const partText = ({ a, b, normalise }: MatchPart) =>
  `{ source: ${json(a)}, target: ${json(b)}${normalise === 'none' ? '' : `, normalise: ${normalise}`} }`;

const isPlain = (row: MappedRow) =>
  row.transform.kind === 'identity' && row.precedence === undefined && !/[[=]/.test(row.a + row.b);

/** The checks that wait, by their reason. */
function waitingLines(waiting: NotTestable[]): string[] {
  const reasons = new Map<string, number>();
  for (const { reason, remedy } of waiting) {
    const text = `${oneLine(reason)}: ${oneLine(remedy)}`;
    reasons.set(text, (reasons.get(text) ?? 0) + 1);
  }
  return [...reasons].map(
    ([text, count]) => `    # ${count} ${count === 1 ? 'check waits' : 'checks wait'}, since ${text}`,
  );
}
