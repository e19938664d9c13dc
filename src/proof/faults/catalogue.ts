import { CONDITIONS } from './conditions.js';
import { CONFLICT } from './conflict.js';
import { CREATION } from './creation.js';
import { ECHO, IDEMPOTENCY } from './echo-idempotency.js';
import { DROPPED, EDITS } from './edits.js';
import type { Fault } from './fault.js';
import { FIRST_MERGE, LINKING, SUPERSET } from './linking.js';
import { MAPPING, TEXT_REFERENCE } from './mapping.js';
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
  ...CONDITIONS,
  SUPERSET,
  FIRST_MERGE,
  DROPPED,
  TEXT_REFERENCE,
].toSorted((one, other) => one.id - other.id);
