import type { Json } from '../../contract/field.js';
import type { StoredRecord, System } from '../ports.js';
import { currentExchanges } from './guard.js';
import { tagsIn } from './run-tag.js';
import { SharedQuestion } from './shared-question.js';

/** What one listing showed of the records of a run: by id, and by the tags that they bear. */
export type Listing = { byId: Map<string, StoredRecord>; byTag: Map<string, StoredRecord[]> };

/** One entity of one system, listed once for all who wait. */
export type Watch = SharedQuestion<Listing>;

/** `since` leaves out what changed before, epoch ms. */
export function watchEntity(
  system: System,
  entity: string,
  runTag: string,
  since: () => number | undefined,
): Watch {
  return new SharedQuestion(async () => {
    const records = await currentExchanges.exit(() => system.list(entity, since()));
    const byId = new Map(records.map((record) => [record.id, record]));
    const byTag = new Map<string, StoredRecord[]>();
    for (const record of byId.values()) {
      for (const tag of tagsIn(record.fields as Json, runTag)) {
        const held = byTag.get(tag);
        if (held === undefined) byTag.set(tag, [record]);
        else held.push(record);
      }
    }
    return { byId, byTag };
  });
}
