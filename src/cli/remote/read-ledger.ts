import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../../document/input-error.js';
import type { LedgerHead } from '../../drivers/remote/ledger.js';

export type ReadLedger = {
  path: string;
  head: LedgerHead;
  /** `<side> <entity> <id>` of records that were made and not seen to be gone. */
  made: Set<string>;
  isClean: boolean;
};

const side = z.enum(['a', 'b']);
const head = z.strictObject({
  schema: z.literal('syncproof.ledger/1'),
  tag: z.string().regex(/^[a-z]{6,12}$/),
  startedAt: z.string(),
  document: z.string().min(1),
  reverse: z.string().nullable(),
  profile: z.string().min(1),
  systems: z.strictObject({ a: z.string(), b: z.string() }),
});
const record = { side, entity: z.string(), id: z.string() };
const line = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('making'), side, entity: z.string(), tag: z.string() }),
  z.strictObject({ event: z.literal('made'), ...record, tag: z.string() }),
  z.strictObject({ event: z.literal('gone'), ...record }),
  z.strictObject({ event: z.literal('clean'), at: z.string() }),
]);

/** Reads a ledger; a last line that a crash cut off is passed over. Errors: `InputError` for anything else. */
export async function readLedger(path: string): Promise<ReadLedger> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw broken(path, 1, error.code === 'ENOENT' ? 'no such file' : error.message);
  });
  const lines = text.split('\n');
  const isCut = lines.at(-1) !== '';
  const whole = lines.slice(0, -1);
  const first = head.safeParse(parse(whole[0] ?? ''));
  if (!first.success)
    throw broken(path, 1, isCut && whole.length === 0 ? 'a line that is cut off' : 'no head of a ledger');
  const read: ReadLedger = { path, head: first.data, made: new Set(), isClean: false };
  whole.slice(1).forEach((entry, index) => {
    const one = line.safeParse(parse(entry));
    if (!one.success) throw broken(path, index + 2, entry.slice(0, 80));
    read.isClean = one.data.event === 'clean';
    if (one.data.event === 'made') read.made.add(`${one.data.side} ${one.data.entity} ${one.data.id}`);
    if (one.data.event === 'gone') read.made.delete(`${one.data.side} ${one.data.entity} ${one.data.id}`);
  });
  return read;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function broken(path: string, at: number, found: string): InputError {
  return new InputError({
    code: 'no-ledger',
    message: `${path} is no ledger of a run`,
    where: `${path}:${at}`,
    expected: 'a file ledger-<run>.jsonl that syncproof run --target remote wrote',
    found,
    remedy: 'give the right file with --ledger, or the folder of the reports with --out',
  });
}
