import { writeWhole } from '../../src/files/write-file.js';
import { keptJudgements, pathOf, renderKept } from './kept-judgements.js';

/** Without arguments all kept lines are written anew; with a part of a key, the whole text of what it names is printed. */
const [part] = process.argv.slice(2);
for (const file of await keptJudgements()) {
  if (part === undefined) await writeWhole(pathOf(file.name), await renderKept(file));
  else
    for (const { key, text } of file.judgements)
      if (key.includes(part)) console.log(`${file.name}: ${key}\n${await text()}\n`);
}
