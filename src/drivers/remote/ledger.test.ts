import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Ledger, type LedgerHead, type LedgerLine } from './ledger.js';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
const HEAD: LedgerHead = {
  schema: 'syncproof.ledger/1',
  tag: 'zqabcdef',
  startedAt: '2026-01-15T09:00:00.000Z',
  document: 'doc.rst',
  reverse: null,
  profile: 'p.yaml',
  systems: { a: 'Webshop http://127.0.0.1:1', b: 'CRM http://127.0.0.1:2' },
};
const made = (id: string): LedgerLine => ({
  event: 'made',
  side: 'a',
  entity: 'Customer',
  tag: 'zqabcdef',
  id,
});
const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a new ledger begins with its head, in a folder that it makes', async () => {
  const path = join(folder, 'new', 'ledger-zqabcdef.jsonl');

  const ledger = await Ledger.open(path, HEAD);

  expect(linesOf(path)).toEqual([HEAD]);
  await ledger.close();
});

test('a line is on the disk when its promise is kept', async () => {
  const path = join(folder, 'kept.jsonl');
  const ledger = await Ledger.open(path, HEAD);

  await ledger.write({ event: 'making', side: 'b', entity: 'Order', tag: 'zqabcdef' });

  expect(linesOf(path).at(-1)).toEqual({ event: 'making', side: 'b', entity: 'Order', tag: 'zqabcdef' });
  await ledger.close();
});

test('lines written at the same time all come, whole and in order', async () => {
  const path = join(folder, 'many.jsonl');
  const ledger = await Ledger.open(path, HEAD);
  const ids = Array.from({ length: 200 }, (_, index) => String(index));

  await Promise.all(ids.map((id) => ledger.write(made(id))));
  await ledger.close();

  expect(linesOf(path).slice(1)).toEqual(ids.map(made));
});

test('closing waits for what is being written', async () => {
  const path = join(folder, 'closing.jsonl');
  const ledger = await Ledger.open(path, HEAD);

  const written = ledger.write(made('last'));
  await ledger.close();
  await written;

  expect(linesOf(path).at(-1)).toEqual(made('last'));
});

test('an old ledger is gone on with: its lines stay', async () => {
  const path = join(folder, 'old.jsonl');
  writeFileSync(path, `${JSON.stringify(HEAD)}\n`);
  const ledger = await Ledger.open(path, null);

  await ledger.write({ event: 'clean', at: '2026-01-15T10:00:00.000Z' });
  await ledger.close();

  expect(linesOf(path)).toEqual([HEAD, { event: 'clean', at: '2026-01-15T10:00:00.000Z' }]);
});

test('a line that cannot be written breaks its promise, so that no record is made', async () => {
  const ledger = await Ledger.open(join(folder, 'broken.jsonl'), HEAD);
  await ledger.close();

  await expect(ledger.write(made('1'))).rejects.toThrow(/closed|EBADF/);
});

test('a ledger that cannot be opened is told at once', async () => {
  writeFileSync(join(folder, 'file'), '');

  await expect(Ledger.open(join(folder, 'file', 'ledger.jsonl'), HEAD)).rejects.toThrow(/ENOTDIR|EEXIST/);
});
