import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../files/write-file.js';
import type { RunRecord, Verdict } from '../../run/record.js';
import { historyId, resultUuid, runUuid, testCaseId } from '../identity.js';

export const HISTORY_FILE = 'history.jsonl';
const RUNS_KEPT = 30;

const STATUS: Record<Verdict, string> = {
  verified: 'passed',
  failed: 'failed',
  error: 'broken',
  'not-testable': 'skipped',
  waived: 'skipped',
};

const pointSchema = z.looseObject({
  uuid: z.string(),
  timestamp: z.number(),
  testResults: z.record(z.string(), z.looseObject({ status: z.string() })),
});
type HistoryPoint = z.infer<typeof pointSchema>;

/** Earlier runs, oldest first, without this one; lines that are no history are left out. */
export async function readHistory(outDir: string, run: RunRecord): Promise<HistoryPoint[]> {
  const text = await readFile(join(outDir, HISTORY_FILE), 'utf8').catch(() => '');
  const points = text.split('\n').flatMap(parsePoint);
  return points.filter((point) => point.uuid !== runUuid(run)).slice(-RUNS_KEPT);
}

function parsePoint(line: string): HistoryPoint[] {
  if (line.trim() === '') return [];
  try {
    const parsed = pointSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

/** Replaces the history file by the points given, one JSON object a line. */
export async function writeHistory(outDir: string, points: HistoryPoint[]): Promise<void> {
  const lines = points.slice(-RUNS_KEPT).map((point) => `${JSON.stringify(point)}\n`);
  await writeWhole(join(outDir, HISTORY_FILE), lines.join(''));
}

/** This run as a line of Allure's history file; made from the record, so a rebuilt report adds nothing twice. */
export function historyPoint(run: RunRecord): HistoryPoint {
  const start = Date.parse(run.startedAt);
  return {
    uuid: runUuid(run),
    name: run.document.title,
    timestamp: start,
    knownTestCaseIds: run.checks.map(testCaseId),
    testResults: Object.fromEntries(
      run.checks.map((check) => [
        historyId(check),
        {
          id: resultUuid(run, check),
          name: check.title,
          fullName: check.id,
          status: STATUS[check.verdict],
          start,
          stop: start + Math.round(check.durationMs),
          duration: Math.round(check.durationMs),
          url: '',
          historyId: historyId(check),
          reportLinks: [],
        },
      ]),
    ),
    metrics: {},
    url: '',
  };
}

/** When each check was last verified before this run, by history id; ISO times. */
export function lastVerified(points: HistoryPoint[]): Map<string, string> {
  const last = new Map<string, string>();
  for (const point of points.toSorted((x, y) => x.timestamp - y.timestamp)) {
    for (const [id, result] of Object.entries(point.testResults)) {
      if (result.status === 'passed') last.set(id, new Date(point.timestamp).toISOString());
    }
  }
  return last;
}
