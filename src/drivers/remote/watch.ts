import type { Json } from '../../contract/field.js';
import type { StoredRecord, System } from '../ports.js';
import { currentExchanges } from './guard.js';
import { tagsIn } from './run-tag.js';
import { SharedQuestion } from './shared-question.js';

/** What one listing showed of the records of a run: by id, and by the tags that they bear. */
export type Listing = { byId: Map<string, StoredRecord>; byTag: Map<string, StoredRecord[]> };

/** One entity of one system, listed once for all who wait. */
export type Watch = SharedQuestion<Listing>;

type WatchInput = {
  system: System;
  entity: string;
  runTag: string;
  /** Leaves out what changed before, epoch ms. */
  since: () => number | undefined;
  /** Hears of each record that is not of the run, once for each state of it. */
  onOthers: (record: StoredRecord) => void;
};

/** Lists an entity for all who ask, and sorts what it finds by the tags of the run. */
export function watchEntity({ system, entity, runTag, since, onOthers }: WatchInput): Watch {
  const known = new Map<string, string>();
  return new SharedQuestion(async () => {
    const records = await currentExchanges.exit(() => system.list(entity, since()));
    const byId = new Map(records.map((record) => [record.id, record]));
    const byTag = new Map<string, StoredRecord[]>();
    for (const record of byId.values()) {
      const tags = tagsIn(record.fields as Json, runTag);
      const state = `${record.updatedAt ?? ''} ${record.version ?? ''}`;
      if (tags.length === 0 && (state === ' ' || known.get(record.id) !== state)) {
        known.set(record.id, state);
        onOthers(record);
      }
      for (const tag of tags) {
        const held = byTag.get(tag);
        if (held === undefined) byTag.set(tag, [record]);
        else held.push(record);
      }
    }
    return { byId, byTag };
  });
}
