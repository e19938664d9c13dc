import type { Side } from '../../checklist/policies.js';
import type { SyncProblem } from '../../drivers/ports.js';
import {
  StoreError,
  type CreateIntent,
  type DirtyEntry,
  type Link,
  type RecordKey,
  type SyncStore,
} from './port.js';
import { sharedStore } from './shared-store.js';

type Seen = { digest: string; matchKeys: string[] };
type Undo = (() => void)[];

const LAST_MARK = 'lastMark';

const join = (...parts: string[]) => parts.join('\n');
const keyOf = (key: RecordKey) => join(key.side, key.entity, key.id);

/** Where tables are kept beyond this process; each change is handed on as it is made. */
export type Backing = {
  load(table: string): [string, unknown][];
  put(table: string, key: string, value: unknown): void;
  remove(table: string, key: string): void;
  /** All or nothing, and alone: no other process writes meanwhile. */
  transaction<T>(work: () => T): T;
  /** Whether another process has written since this was last asked. */
  changedElsewhere(): boolean;
  close(): void;
};

/** A map whose changes are taken back when the enclosing transaction fails. */
class Table<V> {
  readonly rows = new Map<string, V>();
  constructor(
    private readonly log: () => Undo | null,
    private readonly name: string,
    private readonly backing: Backing | null,
  ) {
    this.load();
  }

  load(): void {
    this.rows.clear();
    for (const [key, value] of this.backing?.load(this.name) ?? []) this.rows.set(key, value as V);
  }

  get = (key: string): V | undefined => this.rows.get(key);

  set(key: string, value: V): void {
    this.noteOld(key);
    this.rows.set(key, value);
    this.backing?.put(this.name, key, value);
  }

  delete(key: string): void {
    if (!this.rows.has(key)) return;
    this.noteOld(key);
    this.rows.delete(key);
    this.backing?.remove(this.name, key);
  }

  private noteOld(key: string): void {
    const log = this.log();
    if (log === null) return;
    const had = this.rows.has(key);
    const old = this.rows.get(key);
    log.push(() => (had ? this.rows.set(key, old as V) : this.rows.delete(key)));
  }
}

/** The store in plain maps: for simulations, where thousands are opened in one process. */
export function createMemoryStore(): SyncStore {
  return createTableStore(null);
}

/**
 * The store in maps that are loaded from a backing and written through to it. Several processes may share a backing: a
 * call sees what the others wrote before it, and one that writes is a transaction of its own (I18).
 */
export function createTableStore(backing: Backing | null): SyncStore {
  let undo: Undo | null = null;
  const log = () => undo;
  const watermarks = new Table<number>(log, 'watermarks', backing);
  const dirty = new Table<DirtyEntry>(log, 'dirty', backing);
  const waits = new Table<string[]>(log, 'waits', backing);
  const seen = new Table<Seen>(log, 'seen', backing);
  const index = new Table<readonly string[]>(log, 'index', backing);
  const byA = new Table<Link>(log, 'byA', backing);
  const byB = new Table<string>(log, 'byB', backing);
  const intents = new Table<CreateIntent>(log, 'intents', backing);
  const problems = new Table<SyncProblem[]>(log, 'problems', backing);
  const deliveries = new Table<number>(log, 'deliveries', backing);
  const deleted = new Table<number>(log, 'deleted', backing);
  const leases = new Table<{ worker: string; until: number }>(log, 'leases', backing);
  const facts = new Table<number>(log, 'facts', backing);
  const tables = [
    watermarks,
    dirty,
    waits,
    seen,
    index,
    byA,
    byB,
    intents,
    problems,
    deliveries,
    deleted,
    leases,
    facts,
  ];
  const refresh = (from: Backing) => {
    if (from.changedElsewhere()) for (const table of tables) table.load();
  };
  /** Never given twice, whichever process asks: a mark that was settled must not look like a later one (I19). */
  const nextMark = (): number => {
    const mark = (facts.get(LAST_MARK) ?? 0) + 1;
    facts.set(LAST_MARK, mark);
    return mark;
  };

  const unindex = (key: RecordKey, matchKeys: string[]) => {
    for (const matchKey of matchKeys) {
      const place = join(key.side, key.entity, matchKey);
      const left = (index.get(place) ?? []).filter((id) => id !== key.id);
      if (left.length > 0) index.set(place, left);
      else index.delete(place);
    }
  };
  const changeDirty = (key: RecordKey, mark: number, change: Partial<DirtyEntry>) => {
    const entry = dirty.get(keyOf(key));
    if (entry?.mark === mark) dirty.set(keyOf(key), { ...entry, ...change });
    return entry?.mark === mark;
  };
  const linkOf = (pair: string, side: Side, id: string): Link | null => {
    const aId = side === 'a' ? id : byB.get(join(pair, id));
    return aId === undefined ? null : (byA.get(join(pair, aId)) ?? null);
  };
  const dropLink = (pair: string, aId: string) => {
    const link = byA.get(join(pair, aId));
    if (link === undefined) return;
    byA.delete(join(pair, aId));
    byB.delete(join(pair, link.bId));
  };

  const store: SyncStore = {
    atomic(work) {
      if (undo !== null) return work();
      const mine: Undo = [];
      undo = mine;
      try {
        if (backing === null) return work();
        return backing.transaction(() => {
          refresh(backing);
          return work();
        });
      } catch (error) {
        for (const step of mine.toReversed()) step();
        throw error;
      } finally {
        undo = null;
      }
    },

    watermark: (side, entity, feed) => watermarks.get(join(side, entity, feed)) ?? null,
    setWatermark: (side, entity, feed, at) => watermarks.set(join(side, entity, feed), at),

    markDirty(key, now) {
      const old = dirty.get(keyOf(key));
      const { side, entity, id } = key;
      const since = old?.since ?? now;
      dirty.set(keyOf(key), {
        side,
        entity,
        id,
        mark: nextMark(),
        since,
        attempts: 0,
        notBefore: 0,
        waiting: false,
      });
      waits.delete(keyOf(key));
    },
    dirty: () => [...dirty.rows.values()].toSorted((x, y) => x.since - y.since || x.mark - y.mark),
    settleDirty(key, mark) {
      if (dirty.get(keyOf(key))?.mark !== mark) return;
      dirty.delete(keyOf(key));
      waits.delete(keyOf(key));
    },
    postpone: (key, mark, attempts, notBefore) => {
      changeDirty(key, mark, { attempts, notBefore, waiting: false });
    },
    waitFor(key, mark, refs) {
      if (changeDirty(key, mark, { waiting: true })) waits.set(keyOf(key), refs);
    },
    wake(ref) {
      let woken = 0;
      for (const [key, refs] of waits.rows) {
        if (!refs.includes(ref)) continue;
        const entry = dirty.get(key);
        if (entry !== undefined) dirty.set(key, { ...entry, waiting: false, notBefore: 0 });
        waits.delete(key);
        woken += 1;
      }
      return woken;
    },

    digest: (key) => seen.get(keyOf(key))?.digest ?? null,
    remember(key, digest, matchKeys) {
      const old = seen.get(keyOf(key))?.matchKeys;
      seen.set(keyOf(key), { digest, matchKeys });
      if (old?.length === matchKeys.length && old.every((one, at) => one === matchKeys[at])) return;
      if (old !== undefined) unindex(key, old);
      for (const matchKey of matchKeys) {
        const place = join(key.side, key.entity, matchKey);
        const ids = index.get(place) ?? [];
        if (!ids.includes(key.id)) index.set(place, [...ids, key.id]);
      }
    },
    forget(key) {
      const old = seen.get(keyOf(key));
      if (old === undefined) return;
      unindex(key, old.matchKeys);
      seen.delete(keyOf(key));
    },
    findByMatchKey: (side, entity, matchKey) => [...(index.get(join(side, entity, matchKey)) ?? [])],

    linkOf,
    putLink(link) {
      const other = byB.get(join(link.pair, link.bId));
      const own = byA.get(join(link.pair, link.aId));
      if ((other !== undefined && other !== link.aId) || (own !== undefined && own.bId !== link.bId)) {
        throw new StoreError(
          `${link.pair}: ${link.aId} or ${link.bId} is linked to another record.`,
          'Drop that link first.',
        );
      }
      byA.set(join(link.pair, link.aId), link);
      byB.set(join(link.pair, link.bId), link.aId);
    },
    dropLink,
    links: () => [...byA.rows.values()],

    createIntent: (pair, from, id) => intents.get(join(pair, from, id)) ?? null,
    putCreateIntent: (intent) => intents.set(join(intent.pair, intent.from, intent.id), intent),
    dropCreateIntent: (pair, from, id) => intents.delete(join(pair, from, id)),
    createIntents: () => [...intents.rows.values()],

    setProblems(pair, side, recordId, found) {
      if (found.length > 0) problems.set(join(pair, side, recordId), found);
      else problems.delete(join(pair, side, recordId));
    },
    problems: () => [...problems.rows.values()].flat(),

    noteDelivery(side, delivery, at) {
      if (deliveries.get(join(side, delivery)) !== undefined) return false;
      deliveries.set(join(side, delivery), at);
      return true;
    },
    pruneDeliveries(before) {
      for (const [key, at] of deliveries.rows) if (at < before) deliveries.delete(key);
    },

    setDeleted(key, at) {
      if (at === null) deleted.delete(keyOf(key));
      else deleted.set(keyOf(key), at);
    },
    isDeleted: (key) => deleted.get(keyOf(key)) !== undefined,

    takeLease(worker, now, until) {
      const held = leases.get('run');
      if (held !== undefined && held.worker !== worker && held.until > now) return false;
      leases.set('run', { worker, until });
      return true;
    },
    releaseLease(worker) {
      if (leases.get('run')?.worker === worker) leases.delete('run');
    },

    fact: (name) => facts.get(name) ?? null,
    setFact: (name, value) => facts.set(name, value),
    close: () => backing?.close(),
  };
  if (backing === null) return store;
  return sharedStore(
    store,
    () => undo !== null,
    () => refresh(backing),
  );
}
