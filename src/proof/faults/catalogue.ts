import { CONFLICT } from './conflict.js';
import { CREATION, FIRST_MERGE, LINKING, SUPERSET } from './creation-linking.js';
import { ECHO, IDEMPOTENCY } from './echo-idempotency.js';
import { DROPPED, EDITS } from './edits.js';
import type { Fault } from './fault.js';
import { MAPPING } from './mapping.js';
import { DELETION, ORDERING } from './ordering-deletion.js';
import { PAGING } from './paging.js';
import { API, CRASH, WEBHOOKS } from './webhooks-api.js';

/** Every known fault, by its number in the catalogue. */
export const FAULTS: Fault[] = [
  ...CREATION,
  ...LINKING,
  ...EDITS,
  ...CONFLICT,
  ...ECHO,
  ...IDEMPOTENCY,
  ...ORDERING,
  ...DELETION,
  ...MAPPING,
  ...PAGING,
  ...WEBHOOKS,
  ...API,
  ...CRASH,
  SUPERSET,
  FIRST_MERGE,
  DROPPED,
].toSorted((one, other) => one.id - other.id);
