import type { Random } from './random.js';
import { quirkMerge } from './quirks.js';
import { generateRows, writePath, type GeneratedRow } from './rows.js';
import { CONDITIONS, type SystemWords } from './vocabulary.js';

/** What one section says; its text is written from it, and that of the reverse document too. */
export type GeneratedSection = {
  source: string;
  target: string;
  opening: 'sync-every' | 'sync-when' | 'link-first';
  condition: string;
  connected: string[];
  merge: [string, string][];
  findsExisting: boolean;
  rows: GeneratedRow[];
};

export function generateSection(random: Random, source: SystemWords, target: SystemWords): GeneratedSection {
  const opening = random.weighted([
    ['sync-every' as const, 4144],
    ['sync-when' as const, 97],
    ['link-first' as const, 316],
  ]);
  const isLinkFirst = opening === 'link-first';
  const findsExisting = !isLinkFirst && random.chance(0.0061);
  const merge: [string, string][] = [];
  if (isLinkFirst || findsExisting) {
    const count = random.weighted([
      [1, 90],
      [2, 9],
      [3, 1],
    ]);
    for (let row = 0; row < count; row++) merge.push(quirkMerge(random) ?? mergeRow(random, source, target));
  }
  const connected: string[] = [];
  if (isLinkFirst && random.chance(0.174)) {
    const count = random.weighted([
      [1, 80],
      [2, 14],
      [3, 4],
      [random.between(4, 12), 2],
    ]);
    for (let one = 0; one < count; one++) {
      const entity = random.pick(source.entities);
      connected.push(one < source.entities.length ? entity : `${entity}${one}`);
    }
  }
  return {
    source: random.pick(source.entities) + qualifier(random),
    target: random.pick(target.entities) + qualifier(random),
    opening,
    condition: random.weighted(CONDITIONS),
    connected: [...new Set(connected)],
    merge,
    findsExisting,
    rows: generateRows(random, source, target),
  };
}

const qualifier = (random: Random) =>
  random.weighted([
    ['', 94],
    [' (human data)', 3],
    [' (organisation data)', 3],
  ]);

function mergeRow(random: Random, source: SystemWords, target: SystemWords): [string, string] {
  const words = random.weighted([
    ['email', 6],
    ['organization number', 2],
    ['sku', 2],
    ['number', 1],
  ]);
  const [one, other] = [writePath(random, words, source), writePath(random, words, target)];
  if (!random.chance(0.03)) return [one, other];
  return [`${one}, ${writePath(random, 'name', source)}`, `${other}, ${writePath(random, 'name', target)}`];
}

/** The section of the reverse document; one in five says something else than this one. */
export function reverseSection(
  random: Random,
  section: GeneratedSection,
  source: SystemWords,
  target: SystemWords,
): GeneratedSection {
  const back: GeneratedSection = {
    ...section,
    source: section.target,
    target: section.source,
    connected: section.connected.length > 0 && random.chance(0.6) ? [random.pick(target.entities)] : [],
    merge: section.merge.map(([one, other]) => [other, one]),
    rows: section.rows.map(([one, other, type]) => [other, one, type]),
  };
  if (!random.chance(0.19)) return back;
  const change = random.weighted([
    ['row', 5],
    ['opening', 4],
    ['merge', 2],
    ['connected', 1],
  ]);
  if (change === 'row' && back.rows.length > 1) back.rows.pop();
  else if (change === 'merge') back.merge.push(mergeRow(random, target, source));
  else if (change === 'connected') back.connected = [random.pick(target.entities)];
  else back.opening = back.opening === 'sync-every' ? 'link-first' : 'sync-every';
  return back;
}

const table = (rows: string[][]) =>
  ['.. list-table::', '   :header-rows: 1', '']
    .concat(rows.flatMap((row) => row.map((cell, at) => `   ${at === 0 ? '*' : ' '} - ${cell}`.trimEnd())))
    .concat('');

/** The lines of a section in the words and the order of the real documents. */
export function writeSection(section: GeneratedSection, from: SystemWords, to: SystemWords): string[] {
  const a = `${from.heading} ${section.source}`.trim();
  const b = `${to.heading} ${section.target}`.trim();
  const heading = `${a} to ${b}`;
  const lines = [heading, '-'.repeat(heading.length)];
  if (section.opening === 'link-first')
    lines.push(
      `Before any synchronization can take place, a link between a ${a} and a ${b} must be established.`,
      '',
    );
  else if (section.opening === 'sync-every') lines.push(`Every ${a} will be synchronized with a ${b}.`, '');
  else lines.push(`${section.condition.replace('NAME', a)}, it  will be synchronized with a ${b}.`, '');
  if (section.findsExisting)
    lines.push(
      `If a matching ${b} already exists, the ${a} will be merged with the existing one.`,
      `If no matching ${b} is found, a new ${b} will be created.`,
      '',
    );
  if (section.connected.length > 0) {
    const [last, ...before] = section.connected.toReversed();
    const listed = before.length === 0 ? last : `${before.toReversed().join(', ')}, or ${last}`;
    lines.push(
      `A new ${b} will be created from a ${a} if it is connected to a ${`${from.heading} ${listed}`.trim()} that is synchronized into ${to.heading}.`,
      '',
    );
  }
  if (section.merge.length > 0)
    lines.push(
      `A ${a} will merge with a ${b} if one of the following property combinations match:`,
      '',
      ...table([[`${a} Property`, `${b} Property`], ...section.merge]),
    );
  return lines.concat(
    `Once a link between a ${a} and a ${b} is established, it will keep in sync between the two systems, regardless of where it is edited.`,
    '',
    `The following properties are synchronized between a ${a} and a ${b}:`,
    '',
    table([[`${a} Property`, `${b} Property`, `${to.heading} Data Type`.trim()], ...section.rows]),
    '',
  );
}
