import type { MappedRow, PairPlan, SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import { markValue } from '../../checks/mark.js';
import { withoutConditions } from '../../contract/path.js';
import { WorldTags, makeRunTag } from '../../drivers/remote/run-tag.js';

const TAG = new WorldTags(makeRunTag(new Uint8Array(6))).next('');
const TEXT = 'some text';

/**
 * Whether a remote run can tell that a record which the sync made is its own: by a text that a row carries as it is.
 * Where the document creates nothing, the run makes both records, and needs a key by which they match.
 */
export function isRecognised({ systems }: SyncPlan, { entity, rows, match, creation }: PairPlan): boolean {
  if (creation.a.kind === 'linked-only') return match.length > 0;
  const fieldOf = (side: Side, row: MappedRow) =>
    systems[side].entities
      .find(({ name }) => name === entity[side])
      ?.fields.find(({ path }) => path === withoutConditions(row[side]));
  const bears = (row: MappedRow) => markValue(TEXT, TAG, [fieldOf('a', row), fieldOf('b', row)]) !== TEXT;
  const carries = ({ transform, direction, only }: MappedRow) =>
    (transform.kind === 'identity' || transform.kind === 'placeholder') &&
    direction !== 'b-to-a' &&
    only === undefined;
  return rows.some((row) => carries(row) && bears(row));
}
