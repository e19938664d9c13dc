import { availableParallelism } from 'node:os';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import { writeWhole } from '../../src/files/write-file.js';
import { keptJudgements, pathOf, renderKept, type JudgementFile } from './kept-judgements.js';

type Share = { nth: number; of: number };

/** Without arguments all kept lines are written anew; with a part of a key, the whole text of what it names is printed. */
const [part] = process.argv.slice(2);
if (!isMainThread) await writeShare(workerData as Share);
else if (part === undefined) await Promise.all(shares().map(inThread));
else await print(part);

function shares(): Share[] {
  const of = availableParallelism();
  return Array.from({ length: of }, (_, nth) => ({ nth, of }));
}

function inThread(share: Share): Promise<void> {
  return new Promise((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: share })
      .on('error', reject)
      .on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
  });
}

async function writeShare({ nth, of }: Share): Promise<void> {
  const files = dealt(await keptJudgements(), of)[nth] ?? [];
  for (const file of files) await writeWhole(pathOf(file.name), await renderKept(file));
}

/** Every file in one share: the largest first, each to the share that has least, so that all take about as long. */
function dealt(files: JudgementFile[], of: number): JudgementFile[][] {
  const shares = Array.from({ length: of }, () => ({ files: [] as JudgementFile[], judgements: 0 }));
  for (const file of files.toSorted((a, b) => b.judgements.length - a.judgements.length)) {
    const [least] = shares.toSorted((a, b) => a.judgements - b.judgements);
    least?.files.push(file);
    if (least !== undefined) least.judgements += file.judgements.length;
  }
  return shares.map((share) => share.files);
}

async function print(named: string): Promise<void> {
  for (const { name, judgements } of await keptJudgements())
    for (const { key, text } of judgements)
      if (key.includes(named)) console.log(`${name}: ${key}\n${await text()}\n`);
}
