import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../files/write-file.js';
import type { CheckRecord, RunRecord, Verdict } from '../../run/record.js';
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

/** One run as a line of the history file; what it holds is read when it is asked for, since a line is long. */
export type HistoryLine = { text: string; uuid: string; timestamp: number };

const HEAD = /^\{"uuid":"([^"\\]+)",(?:"name":"(?:[^"\\]|\\.)*",)?"timestamp":(\d+),.*\}$/;

/** Earlier runs, oldest first, without this one; lines that are no history are left out. */
export async function readHistory(outDir: string, run: RunRecord): Promise<HistoryLine[]> {
  const text = await readFile(join(outDir, HISTORY_FILE), 'utf8').catch(() => '');
  const own = runUuid(run);
  const lines = text.split('\n').flatMap(headOf);
  return lines.filter(({ uuid }) => uuid !== own).slice(-RUNS_KEPT);
}

function headOf(text: string): HistoryLine[] {
  const [, uuid, timestamp] = HEAD.exec(text) ?? [];
  if (uuid !== undefined) return [{ text, uuid, timestamp: Number(timestamp) }];
  const point = pointOf(text);
  return point === null ? [] : [{ text, uuid: point.uuid, timestamp: point.timestamp }];
}

function pointOf(text: string): HistoryPoint | null {
  if (text.trim() === '') return null;
  try {
    return pointSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The lines that hold a run all through, as Allure needs them. */
export function soundLines(lines: HistoryLine[]): HistoryLine[] {
  return lines.filter(({ text }) => pointOf(text) !== null);
}

/** Replaces the history file by the lines given. */
export async function writeHistory(outDir: string, lines: HistoryLine[]): Promise<void> {
  const kept = lines.slice(-RUNS_KEPT).map(({ text }) => `${text}\n`);
  await writeWhole(join(outDir, HISTORY_FILE), kept.join(''));
}

/** This run as a line of Allure's history file; made from the record, so a rebuilt report adds nothing twice. */
export function historyLine(run: RunRecord): HistoryLine {
  const start = Date.parse(run.startedAt);
  const uuid = runUuid(run);
  const point = {
    uuid,
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
  return { text: JSON.stringify(point), uuid, timestamp: start };
}

/**
 * When each of these checks was last verified in an earlier run, by history id; ISO times. Reads the newest run first,
 * and no further than it must.
 */
export function lastVerified(lines: HistoryLine[], checks: CheckRecord[]): Map<string, string> {
  const last = new Map<string, string>();
  const open = new Set(checks.map(historyId));
  for (const { text, timestamp } of lines.toSorted((x, y) => y.timestamp - x.timestamp)) {
    if (open.size === 0) break;
    const results = pointOf(text)?.testResults ?? {};
    for (const id of open) {
      if (results[id]?.status !== 'passed') continue;
      last.set(id, new Date(timestamp).toISOString());
      open.delete(id);
    }
  }
  return last;
}
