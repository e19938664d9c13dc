import type { SyncStages } from '../../src/drivers/in-process.js';

/**
 * A deliberate defect: the stages that it replaces, what the checks that may turn red have in common, and checks
 * that must be among them.
 */
export type Breakage = { title: string; stages: Partial<SyncStages>; red: RegExp; must?: string[] };

let attempt = 0;

/** Ten ways to break the reference, each by replacing one stage. */
export const BREAKAGES: Breakage[] = [
  {
    title: 'skip the link write',
    stages: { saveLink: () => undefined },
    red: /^order\/|\/sync-every\/|\/keep-in-sync\/|\/round-trip$/,
    must: ['customer/sync-every/webshop-to-crm/match/email', 'customer/keep-in-sync/webshop-to-crm/email'],
  },
  {
    title: 'drop one property',
    stages: { rows: (rows) => rows.filter((row) => row.slug !== 'phone') },
    red: /\/(?:properties\/.*\/phone|keep-in-sync\/.*\/phone)/,
  },
  {
    title: 'write back the echo',
    stages: { baseAfterWrite: (before) => before, alreadyThere: () => false, passOverKnown: () => false },
    red: /./,
    must: [
      'customer/keep-in-sync/webshop-to-crm/write-budget',
      'customer/keep-in-sync/crm-to-webshop/repeat-run',
    ],
  },
  {
    title: "ignore the watermark's equal timestamps",
    stages: { pollFrom: (watermark) => (watermark === null ? null : watermark + 1) },
    red: /equal-timestamps/,
  },
  {
    title: 'overwrite unmapped fields',
    stages: {
      besides: (fields, changed) =>
        new Map(
          fields
            .filter((path) => !changed.has(path) && /^(?:internal_note|ownerNote)$/.test(path))
            .map((path) => [path, null]),
        ),
    },
    red: /unmapped-untouched/,
  },
  {
    title: 'case-sensitive match',
    stages: { normaliseKey: (value) => JSON.stringify(value) },
    red: /match-any-case/,
  },
  {
    title: 'last arrival wins',
    stages: { compareEdits: () => -1 },
    red: /conflict\/(?:later-edit|same-time)/,
  },
  {
    title: 'lost response retried blindly',
    stages: { idempotencyKey: (_stored, fresh) => `${fresh()}-${(attempt += 1)}` },
    red: /lost-response/,
  },
  {
    title: 'order before customer',
    stages: { unresolved: () => null },
    red: /late-reference/,
  },
  {
    title: 'clear not propagated',
    stages: { emptyIsEdit: () => false },
    red: /\/(?:clear|empty)$/,
  },
];
