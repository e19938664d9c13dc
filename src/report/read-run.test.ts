import { expect, test } from 'vitest';
import { parseRun, readRun } from './read-run.js';
import { hostileRun } from './testing/hostile-run.js';
import { mixedRun } from './testing/run-fixture.js';

test('a record comes back as it was written', () => {
  for (const run of [mixedRun(), hostileRun()])
    expect(parseRun(JSON.stringify(run), 'run.json')).toEqual(run);
});

test.each<[string, string, RegExp]>([
  ['empty', '', /no complete JSON/],
  ['cut off', JSON.stringify(mixedRun()).slice(0, 5000), /no complete JSON/],
  [
    'another version',
    JSON.stringify({ ...mixedRun(), schema: 'syncproof.run/2' }),
    /schema "syncproof.run\/2"/,
  ],
  ['no record at all', '[]', /no schema/],
  ['a field missing', JSON.stringify({ ...mixedRun(), seed: undefined }), /at seed/],
  [
    'an unknown verdict',
    JSON.stringify(mixedRun()).replace('"verdict":"failed"', '"verdict":"fine"'),
    /verdict/,
  ],
  [
    'a summary that lies',
    JSON.stringify({ ...mixedRun(), summary: { ...mixedRun().summary, failed: 0 } }),
    /does not agree/,
  ],
])('%s is one clear error with the path and a remedy', (_, text, words) => {
  expect(() => parseRun(text, 'x/run.json')).toThrow(words);
  expect(() => parseRun(text, 'x/run.json')).toThrow(/^x\/run\.json: /);
});

test('a missing file says so', async () => {
  await expect(readRun('/nowhere/run.json')).rejects.toThrow(/cannot be read \(ENOENT\)/);
});
