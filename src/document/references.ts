import { plainText } from './inline.js';
import type { Line } from './lines.js';

/** What a document defines for use elsewhere in it: `.. |name| replace:: words` and `.. _name: target`. */
export type References = { substitutions: ReadonlyMap<string, string>; targets: Set<string> };

export const NO_REFERENCES: References = { substitutions: new Map(), targets: new Set() };

/** A longer replacement is left out: what a document expands to stays in proportion to what it holds. */
const LONGEST = 300;

/** References are matched without regard to case and white space. */
export const refName = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Collects definitions from anywhere in the document; a use may stand before its definition. */
export function collectReferences(lines: Line[]): References {
  const substitutions = new Map<string, string>();
  const targets = new Set<string>();
  lines.forEach(({ text, indent }, index) => {
    const definition = readDefinition(text.slice(indent));
    if (definition === null) {
      const target = /^\.\. _(?:`([^`]+)`|((?:[^:\\]|\\.)+)):(?:\s|$)/.exec(text.slice(indent));
      const name = target?.[1] ?? target?.[2];
      if (name !== undefined) targets.add(refName(name));
      return;
    }
    const further = definition.kind === 'replace' ? continuation(lines, index + 1, indent) : [];
    const words = [definition.words, ...further].join(' ').trim();
    if (words.length <= LONGEST) substitutions.set(refName(definition.name), words);
  });
  for (const [name, words] of substitutions) substitutions.set(name, plainText(words, NO_REFERENCES));
  return { substitutions, targets };
}

/** A definition of a kind that is understood, or null; an image gives the words that stand for it. */
export function readDefinition(text: string): { name: string; kind: string; words: string } | null {
  const match = /^\.\. \|([^|\s](?:[^|]*[^|\s])?)\|\s+(replace|unicode|image)::(?:\s|$)(.*)/.exec(text);
  if (match === null) return null;
  const [, name = '', kind = '', rest = ''] = match;
  if (kind === 'image') return { name, kind, words: '' };
  return { name, kind, words: kind === 'unicode' ? characters(rest) : rest.trim() };
}

function continuation(lines: Line[], from: number, indent: number): string[] {
  const found: string[] = [];
  for (const line of lines.slice(from, from + LONGEST)) {
    if (line.indent <= indent) break;
    found.push(line.text.trim());
  }
  return found;
}

const CODE = /^(?:0x|x|\\x|U\+|u|\\u)([0-9a-f]{1,6})$|^&#x([0-9a-f]{1,6});$|^(\d{1,7})$/i;

/** `0x2D U+20AC 65 .. a comment` is the characters of those codes; other words stand for themselves. */
function characters(text: string): string {
  return text
    .replace(/\s\.\.(?:\s.*)?$/, '')
    .split(/\s/)
    .map((word) => {
      const match = CODE.exec(word);
      const code = match?.[3] === undefined ? Number.parseInt(match?.[1] ?? match?.[2] ?? '', 16) : +match[3];
      return code <= 0x10ffff ? String.fromCodePoint(code) : word;
    })
    .join('');
}
