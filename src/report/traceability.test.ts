import { expect, test } from 'vitest';
import { historyId } from './identity.js';
import { mixedRun, runRecord } from './testing/run-fixture.js';
import { renderTraceability } from './traceability.js';

/** RFC 4180: quoted fields, doubled quotes, CRLF. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    if (match.index === 0 || text.slice(0, match.index).endsWith('\r\n')) records.push([]);
    records.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return records;
}

const timeOf = (csv: string, at: number) => readCsv(csv)[at + 1]?.[11];

test('a record per sentence in document order, as it stands in the run', () => {
  const run = mixedRun();
  const [header, ...all] = readCsv(renderTraceability(run));
  const records = all.filter((one) => one[3] !== 'gate');

  expect(header?.slice(0, 5)).toEqual(['sentence', 'line', 'pair', 'form', 'checks']);
  expect(records.map((one) => one[0])).toEqual(run.sentences.map((one) => one.sentence));
  expect(records.map((one) => one[10])).toEqual(run.sentences.map((one) => one.verdict));
  expect(all.every((one) => one.length === header?.length)).toBe(true);
});

test('the rules of the gate stand after the sentences', () => {
  const run = mixedRun();
  const rules = readCsv(renderTraceability(run)).filter((one) => one[3] === 'gate');

  expect(rules.map((one) => [one[0], one[10]])).toEqual(
    run.gate.results.map(({ rule, passed }) => [rule, passed ? 'passed' : 'not passed']),
  );
});

test.each(['a,"b"\r\nc', '=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', 'plain'])(
  'the text %j comes back, and no spreadsheet runs it',
  (text) => {
    const run = runRecord();
    const [sentence] = run.sentences;
    if (sentence !== undefined) sentence.sentence = text;
    const field = readCsv(renderTraceability(run))[1]?.[0] ?? '';

    expect(field.replace(/^'/, '')).toBe(text);
    expect(field).not.toMatch(/^\s*[=+\-@\t]/);
  },
);

test('last verified is this run, or the oldest of the checks behind the sentence', () => {
  const run = mixedRun();
  const failing = run.sentences.findIndex((one) => one.verdict === 'failed');
  const failed = run.checks.filter((one) => one.verdict === 'failed');
  const earlier = new Map(failed.map((one) => [historyId(one), '2026-11-01T00:00:00.000Z']));

  expect(timeOf(renderTraceability(run), 0)).toBe(run.startedAt);
  expect(timeOf(renderTraceability(run), failing)).toBe('');
  expect(timeOf(renderTraceability(run, earlier), failing)).toBe('2026-11-01T00:00:00.000Z');
});
