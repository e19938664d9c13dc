import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../document/input-error.js';
import type { RecordedExchange } from '../../drivers/recorded/recording-fetch.js';
import type { RecordedWorld } from '../../drivers/recorded/recording.js';
import { writeWhole } from '../../files/write-file.js';
import { PARTIAL, partialIn } from './partial-recording.js';

const RECORDING = 'recording.jsonl';
const EXCHANGES = 'exchanges.jsonl';

const answer = z.enum(['yes', 'no', 'unknown']);
const facts = z.strictObject({ bumpsOnNoChange: answer, nullUntilUpdate: answer });

const head = z.strictObject({
  schema: z.literal('syncproof.recording/1'),
  /** Version of the tool, and a digest of what judges in it. */
  tool: z.strictObject({ version: z.string(), judges: z.string() }),
  document: z.strictObject({ path: z.string(), sha256: z.string(), isBundled: z.boolean() }),
  reverse: z.strictObject({ path: z.string(), sha256: z.string() }).nullable(),
  profile: z.strictObject({ path: z.string(), sha256: z.string(), isGiven: z.boolean() }),
  runTag: z.string(),
  target: z.string(),
  seed: z.number(),
  repeat: z.number(),
  checks: z.array(z.string()),
  /** Why it ended early; null when every check was judged. */
  interrupted: z.string().nullable(),
  /** Epoch ms. */
  started: z.number(),
  ended: z.number(),
  capabilities: z.array(z.string()),
  /** How the systems keep their update times, as the profile says or the run found out. */
  facts: z.strictObject({ a: facts, b: facts }),
  latencies: z.array(z.strictObject({ check: z.string(), ms: z.number() })),
  latencyBoundMs: z.number(),
  problems: z.array(z.string()),
  drift: z.array(
    z.strictObject({ system: z.string(), entity: z.string(), path: z.string(), what: z.string() }),
  ),
  /** How long each check took in the run, ms. */
  durations: z.record(z.string(), z.number()),
  worlds: z.number(),
  /** Of the lines of the worlds. */
  sha256: z.string(),
});

const world = z.looseObject({
  purpose: z.string(),
  nth: z.number(),
  tag: z.string().nullable(),
  calls: z.array(z.looseObject({ call: z.string() })),
  exchanges: z.array(z.looseObject({ seq: z.number() })),
});

export type RecordingHead = z.infer<typeof head>;
export type Recording = { path: string; head: RecordingHead; worlds: RecordedWorld[] };

/** Refuses a folder that holds a recording already, or what is left of one. Errors: `InputError`. */
export function demandEmpty(folder: string): void {
  const name = [RECORDING, PARTIAL].find((one) => existsSync(join(folder, one)));
  if (name === undefined) return;
  throw new InputError({
    code: 'recording-there',
    message: 'the folder holds a recording already',
    where: join(folder, name),
    expected: 'a folder without one, or none',
    found: name,
    remedy: 'give another folder with --record, or remove the old recording',
  });
}

/** Writes a recording and all exchanges of its run. */
export async function writeRecording(
  folder: string,
  about: Omit<RecordingHead, 'worlds' | 'sha256'>,
  worlds: RecordedWorld[],
  exchanges: RecordedExchange[],
): Promise<void> {
  const body = linesOf(worlds);
  const first: RecordingHead = { ...about, worlds: worlds.length, sha256: digestOf(body) };
  await writeWhole(join(folder, EXCHANGES), linesOf(exchanges));
  await writeWhole(join(folder, RECORDING), `${JSON.stringify(first)}\n${body}`);
}

/** Reads a recording that is whole. Errors: `InputError`. */
export async function readRecording(folder: string): Promise<Recording> {
  const path = join(folder, RECORDING);
  if (!existsSync(path)) refusePartial(folder);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw broken(`${path}:1`, error.code === 'ENOENT' ? 'no such file' : error.message);
  });
  const cut = text.indexOf('\n');
  const first = head.safeParse(parse(text.slice(0, Math.max(cut, 0))));
  if (!first.success) throw broken(`${path}:1`, `no head of a recording (${fieldOf(first.error)})`);
  const body = text.slice(cut + 1);
  if (digestOf(body) !== first.data.sha256)
    throw broken(`${path}:2`, 'lines that are not those of the run: the file is damaged or was changed');
  const worlds = body
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const one = world.safeParse(parse(line));
      if (!one.success) throw broken(`${path}:${index + 2}`, `no world of a run (${fieldOf(one.error)})`);
      return one.data as unknown as RecordedWorld;
    });
  return { path, head: first.data, worlds };
}

/** The folder, or the very file, of a run that was killed. */
function refusePartial(given: string): void {
  const folder = basename(given) === PARTIAL ? dirname(given) : given;
  const count = partialIn(folder);
  if (count === null) return;
  throw new InputError({
    code: 'recording-partial',
    message: 'the recording is partial: its run did not come to its end',
    where: join(folder, PARTIAL),
    expected: `${RECORDING}, which a run writes when it ends`,
    found: `${count} exchanges of the checks that were finished`,
    remedy: 'read them there, run syncproof cleanup, and record the run again into another folder',
  });
}

const linesOf = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const fieldOf = (error: z.ZodError) => error.issues[0]?.path.join('.') || 'not JSON';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function broken(where: string, found: string): InputError {
  return new InputError({
    code: 'no-recording',
    message: 'this is no recording of a run',
    where,
    expected: `a folder with the file ${RECORDING} that syncproof run --target remote --record wrote`,
    found,
    remedy: 'give the folder that was given to --record, or record the run again',
  });
}
