import { createRandom, type Random } from './random.js';
import { generateSection, reverseSection, writeSection, type GeneratedSection } from './section.js';
import { SYSTEMS, type SystemWords } from './vocabulary.js';

/** `reverse` is the text of the document of the opposite direction, where the two are to be judged together. */
export type GeneratedDocument = { name: string; text: string; reverse?: string };

/**
 * Synthetic dataflow documents in the shape and the frequencies of the real corpus. Number 2n + 1 is the reverse of
 * number 2n. A document depends on the seed and its own number only, so a longer corpus begins with the shorter one.
 */
export function generateCorpus(seed: number, count: number): GeneratedDocument[] {
  return Array.from({ length: count }, (_, number) => generateDocument(seed, number));
}

/** One document of the corpus by its number. */
export function generateDocument(seed: number, number: number): GeneratedDocument {
  const random = createRandom(seed, number - (number % 2));
  const source = random.pick(SYSTEMS.filter(isNamed) as [SystemWords, ...SystemWords[]]);
  const isSelf = random.chance(0.03);
  const target = isSelf ? source : random.pick(SYSTEMS);
  const isOld = random.chance(0.4);
  const sections =
    random.chance(0.202) || target.title === '' ? [] : generateSections(random, source, target);
  const isReverse = number % 2 === 1;
  const stamp = `20${isOld ? '23' : '24'}-${String(random.between(1, 11)).padStart(2, '0')}-13 00:00:00`;
  const [from, to] = isReverse ? [target, source] : [source, target];
  const own = isReverse
    ? sections.map((section) => reverseSection(random, section, source, target))
    : sections;
  const name = `${String(number).padStart(4, '0')}-${slug(from.title)}-${slug(to.title)}`;
  return { name, text: writeDocument(own, from, to, stamp, isOld) };
}

/** A document together with its reverse. */
export function generateCouple(seed: number, number: number): GeneratedDocument {
  const back = number % 2 === 0 ? number + 1 : number - 1;
  return { ...generateDocument(seed, number), reverse: generateDocument(seed, back).text };
}

const isNamed = ({ title }: SystemWords) => title !== '';
const slug = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]/g, '') || 'unnamed';

/** One in three documents says some of its sections twice, as the real ones do. */
function generateSections(random: Random, source: SystemWords, target: SystemWords): GeneratedSection[] {
  let wanted = 1;
  while (wanted < 30 && random.chance(0.79)) wanted += 1;
  const sections: GeneratedSection[] = [];
  const seen = new Set<string>();
  for (let attempt = 0; sections.length < wanted && attempt < 3 * wanted; attempt++) {
    const section = generateSection(random, source, target);
    const key = `${section.source} to ${section.target}`;
    if (seen.has(key) && !random.chance(0.05)) continue;
    seen.add(key);
    sections.push(section);
  }
  if (random.chance(0.32)) sections.push(...sections.slice(0, random.between(1, sections.length)));
  return sections;
}

function writeDocument(
  sections: GeneratedSection[],
  from: SystemWords,
  to: SystemWords,
  stamp: string,
  isOld: boolean,
): string {
  const title = `${from.title} to ${to.title} Dataflow`;
  const rule = '='.repeat(title.length);
  const introduction = isOld ? 'Introduction.' : 'Introduction';
  const lines = [rule, title, rule, '', `Generated: ${stamp}`, '', introduction, '------------', ''];
  lines.push(
    `This made-up document describes how records flow from ${from.title} to ${to.title}. It was written by a generator, names no real product and serves for measuring and for testing alone. No part of it may be read as a promise about any system on the market today.`,
    '',
  );
  for (const section of sections) lines.push(...writeSection(section, from, to));
  return `${lines.join('\r\n')}\r\n`;
}
