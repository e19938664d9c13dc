import { z } from 'zod';
import type { Policies } from '../../checklist/policies.js';
import { policiesSchema } from '../../checklist/profile/schema.js';
import { historySchema, type History } from './step.js';

/**
 * A history as a file: what was played, under which policies, and what it once revealed. It is data, so that it plays
 * the same whatever becomes of the generators.
 */
export type HistoryFile = {
  schema: 'syncproof.history/1';
  was: string;
  invariant: string | null;
  policies: Partial<Policies>;
  fault: number | null;
  history: History;
};

export const historyFileSchema = z.strictObject({
  schema: z.literal('syncproof.history/1'),
  was: z.string(),
  invariant: z.string().nullable(),
  policies: policiesSchema,
  fault: z.int().positive().nullable(),
  history: historySchema,
});
