import { z } from 'zod';

const side = z.enum(['a', 'b']);
const nat = z.int().nonnegative();
const ms = z.int();

/** Which calls of the sync a disturbance meets. */
const CALLS = ['read', 'list', 'create', 'update'] as const;
export type CallKind = (typeof CALLS)[number];

/** What happens to a call of the sync. `partial`: of several writes every second one is refused for the moment. */
export const TROUBLES = [
  'rate-limit',
  'server-error',
  'timeout',
  'lost-reply',
  'false-error',
  'refusal',
  'partial',
  'empty-page',
  'broken-page',
  'missing-field',
  'expired',
] as const;
export type Trouble = (typeof TROUBLES)[number];

const record = { side, pair: nat, pick: nat };
const met = { side, on: z.enum(CALLS), nth: nat.min(1) };

/**
 * One operation of a history, as plain data. `pick` chooses among the records that are there when the step is
 * played (from `NEWEST` on the newest first), `row` among the rows of the pair, `value` seeds the value that is written. A step that finds nothing to
 * work on does nothing.
 */
const stepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('create'), side, pair: nat, value: nat, sparse: z.boolean() }),
  z.strictObject({ kind: z.literal('counterpart'), ...record, value: nat, differs: nat }),
  z.strictObject({ kind: z.literal('recreate'), ...record }),
  z.strictObject({ kind: z.literal('edit'), ...record, row: nat, value: nat }),
  z.strictObject({
    kind: z.literal('edit-both'),
    pair: nat,
    pick: nat,
    row: nat,
    value: nat,
    first: side,
    gap: ms,
  }),
  z.strictObject({ kind: z.literal('no-op'), ...record }),
  z.strictObject({ kind: z.literal('clear'), ...record, row: nat }),
  z.strictObject({ kind: z.literal('unmapped'), ...record, value: nat }),
  z.strictObject({ kind: z.literal('change-key'), ...record, value: nat }),
  z.strictObject({
    kind: z.literal('line'),
    side,
    pick: nat,
    how: z.enum(['add', 'remove', 'quantity', 'replace', 'reorder', 'fill']),
    value: nat,
  }),
  z.strictObject({ kind: z.literal('merge'), ...record }),
  z.strictObject({ kind: z.literal('remove'), ...record }),
  z.strictObject({ kind: z.literal('restore'), ...record }),
  z.strictObject({
    kind: z.literal('page'),
    side,
    pair: nat,
    value: nat,
    over: z.int(),
  }),
  ...(['deliver', 'drop', 'duplicate', 'delay', 'release', 'reorder', 'redeliver'] as const).map((kind) =>
    z.strictObject({ kind: z.literal(kind) }),
  ),
  z.strictObject({ kind: z.literal('forge'), side, how: z.enum(['unsigned', 'stale']) }),
  z.strictObject({ kind: z.literal('poll') }),
  z.strictObject({ kind: z.literal('advance'), ms: ms.positive() }),
  z.strictObject({ kind: z.literal('skew'), side, ms }),
  z.strictObject({ kind: z.literal('trouble'), ...met, what: z.enum(TROUBLES), times: nat.min(1) }),
  z.strictObject({ kind: z.literal('race'), ...met, pair: nat, pick: nat, row: nat, value: nat }),
  z.strictObject({ kind: z.literal('kill'), ...met, when: z.enum(['before', 'after']) }),
  z.strictObject({ kind: z.literal('restart') }),
  z.strictObject({ kind: z.literal('two-workers') }),
  z.strictObject({ kind: z.literal('stabilise') }),
]);

export type Step = z.infer<typeof stepSchema>;
export type StepKind = Step['kind'];
export type EventStep = 'deliver' | 'drop' | 'duplicate' | 'delay' | 'release' | 'reorder' | 'redeliver';

/** Every kind of step; each must have been played at least once for a run to be green. */
export const STEP_KINDS: StepKind[] = stepSchema.options.flatMap((one) => [...one.shape.kind.values]);

/** What a history is about; decides which steps are likely, and what must have happened for it to tell anything. */
export const FOCUSES = [
  'edits',
  'conflicts',
  'events',
  'troubles',
  'crashes',
  'deletions',
  'linking',
  'pages',
  'orders',
  'clocks',
  'mixed',
] as const;
export type Focus = (typeof FOCUSES)[number];

const sides = z.strictObject({ a: z.int(), b: z.int() });

/** A whole history: what stood on both sides before the sync first ran, and what happened then. */
export const historySchema = z.strictObject({
  seed: nat,
  focus: z.enum(FOCUSES),
  pairs: z.array(z.string()).min(1),
  skewMs: sides,
  zoneMinutes: sides,
  /** Records of a page that the sync asks for; as the profile says where left out. */
  pageSize: z.int().positive().optional(),
  start: z.array(stepSchema),
  steps: z.array(stepSchema),
});
export type History = z.infer<typeof historySchema>;
