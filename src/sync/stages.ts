import type { MappedRow, MatchPart } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { Json } from '../contract/field.js';
import { ClientError } from './client-error.js';
import type { Remote } from './client.js';
import { editTime } from './edit-time.js';
import type { Base, Link, SyncStore } from './store/port.js';
import { agrees, foldText } from './json.js';
import { carry, UnlinkedReference, type Refer } from './transform.js';

/** Edit times of one property on both sides, epoch ms on the sync's clock. */
export type EditTimes = { a: number; b: number };

/**
 * The decisions of the sync, each replaceable: a faulty sync is the correct one with one stage replaced, so that
 * the sync itself holds no switch for faults.
 */
export type SyncStages = {
  /** Where the next poll begins; inclusive, so that equal timestamps are read again (I19). */
  pollFrom(watermark: number | null): number | null;
  /** The form in which match keys are compared (I28). */
  normaliseKey(value: Json, part: MatchPart): string;
  /** The key under which a create may be repeated (I16). */
  idempotencyKey(stored: string | null, fresh: () => string): string;
  /** Whether a match is looked for again before a create is repeated (I28). */
  looksBeforeRepeat(): boolean;
  /** Stores who is linked with whom. */
  saveLink(store: SyncStore, link: Link): void;
  /** Rows that take part in a merge. */
  rows(rows: MappedRow[]): MappedRow[];
  /** The value for the other side. Errors: `UnmappableValue`, `UnlinkedReference`. */
  carry(row: MappedRow, from: Side, value: Json, refer: Refer): Json;
  /** Which edit is newer; 0 within the tolerance. */
  compareEdits(times: EditTimes, toleranceMs: number): number;
  /** What counts as agreed on a side after a write: what the provider answered (I6). */
  baseAfterWrite(before: Base, after: Base): Base;
  /** Whether the other side holds a value already, so that nothing needs to be written (I6). */
  alreadyThere(value: Json, held: Json): boolean;
  /** Whether a record that reads as the sync left it may be passed over. */
  passOverKnown(): boolean;
  /** Fields that an update sends beside those that changed (I8). */
  besides(fields: string[], changed: Map<string, Json>): Map<string, Json>;
  /** Whether an emptied property is an edit (I13). */
  emptyIsEdit(): boolean;
  /** What a reference to a record without counterpart becomes: wait for it (I14). */
  unresolved(ref: string): Json;
  /** Whether the values of a write are tied to the version that was read (I5). */
  guardVersion(version: string | null): string | null;
  /** Whether an event is taken in, given the outcome of its verification (I25). */
  acceptEvent(verified: boolean): boolean;
  /** When a property was last edited, epoch ms; `times` are those the provider tells (I11). */
  editTime(times: Record<string, number>, path: string, remote: Remote): number;
  /** Whether a value is an edit against what was agreed (I10). */
  isEdit(value: Json, agreed: Json): boolean;
  /** What becomes of a change whose work failed: tried again, set aside and reported, or forgotten (I5, I23). */
  afterFailure(error: unknown): 'again' | 'aside' | 'forget';
  /** Whether rows that share a property with one that was written are looked at again (I1). */
  looksAgain(): boolean;
  /** Whether a listing of several pages is read until nothing moves in it any more (I19). */
  rereadPages(): boolean;
  /** Whether a record may be linked: it never was, or its counterpart `side` is gone (I2, I21). */
  isFree(link: Link | null, side: Side): boolean;
  /** What the disappearance of a linked record leads to (I20, I21). */
  onGone(): 'policy' | 'recreate' | 'fail';
  /** A property that an answer lacks, of a provider that renders empty ones (I13). */
  onMissingField(): 'untouched' | 'empty' | 'fail';
};

export const CORRECT_STAGES: SyncStages = {
  pollFrom: (watermark) => watermark,
  normaliseKey: (value, part) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return part.normalise === 'case-insensitive' ? foldText(text) : text.normalize('NFC');
  },
  idempotencyKey: (stored, fresh) => stored ?? fresh(),
  looksBeforeRepeat: () => true,
  saveLink: (store, link) => store.putLink(link),
  rows: (rows) => rows,
  carry: (row, from, value, refer) => carry(row.transform, from, value, refer),
  compareEdits: ({ a, b }, toleranceMs) => (Math.abs(a - b) <= toleranceMs ? 0 : a - b),
  baseAfterWrite: (_before, after) => after,
  alreadyThere: agrees,
  passOverKnown: () => true,
  looksAgain: () => true,
  besides: () => new Map(),
  emptyIsEdit: () => true,
  unresolved: (ref) => {
    throw new UnlinkedReference(ref);
  },
  guardVersion: (version) => version,
  acceptEvent: (verified) => verified,
  editTime,
  isEdit: (value, agreed) => !agrees(value, agreed),
  afterFailure: (error) => (error instanceof ClientError && error.kind !== 'transient' ? 'aside' : 'again'),
  rereadPages: () => true,
  isFree: (link, side) => link === null || link.state === `${side}-gone`,
  onGone: () => 'policy',
  onMissingField: () => 'untouched',
};
