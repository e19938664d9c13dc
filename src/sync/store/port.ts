import type { Side } from '../../checklist/policies.js';
import type { Json, JsonObject } from '../../contract/field.js';
import type { SyncProblem } from '../../drivers/ports.js';

export type RecordKey = { side: Side; entity: string; id: string };

/** Work not done yet. `mark` counts the reasons, so that one that arrives during the work survives it (I19). */
export type DirtyEntry = RecordKey & {
  mark: number;
  since: number;
  attempts: number;
  notBefore: number;
  waiting: boolean;
};

/** Values of one row when both sides last agreed; a side left out was never delivered. */
/** What both sides held. `uncarried`: the side whose value could not be carried when the other record was made of it. */
export type BaseCell = { a?: Json; b?: Json; uncarried?: Side };
export type Base = Record<string, BaseCell>;

/** `a-gone` and `b-gone` remember a deletion, so that nothing is created again (I21). */
export type LinkState = 'live' | 'a-gone' | 'b-gone' | 'out-of-scope';

/** An update sent whose answer is not known yet: what was meant to stand on `side`, per row. */
export type PendingUpdate = { side: Side; rows: Base };

/** `base` is null until the two records were first merged. */
export type Link = {
  pair: string;
  aId: string;
  bId: string;
  base: Base | null;
  state: LinkState;
  pending: PendingUpdate | null;
};

/** A create that was or will be sent: repeated with the same key until its outcome is known (I16). */
export type CreateIntent = {
  pair: string;
  from: Side;
  id: string;
  key: string;
  fields: JsonObject;
  values: Base;
  problems: SyncProblem[];
  /** When it was last known to be under way, epoch ms. */
  sentAt: number;
  /** Rows whose reference got another counterpart since, and the side on which it is to be carried anew. */
  replaced?: Record<string, Side>;
};

export type Feed = 'changes' | 'deletions';

/** What the sync must not forget. Every method is synchronous and durable when it returns. */
export type SyncStore = {
  /** All or nothing; a nested call joins the outer one. */
  atomic<T>(work: () => T): T;

  watermark(side: Side, entity: string, feed: Feed): number | null;
  setWatermark(side: Side, entity: string, feed: Feed, at: number): void;

  markDirty(key: RecordKey, now: number): void;
  /** Oldest first. */
  dirty(): DirtyEntry[];
  /** Removes the entry unless it was marked again. */
  settleDirty(key: RecordKey, mark: number): void;
  postpone(key: RecordKey, mark: number, attempts: number, notBefore: number): void;
  /** Sets the entry aside until one of `refs` is woken or it is marked again. */
  waitFor(key: RecordKey, mark: number, refs: string[]): void;
  wake(ref: string): number;

  digest(key: RecordKey): string | null;
  /** Notes a record's content and replaces the match keys under which it is found. */
  remember(key: RecordKey, digest: string, matchKeys: string[]): void;
  forget(key: RecordKey): void;
  findByMatchKey(side: Side, entity: string, matchKey: string): string[];

  linkOf(pair: string, side: Side, id: string): Link | null;
  /** Inserts or replaces by `aId`. Errors: `StoreError` when either record is linked to another (I2). */
  putLink(link: Link): void;
  dropLink(pair: string, aId: string): void;
  links(): Link[];

  createIntent(pair: string, from: Side, id: string): CreateIntent | null;
  putCreateIntent(intent: CreateIntent): void;
  dropCreateIntent(pair: string, from: Side, id: string): void;
  createIntents(): CreateIntent[];

  /** Replaces what is reported about one record. */
  setProblems(pair: string, side: Side, recordId: string, problems: SyncProblem[]): void;
  problems(): SyncProblem[];

  /** Notes a webhook delivery; false when it was seen before (I25). */
  noteDelivery(side: Side, delivery: string, at: number): boolean;
  pruneDeliveries(before: number): void;

  setDeleted(key: RecordKey, at: number | null): void;
  isDeleted(key: RecordKey): boolean;

  /** Takes or prolongs the run lease; false while another worker holds it (I18). */
  takeLease(worker: string, now: number, until: number): boolean;
  releaseLease(worker: string): void;

  fact(name: string): number | null;
  setFact(name: string, value: number): void;
  close(): void;
};

/** A store that cannot be used; `remedy` says what the operator can do. */
export class StoreError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(`${message} ${remedy}`);
    this.name = 'StoreError';
  }
}
