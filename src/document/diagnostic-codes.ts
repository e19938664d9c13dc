import { CONTRADICTION_CODES } from './contradictions.js';
import { RULES } from './lint.js';
import { READER_CODES, type CodeRow } from './lint/codes.js';

/** Every code that this room gives, with its severity and one sentence; the source of the generated tables. */
export const DIAGNOSTIC_CODES: readonly CodeRow[] = [...READER_CODES, ...RULES, ...CONTRADICTION_CODES].map(
  ({ code, severity, about }) => ({ code, severity, about }),
);
