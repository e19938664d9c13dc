import { expect, test } from 'vitest';
import { keptJudgements, readKept, shorten } from './kept-judgements.js';

for (const { name, judgements } of await keptJudgements()) {
  const kept = readKept(name);
  for (const { key, text } of judgements) {
    test(`${name}: ${key} is as it was: \`npm run regen\` shows the difference`, async () => {
      expect(shorten(await text())).toBe(kept.get(key));
    });
  }
}
