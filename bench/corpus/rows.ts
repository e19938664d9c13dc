import type { Random } from './random.js';
import { quirkRows } from './quirks.js';
import { FRAGMENTS, PROPERTIES, type SystemWords } from './vocabulary.js';

export type GeneratedRow = [source: string, target: string, type: string];

/** The rows of one property table in the frequencies of the real corpus; 54 of 100 tables have none. */
export function generateRows(random: Random, source: SystemWords, target: SystemWords): GeneratedRow[] {
  if (random.chance(0.542)) return [];
  const rows: GeneratedRow[] = [];
  let wanted = 1;
  while (wanted < 60 && random.chance(0.735)) wanted += 1;
  if (random.chance(0.056)) rows.push(keyRow(random, source, target));
  const used = new Set<number>();
  while (rows.length < wanted && used.size < PROPERTIES.length) {
    const at = random.between(0, PROPERTIES.length - 1);
    if (used.has(at)) continue;
    used.add(at);
    rows.push(propertyRow(random, at, source, target));
  }
  rows.push(...quirkRows(random));
  fanOut(random, rows, target);
  joinSources(random, rows, source);
  return rows;
}

function keyRow(random: Random, source: SystemWords, target: SystemWords): GeneratedRow {
  const id = ({ style }: SystemWords) => (style === 'pascal' ? 'Id' : 'id');
  return [random.chance(0.1) ? '$original_id' : id(source), id(target), '"integer"'];
}

function propertyRow(random: Random, at: number, source: SystemWords, target: SystemWords): GeneratedRow {
  const [words, type] = PROPERTIES[at] ?? ['name', 'string'];
  const [other] = random.chance(0.15)
    ? (PROPERTIES[random.between(0, PROPERTIES.length - 1)] ?? ['name'])
    : [words];
  return [
    qualify(random, writePath(random, words, source)),
    qualify(random, writePath(random, other, target)),
    writeType(random, type),
  ];
}

const GROUPS = /^(?:address|city|postal|country)/;

/** Writes property words the way a system does: nested, through a list, or in its own case. */
export function writePath(random: Random, words: string, { style }: SystemWords): string {
  const camel = words.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
  if (style === 'nested') return `properties.${words.replaceAll(' ', random.chance(0.5) ? '_' : '')}`;
  if (style === 'snake')
    return GROUPS.test(words) && random.chance(0.3) ? `address.${snake(words)}` : snake(words);
  if (style === 'pascal') {
    const pascal = camel.charAt(0).toUpperCase() + camel.slice(1);
    if (words === 'email' && random.chance(0.3)) return 'Emails.Value';
    return GROUPS.test(words) && random.chance(0.4) ? `MailAddress.${pascal}` : pascal;
  }
  if (style === 'lists' && random.chance(0.4)) return words === 'email' ? 'info.emails' : `variants.${camel}`;
  if (words === 'country' && random.chance(0.5)) return 'deliveryAddress.country.id';
  return GROUPS.test(words) && random.chance(0.4) ? `postalAddress.${camel}` : camel;
}

const snake = (words: string) => words.replaceAll(' ', '_');

function qualify(random: Random, path: string): string {
  if (!random.chance(0.035)) return path;
  const value = random.weighted([
    ['NO', 2],
    ['SE', 1],
    ['wd:Q214339', 4],
    ['', 1],
  ]);
  const where = random.weighted([
    ['Country.TwoLetterISOCountry', 2],
    ['phone_numbers.name', 3],
    ['kind', 2],
    [' ', 2],
  ]);
  const times = random.weighted([
    [1, 5],
    [2, 4],
    [random.between(3, 10), 2],
  ]);
  return `${path} (${`Dependant on having ${value} in ${where}`.repeat(times)})`;
}

function writeType(random: Random, type: string): string {
  const kind = random.weighted([
    ['plain', 890],
    ['none', 55],
    ['empty', 10],
    ['fragment', 45],
  ]);
  if (kind === 'none' || (kind === 'plain' && (type === 'date' || type === 'time') && random.chance(0.5)))
    return 'N/A';
  if (kind === 'empty') return '';
  if (type === 'date') return random.chance(0.5) ? '"datetime-format","%Y-%m-%d","_."]' : '"string"';
  if (type === 'time') return '"datetime-format","%Y-%m-%dT%H:%M:%S","_."]';
  return kind === 'fragment' ? random.weighted(FRAGMENTS) : `"${type}"`;
}

function fanOut(random: Random, rows: GeneratedRow[], target: SystemWords): void {
  const [first] = rows;
  if (first === undefined || !random.chance(0.093)) return;
  const [words] = PROPERTIES[random.between(0, PROPERTIES.length - 1)] ?? ['name'];
  rows.push([first[0], writePath(random, words, target), first[2]]);
}

function joinSources(random: Random, rows: GeneratedRow[], source: SystemWords): void {
  const last = rows.at(-1);
  if (last === undefined || !random.chance(0.114)) return;
  for (let more = random.between(1, 2); more > 0; more--) {
    const [words] = PROPERTIES[random.between(0, PROPERTIES.length - 1)] ?? ['name'];
    rows.push([writePath(random, words, source), last[1], last[2]]);
  }
}
