import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncProblem } from '../../../drivers/ports.js';
import { createMemoryStore } from '../memory.js';
import type { CreateIntent, Link, RecordKey, SyncStore } from '../port.js';
import { createSqliteStore } from '../sqlite.js';

export const record = (id: string, side: 'a' | 'b' = 'a'): RecordKey => ({ side, entity: 'Customer', id });
export const link = (aId: string, bId: string): Link => ({
  pair: 'customer',
  aId,
  bId,
  base: null,
  state: 'live',
  pending: null,
});
export const problem = (message: string): SyncProblem => ({
  pair: 'customer',
  side: 'a',
  recordId: '1',
  field: null,
  message,
});
export const intent = (id: string): CreateIntent => ({
  pair: 'customer',
  from: 'a',
  id,
  key: `key ${id}`,
  fields: {},
  values: {},
  problems: [],
  sentAt: 7,
});

/** What a store holds after `act`: as the same process sees it, and where there is a file, as the next one does. */
export const STORES: [string, (act: (store: SyncStore) => void) => SyncStore][] = [
  [
    'in memory',
    (act) => {
      const store = createMemoryStore();
      act(store);
      return store;
    },
  ],
  [
    'in a file that is opened again',
    (act) => {
      const path = join(mkdtempSync(join(tmpdir(), 'store-')), 'sync.db');
      const store = createSqliteStore(path);
      act(store);
      store.close();
      return createSqliteStore(path);
    },
  ],
];
