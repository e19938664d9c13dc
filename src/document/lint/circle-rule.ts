import { canMatch } from '../merge-row.js';
import type { Pair } from '../model.js';
import { entityWord } from '../names.js';
import { finding, lineOf, type Rule } from './rule.js';

/** Sections that create only for records of each other, so that none of them ever creates the first one. */
export const CIRCLE_RULE: Rule = {
  code: 'connected-in-a-circle',
  severity: 'warning',
  about:
    'A section creates only for records connected to ones that it has to create itself, or that wait for it.',
  document: ({ document }) => {
    const fresh = document.pairs.filter((pair) => pair.repeatOf === null);
    return stuck(fresh).map((pair) =>
      finding(
        lineOf(pair, 'create-connected'),
        'every record that one must be connected to waits for such a record itself, so none is ever the first to be created',
        'name properties to merge on, or a connected entity that has a section without this condition',
        pair.headingText,
      ),
    );
  },
};

/** Goes from the sections that can start alone to those that can start once another one of a named entity did. */
function stuck(pairs: Pair[]): Pair[] {
  const sections = new Set(pairs.map(({ source }) => entityWord(source)));
  const waiting = new Map<string, Pair[]>();
  const left = new Set<Pair>();
  const started: Pair[] = [];
  for (const pair of pairs) {
    const named = connectedTo(pair).filter((word) => sections.has(word));
    if (named.length === 0 || pair.mergeRows.some(canMatch)) started.push(pair);
    else left.add(pair);
    for (const word of named) {
      const others = waiting.get(word);
      if (others === undefined) waiting.set(word, [pair]);
      else others.push(pair);
    }
  }
  for (const { source } of started) {
    const word = entityWord(source);
    const others = waiting.get(word);
    if (others === undefined) continue;
    for (const pair of others) if (left.delete(pair)) started.push(pair);
    waiting.delete(word);
  }
  return [...left];
}

const connectedTo = (pair: Pair): string[] =>
  pair.sentences
    .map((sentence) => sentence.connectedTo)
    .filter((entities) => entities !== undefined)
    .flatMap((entities) => entities.map(entityWord));
