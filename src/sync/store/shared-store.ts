import type { SyncStore } from './port.js';

/** Methods that read and never write. */
const READS = [
  'watermark',
  'dirty',
  'digest',
  'findByMatchKey',
  'linkOf',
  'links',
  'createIntent',
  'createIntents',
  'problems',
  'isDeleted',
  'fact',
] as const satisfies (keyof SyncStore)[];

/** Methods that change the store: each is a transaction, and a point at which the crash matrix kills. */
export const STORE_WRITES = [
  'setWatermark',
  'markDirty',
  'settleDirty',
  'postpone',
  'waitFor',
  'wake',
  'remember',
  'forget',
  'putLink',
  'dropLink',
  'putCreateIntent',
  'dropCreateIntent',
  'setProblems',
  'noteDelivery',
  'pruneDeliveries',
  'setDeleted',
  'takeLease',
  'releaseLease',
  'setFact',
] as const satisfies (keyof SyncStore)[];

type Method = (...args: never[]) => unknown;

/** Each call outside of a transaction looks at what others wrote; a write is a transaction, so that it is whole. */
export function sharedStore(store: SyncStore, isInside: () => boolean, refresh: () => void): SyncStore {
  const shared: Record<string, Method> = { atomic: store.atomic as Method, close: store.close };
  for (const name of READS) {
    const method = store[name] as Method;
    shared[name] = (...args) => {
      if (!isInside()) refresh();
      return method(...args);
    };
  }
  for (const name of STORE_WRITES) {
    const method = store[name] as Method;
    shared[name] = (...args) => store.atomic(() => method(...args));
  }
  return shared as unknown as SyncStore;
}
