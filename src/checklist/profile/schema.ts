import { z } from 'zod';
import { remoteSchema } from './remote-schema.js';
import { systemSchema } from './system-schema.js';

const json = z.json();
const side = z.enum(['a', 'b']);

const plainTransforms = [
  z.strictObject({ kind: z.literal('identity') }),
  z.strictObject({ kind: z.literal('decimal-minor'), scale: z.int().min(0).max(6) }),
  z.strictObject({ kind: z.literal('iso-epoch') }),
  z.strictObject({ kind: z.literal('date-epoch') }),
  z.strictObject({ kind: z.literal('decimal-number'), scale: z.int().min(0).max(6) }),
  z.strictObject({ kind: z.literal('enum'), pairs: z.array(z.tuple([z.string(), z.string()])).min(1) }),
  z.strictObject({ kind: z.literal('boolean-enum'), yes: z.string(), no: z.string() }),
  z.strictObject({ kind: z.literal('joined-list'), separator: z.string().min(1) }),
  z.strictObject({ kind: z.literal('reference'), pair: z.string() }),
  z.strictObject({
    kind: z.literal('cast'),
    to: z.enum(['string', 'integer', 'float', 'decimal', 'boolean', 'list']),
  }),
  z.strictObject({ kind: z.literal('datetime-format'), format: z.string() }),
  z.strictObject({ kind: z.literal('replace'), from: z.string().min(1), to: z.string() }),
  z.strictObject({ kind: z.literal('placeholder'), placeholder: z.string() }),
  z.strictObject({ kind: z.literal('strip-first-word'), pattern: z.string(), separator: z.string() }),
  z.strictObject({ kind: z.literal('integer-unless-text'), literal: z.string() }),
] as const;

const rowShape = {
  source: z.string().min(1),
  target: z.string().min(1),
  slug: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  /** Pairs of a value on the source side and its counterpart on the target side. */
  examples: z.array(z.tuple([json, json])).default([]),
  direction: z.enum(['both', 'a-to-b', 'b-to-a']).default('both'),
  precedence: z.int().optional(),
  /** The row holds for records whose property holds this value. */
  only: z.array(z.strictObject({ side, path: z.string().min(1), value: z.string() })).optional(),
};

const lineRow = z.strictObject({
  ...rowShape,
  transform: z.discriminatedUnion('kind', plainTransforms).default({ kind: 'identity' }),
});

const lines = z.strictObject({ kind: z.literal('lines'), rows: z.array(lineRow).min(1) });

const row = z.strictObject({
  ...rowShape,
  transform: z.discriminatedUnion('kind', [...plainTransforms, lines]).default({ kind: 'identity' }),
});

/** Policies as the profile may set them; what is left out keeps the default. */
export const policiesSchema = z
  .strictObject({
    conflict: z.enum(['newest-edit', 'side-a-wins', 'side-b-wins', 'keep-for-review']),
    tie: side,
    clockToleranceMs: z.int().min(0),
    delete: z.enum(['ignore', 'propagate', 'unlink']),
    deleteVersusEdit: z.enum(['edit-wins', 'delete-wins']),
    emptyOnMerge: z.enum(['keep-value', 'overwrite']),
    emptyAfterwards: z.enum(['propagate', 'never-overwrite']),
    ambiguousMatch: z.enum(['report', 'first', 'newest']),
    noMatch: z.enum(['create', 'wait']),
    scopeExit: z.enum(['keep', 'unlink']),
    longText: z.enum(['report', 'truncate']),
    unknownEnum: z.enum(['report']),
    severalSources: z.enum(['first-with-value']),
    writeBudget: z.int().min(1),
    latencyMs: z.int().min(1),
  })
  .partial();

const matchPart = z.strictObject({
  source: z.string(),
  target: z.string(),
  normalise: z.enum(['none', 'case-insensitive']).default('none'),
});

/** When records are created on the other side, where a sentence names a condition or a connection. */
const conditions = {
  when: z.strictObject({ path: z.string(), equals: json, meets: json, fails: json }).optional(),
  connected: z.array(z.strictObject({ pair: z.string(), path: z.string() })).optional(),
};

const pair = z.strictObject({
  source: z.string(),
  target: z.string(),
  slug: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
  owner: z.string().optional(),
  severity: z.enum(['blocker', 'critical', 'normal', 'minor']).optional(),
  /** Each inner list is one combination that must match as a whole. */
  match: z.array(z.array(matchPart).min(1)).optional(),
  rows: z.array(row).default([]),
  ...conditions,
  /** The same for the reverse document: properties are those of the target side, whose records it creates from. */
  back: z.strictObject(conditions).optional(),
  policies: policiesSchema.default({}),
});

/** Rules that a run must meet beside those that always hold; see docs/reading-a-report.md. */
export const gateSchema = z
  .strictObject({
    minVerified: z.int().min(0).describe('At least so many checks must be verified.'),
    allowNotTestable: z
      .union([z.boolean(), z.array(z.string().min(1))])
      .describe('false: none; a list: only checks whose reason holds one of its texts.'),
    sentencesCovered: z
      .boolean()
      .describe('Each sentence has checks or a reason why it has none; on unless set to false.'),
    maxCheckMs: z.int().min(1).describe('Longest time that one check may take, in ms.'),
    noContractDrift: z.boolean().describe('true: no finding says that the contract of a system drifted.'),
    proofComplete: z
      .boolean()
      .describe('true: reports/proof.json is of this document and each deliberate fault was caught.'),
  })
  .partial();

export const waiverSchema = z.strictObject({
  check: z.string(),
  fingerprint: z.string(),
  reason: z.string().min(1),
  owner: z.string().min(1),
  expires: z.iso.date(),
});

export const profileSchema = z.strictObject({
  /** Exactly two: the source system first, then the target system. Keys are the short names in check ids. */
  systems: z
    .record(z.string().regex(/^[a-z0-9-]+$/), systemSchema)
    .refine((systems) => Object.keys(systems).length === 2, 'exactly two systems, source first'),
  policies: policiesSchema.default({}),
  pairs: z.array(pair).default([]),
  remote: remoteSchema.optional(),
  gate: gateSchema.default({}),
  waivers: z.array(waiverSchema).default([]),
});

export type Profile = z.output<typeof profileSchema>;
export type ProfilePair = Profile['pairs'][number];
export type ProfileRow = ProfilePair['rows'][number];

/** JSON Schema of a profile file, for completion and checking in editors. */
export function profileJsonSchema(): unknown {
  return {
    title: 'syncproof profile',
    ...z.toJSONSchema(profileSchema, { io: 'input', target: 'draft-07' }),
  };
}
