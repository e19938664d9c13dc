import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { gateSchema, waiverSchema } from '../checklist/profile/schema.js';
import { SENTENCE_FORMS } from '../document/model.js';
import { VERDICTS, type RunRecord } from '../run/record.js';

/** A run record that cannot be used: what is wrong with which file, and what to do. */
export class RunRecordError extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${path}: ${problem}. ${remedy}`);
    this.name = 'RunRecordError';
  }
}

const SCHEMA = 'syncproof.run/1';
const file = z.looseObject({ path: z.string(), sha256: z.string() });
const count = z.number().int().min(0);
const verdict = z.enum(VERDICTS);
const stored = z.looseObject({ id: z.string() }).nullable();
const sides = z.looseObject({ a: stored, b: stored });

const check = z.looseObject({
  id: z.string().min(1),
  title: z.string(),
  pair: z.string(),
  form: z.enum(SENTENCE_FORMS),
  scenario: z.string(),
  direction: z.string().nullable(),
  property: z.string().nullable(),
  value: z.string().nullable(),
  origin: z.enum(['document', 'profile']),
  document: z.literal('reverse').optional(),
  line: z.number().int(),
  sentence: z.string(),
  fingerprint: z.string(),
  policies: z.array(z.string()),
  invariants: z.array(z.string()),
  needs: z.array(z.string()),
  severity: z.enum(['blocker', 'critical', 'normal', 'minor']),
  verdict,
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
  replay: z.string(),
  steps: z.array(z.looseObject({ text: z.string(), status: z.enum(['passed', 'failed']) })),
  evidence: z
    .looseObject({
      exchanges: z.array(
        z.looseObject({
          seq: z.number(),
          method: z.string(),
          url: z.string(),
          status: z.number(),
          caller: z.string(),
        }),
      ),
      before: sides,
      after: sides,
      differences: z.array(z.looseObject({ path: z.string() })),
    })
    .nullable(),
  waiver: z.looseObject({ reason: z.string(), owner: z.string(), expires: z.string() }).nullable(),
  durationMs: z.number().min(0),
});

const run = z.looseObject({
  schema: z.literal(SCHEMA),
  tool: z.looseObject({ name: z.literal('syncproof'), version: z.string() }),
  document: file.extend({ title: z.string(), generated: z.string().nullable(), text: z.string() }),
  selection: z.looseObject({ of: count }).optional(),
  reverse: file.extend({ title: z.string(), text: z.string().optional() }).nullable(),
  profile: file.nullable(),
  target: z.string(),
  seed: z.number(),
  startedAt: z.iso.datetime({ offset: true }),
  durationMs: z.number().min(0),
  summary: z.looseObject({
    verified: count,
    failed: count,
    error: count,
    waived: count,
    notTestable: count,
    total: count,
  }),
  pairs: z.array(
    z.looseObject({
      slug: z.string(),
      source: z.string(),
      target: z.string(),
      line: z.number().int(),
      owner: z.string().nullable(),
    }),
  ),
  checks: z.array(check),
  sentences: z.array(
    z.looseObject({
      pair: z.string(),
      form: z.enum(SENTENCE_FORMS),
      document: z.literal('reverse').optional(),
      line: z.number().int(),
      sentence: z.string(),
      verdict,
      checks: z.array(z.string()),
      reason: z.string().nullable(),
    }),
  ),
  diagnostics: z.array(
    z.looseObject({
      severity: z.enum(['error', 'warning', 'info']),
      code: z.string(),
      line: z.number().int(),
      message: z.string(),
      remedy: z.string(),
    }),
  ),
  gate: z.looseObject({
    results: z.array(
      z.looseObject({ rule: z.string(), passed: z.boolean(), expected: z.string(), found: z.string() }),
    ),
    passed: z.boolean(),
    exitCode: z.number().int(),
  }),
  rows: z
    .array(
      z.looseObject({
        pair: z.string(),
        slug: z.string(),
        a: z.string(),
        b: z.string(),
        transform: z.string(),
        direction: z.enum(['both', 'a-to-b', 'b-to-a']),
        origin: z.enum(['document', 'profile']),
        line: z.int().nullable(),
      }),
    )
    .optional(),
  problems: z.array(z.string()).optional(),
  asked: z
    .looseObject({
      rules: gateSchema,
      waivers: z.array(waiverSchema),
      knownWaived: z.array(z.string()),
      proof: z.looseObject({ complete: z.boolean(), found: z.string() }).nullable(),
    })
    .optional(),
  shard: z
    .looseObject({
      index: z.int().min(1),
      count: z.int().min(1),
      of: count,
      checks: z.array(z.string()),
      coverage: z.array(
        z.looseObject({
          pair: z.string(),
          form: z.enum(SENTENCE_FORMS),
          document: z.literal('reverse').optional(),
          line: z.int(),
          sentence: z.string(),
          checks: z.array(z.string()),
          reason: z.looseObject({ reason: z.string(), remedy: z.string() }).nullable(),
        }),
      ),
    })
    .optional(),
});

/** Reads and checks `run.json`; throws `RunRecordError` for a missing, damaged or other file. */
export async function readRun(path: string): Promise<RunRecord> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new RunRecordError(
      path,
      `cannot be read (${why})`,
      'Run `syncproof run` first, or name its --out folder.',
    );
  }
  return parseRun(text, path);
}

/** As `readRun`, for a text that was read already. */
export function parseRun(text: string, path: string): RunRecord {
  const again = 'Run `syncproof run` again; the file must not be edited.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RunRecordError(path, 'is no complete JSON', again);
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== SCHEMA) {
    const found = schema === undefined ? 'no schema' : `schema ${JSON.stringify(schema)}`;
    throw new RunRecordError(
      path,
      `has ${found}, expected "${SCHEMA}"`,
      'Use the version of syncproof that wrote it.',
    );
  }
  const parsed = run.safeParse(value);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    const where = first === undefined ? '' : ` at ${first.path.join('.')}: ${first.message}`;
    throw new RunRecordError(path, `is not a run record${where}`, again);
  }
  requireSums(parsed.data, path, again);
  // The schema above keeps every field the type names; the nested JSON is kept as it is.
  return value as RunRecord;
}

function requireSums(record: z.infer<typeof run>, path: string, remedy: string): void {
  const of = (wanted: z.infer<typeof verdict>) =>
    record.checks.filter((one) => one.verdict === wanted).length;
  const { verified, failed, error, waived, notTestable, total } = record.summary;
  const agrees =
    verified === of('verified') &&
    failed === of('failed') &&
    error === of('error') &&
    waived === of('waived') &&
    notTestable === of('not-testable') &&
    total === record.checks.length;
  if (!agrees) throw new RunRecordError(path, 'has a summary that does not agree with its checks', remedy);
}
