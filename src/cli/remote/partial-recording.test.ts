import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RecordedExchange } from '../../drivers/recorded/recording-fetch.js';
import { Redactor } from '../../drivers/remote/redact.js';
import { PARTIAL, partialIn, PartialRecording } from './partial-recording.js';
import { demandEmpty, readRecording } from './recording-file.js';

const folder = mkdtempSync(join(tmpdir(), 'syncproof-partial-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const exchange = (url: string): RecordedExchange => ({
  at: 1,
  ms: 2,
  method: 'GET',
  url,
  request: null,
  status: 200,
  headers: {},
  response: null,
  problem: null,
});
const open = () => new PartialRecording(folder, new Redactor(['s3cr3t-token'], 'zqtag'), 'zqtag');
const lines = () =>
  readFileSync(join(folder, PARTIAL), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('the first line says that it is partial, the others are what was exchanged', async () => {
  const partial = open();
  partial.add(exchange('http://a.test/1'));
  await partial.flush();
  partial.add(exchange('http://a.test/2'));
  await partial.flush();

  expect(lines()).toMatchObject([
    { schema: 'syncproof.partial/1', runTag: 'zqtag' },
    { url: 'http://a.test/1' },
    { url: 'http://a.test/2' },
  ]);
});

test('secrets are masked, also one that is learned of after the exchange was taken', async () => {
  const redactor = new Redactor(['s3cr3t-token'], 'zqtag');
  const partial = new PartialRecording(folder, redactor, 'zqtag');
  partial.add({ ...exchange('http://a.test/?key=s3cr3t-token'), response: { token: 'fresh-one-9' } });
  const flushed = partial.flush();
  redactor.add('fresh-one-9');
  await flushed;

  expect(readFileSync(join(folder, PARTIAL), 'utf8')).not.toMatch(/s3cr3t-token|fresh-one-9/);
});

test('a run that ends before its first check leaves no file', () => {
  open().add(exchange('http://a.test/1'));

  expect(existsSync(join(folder, PARTIAL))).toBe(false);
  expect(partialIn(folder)).toBeNull();
});

test.each([folder, join(folder, PARTIAL)])(
  'played back it is refused, and said to be partial',
  async (given) => {
    const partial = open();
    partial.add(exchange('http://a.test/1'));
    await partial.flush();

    await expect(readRecording(given)).rejects.toMatchObject({
      code: 'recording-partial',
      where: join(folder, PARTIAL),
      found: '1 exchanges of the checks that were finished',
    });
  },
);

test('no run is recorded over what is left of an earlier one', async () => {
  const partial = open();
  await partial.flush();

  expect(() => demandEmpty(folder)).toThrow('the folder holds a recording already');
});
