/** The known word that is closest to a misspelt one, or null when none is close. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** The known word of which another is a slip of the pen: two letters changed places, one is wrong, or the case differs. */
export function slipOf(word: string, known: Iterable<string>): string | null {
  const letters = (text: string) => [...text.toLowerCase()].toSorted().join('');
  for (const candidate of known) {
    const isSameButNumber = word.replace(/\d+$/, '') === candidate.replace(/\d+$/, '');
    if (isSameButNumber) continue;
    if (letters(word) === letters(candidate) || editDistance(word.toLowerCase(), candidate.toLowerCase()) < 2)
      return candidate;
  }
  return null;
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
