import { join } from 'node:path';
import { writeWhole } from '../../files/write-file.js';
import { FAULTS } from '../../proof/faults/catalogue.js';
import type { Fault } from '../../proof/faults/fault.js';
import { medianOf, type HuntRecord, type HuntRow } from '../../proof/simulation/hunt-record.js';
import { NOT_HISTORIES } from '../../proof/simulation/not-histories.js';
import { EXIT } from '../exit-codes.js';
import { shown } from '../package-root.js';
import { createProgress, isInteractive } from '../progress.js';
import type { SimulationOptions } from './execute.js';
import { renderHuntMarkdown } from './hunt-markdown.js';
import { needWritable } from './need-writable.js';
import { Pool } from './pool.js';

/** Plays histories against each faulty sync until one fails; 0 only when every fault was found on most seeds. */
export async function executeHunt(
  options: SimulationOptions & { hunts: number; docs: string | null },
): Promise<number> {
  await needWritable(options.outDir);
  const started = performance.now();
  const seeds = Array.from({ length: options.hunts }, (_none, index) => options.seed + index);
  const hunted = FAULTS.filter((fault) => NOT_HISTORIES[fault.id] === undefined);
  const pool = new Pool(options.threads);
  const progress = createProgress(hunted.length, process.stderr, isInteractive(process.stderr), 'faults');
  let faults: HuntRow[];
  try {
    faults = await Promise.all(
      hunted.map(async (fault) => {
        const row = await huntFault(pool, fault, seeds, options);
        if (!options.json) progress.step('', row.median === null ? 'failed' : 'verified');
        return row;
      }),
    );
  } finally {
    await pool.close();
    progress.done();
  }
  const record: HuntRecord = {
    schema: 'syncproof.simulation-faults/1',
    seeds,
    most: options.runs,
    length: options.length,
    durationMs: Math.round(performance.now() - started),
    faults,
    notHistories: FAULTS.flatMap(({ id, title }) => {
      const reason = NOT_HISTORIES[id];
      return reason === undefined ? [] : [{ id, title, reason }];
    }),
    summary: {
      hunted: faults.length,
      found: faults.filter((row) => row.median !== null).length,
      median: medianOf(faults.map((row) => row.median)),
    },
  };
  const path = join(options.outDir, 'simulation-faults.json');
  await writeWhole(path, `${JSON.stringify(record, null, 2)}\n`);
  if (options.docs !== null) await writeWhole(options.docs, renderHuntMarkdown(record));
  process.stdout.write(`${options.json ? JSON.stringify(record, null, 2) : render(record, shown(path))}\n`);
  return record.summary.found === record.summary.hunted ? EXIT.ok : EXIT.failed;
}

async function huntFault(
  pool: Pool,
  fault: Fault,
  seeds: number[],
  { setting, length, runs }: SimulationOptions,
): Promise<HuntRow> {
  const found = await Promise.all(
    seeds.map((seed) =>
      pool.do<'hunt'>({ kind: 'hunt', setting: { ...setting, fault: fault.id }, seed, length, most: runs }),
    ),
  );
  const histories = found.map((one) => one?.histories ?? null);
  return {
    id: fault.id,
    title: fault.title,
    breaks: fault.breaks,
    policies: fault.policies ?? {},
    histories,
    median: medianOf(histories),
    invariants: [...new Set(found.flatMap((one) => one?.invariant ?? []))],
  };
}

function render(record: HuntRecord, path: string): string {
  const row = ({ id, title, median, histories, invariants }: HuntRow) =>
    [
      String(id).padStart(5),
      (median === null ? 'not found' : String(median)).padStart(9),
      `${histories.filter((one) => one !== null).length} of ${histories.length}`.padStart(7),
      invariants.join(', ').padEnd(16),
      title,
    ].join('  ');
  const { hunted, found, median } = record.summary;
  return [
    'fault     median    found  invariants        what is broken',
    ...record.faults.map(row),
    '',
    ...record.notHistories.map(
      ({ id, title, reason }) => `${id}, "${title}", is no matter of histories: ${reason}`,
    ),
    '',
    `${found} of ${hunted} faults found, in ${median ?? 'more than ' + record.most} histories by the median of all; seeds ${record.seeds.join(', ')}`,
    `  ${path}`,
  ].join('\n');
}
