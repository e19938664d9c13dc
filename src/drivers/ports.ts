import type { Capability, NotTestable } from '../checklist/check.js';
import type { Side } from '../checklist/policies.js';
import type { SystemContract } from '../contract/api-description.js';
import type { Json, JsonObject } from '../contract/field.js';

/** A record as a system shows it; `fields` without envelope, times in epoch ms. */
export type StoredRecord = {
  id: string;
  fields: JsonObject;
  updatedAt: number | null;
  version: string | null;
  /** The provider gives no update time yet; that of the creation stands in. */
  isNeverUpdated?: true;
};

/** One HTTP call seen by a system; `caller` is told by credential. Secrets are already removed. */
export type Exchange = {
  seq: number;
  at: number;
  system: string;
  /** Told where the world knows it: both systems may bear one name. */
  side?: Side;
  caller: 'harness' | 'sync' | 'unknown';
  method: string;
  url: string;
  requestBody: Json;
  status: number;
  responseBody: Json;
  /** What a mutating call did: null for reads and refused calls. */
  mutation: Mutation | null;
};
export type Mutation = {
  kind: 'create' | 'update' | 'delete';
  entity: string;
  id: string;
  before: JsonObject | null;
  after: JsonObject | null;
};

/** A system as the harness uses it. Errors: `SystemError` for refused or failed calls. */
export type System = {
  side: Side;
  contract: SystemContract;
  create(entity: string, fields: JsonObject): Promise<StoredRecord>;
  get(entity: string, id: string): Promise<StoredRecord | null>;
  /** Sets the given field paths (`billing_address.city`) and leaves all others as they are. */
  update(entity: string, id: string, changes: Record<string, Json>): Promise<StoredRecord>;
  remove(entity: string, id: string): Promise<void>;
  /** Brings a deleted record back under its id. */
  restore(entity: string, id: string): Promise<void>;
  /** All records, or those with an update time at or after `since` (epoch ms) where the API can tell. */
  list(entity: string, since?: number): Promise<StoredRecord[]>;
};

/** `quiescent` is false when the sync still wrote after the settle budget (I6). */
export type Settled = {
  quiescent: boolean;
  rounds: number;
  waitedMs: number;
  /** What was looked for did not show within the budget; missing where it did, or nothing was looked for. */
  late?: { waitedMs: number; budgetMs: number };
};
/** Whether what a check expects is there by now; asked again and again, so it changes nothing. */
export type Look = () => Promise<boolean>;
export type SyncLink = { pair: string; aId: string; bId: string };
export type SyncStatus = { state: 'ok' | 'degraded' | 'error'; problems: SyncProblem[] };
/** A reported error names the pair and record, and the field where one is to blame. */
export type SyncProblem = {
  pair: string;
  side: Side;
  recordId: string;
  field: string | null;
  message: string;
};

export type SyncUnderTest = {
  /**
   * Delivers what is due and lets the sync work until it is quiescent or the budget is over. Where the sync cannot be
   * watched at work, `look` tells when what is expected is there; without it, only that nothing is expected.
   */
  settle(look?: Look): Promise<Settled>;
  /** Lets the sync run once more, `cycles` times, without a reason to. */
  runAgain(cycles: number): Promise<void>;
  status?(): Promise<SyncStatus>;
  links?(): Promise<SyncLink[]>;
  /** One round without any time going by. */
  tick?(): Promise<void>;
  /** Links two records that exist, as an operator does where nothing tells which belong together. */
  link?(link: SyncLink): Promise<void>;
  /** Stops the process without warning and starts it on the same store. */
  restart?(): Promise<void>;
  /** Stops the process without warning, at once, in the middle of what it does. */
  kill?(): void;
  /** One round of two workers at the same time. */
  together?(): Promise<void>;
};

/** What happens to one call of the sync, decided before it reaches the system. */
export type Disturbance = {
  side: Side;
  match: { method?: string; pathIncludes?: string; nth?: number; times?: number; when?: () => boolean };
  effect:
    | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: Json }
    | { kind: 'commit-then-drop' }
    | { kind: 'commit-then-answer'; status: number; before?: () => Promise<void> }
    /** Changes the JSON body of the answer. */
    | { kind: 'alter'; body: (body: Json) => Json }
    | { kind: 'drop' }
    | { kind: 'before'; act: () => Promise<void> }
    | { kind: 'after'; act: () => Promise<void> };
};

/** When the calls that a disturbance matched were made, on the true clock, epoch ms. */
export type Disturbed = { at: number[] };

/** Settings of the two systems that differ from world to world. */
export type WorldSettings = {
  /** How far the clock of a side runs ahead, ms. */
  skewMs?: Partial<Record<Side, number>>;
  /** Zone in which a side renders its times, minutes east of UTC. */
  zoneMinutes?: Partial<Record<Side, number>>;
  /** How many records a page holds that the sync and the harness ask for; null leaves it to the profile. */
  pageSize?: number | null;
  /** Another tenant of the sync that serves this world. */
  tenantOf?: World;
  /** The check, or bundle of checks, that the world is for. */
  purpose?: string;
};

/** Pending webhook deliveries of both systems, under the harness's control. */
export type EventControl = {
  /** When held, nothing is delivered by `settle`. */
  hold(): void;
  release(): void;
  pending(): number;
  /** Delivers what is pending unless it is held; gives how many. */
  flush(): Promise<number>;
  /** Reorders, repeats or drops what is pending. */
  reverse(): void;
  duplicate(): void;
  drop(): void;
  /** Delivers again every event ever delivered, with its original bytes but a fresh signature time. */
  redeliverAll(): Promise<void>;
  /** Sends bytes of the test's own to the sync's webhook of a side; gives the HTTP status. */
  send(side: Side, body: string, headers: Record<string, string>): Promise<number>;
  /** The last delivery of a side with its headers, as sent. */
  last(side: Side): { body: string; headers: Record<string, string>; status: number } | null;
};

/**
 * A fresh pair of systems with a sync between them; owned by one check. Where the systems are shared with others, it
 * shows the records only that bear its tag.
 */
export type World = {
  /** Text that every record of this world bears in a property that can hold it; missing where worlds share nothing. */
  tag?: string;
  a: System;
  b: System;
  sync: SyncUnderTest;
  capabilities: ReadonlySet<Capability>;
  /** Every call so far, in order; empty without the capability `journal`. */
  journal(): Exchange[];
  /** What evidence shows of a world without a journal: the calls of the harness. */
  exchanges?(): Exchange[];
  /** The calls after the one of a sequence number, in order. */
  journalAfter?(seq: number): Exchange[];
  clock?: {
    now(): number;
    advance(ms: number): void;
    /** Sets how far the clock of a side runs ahead from now on, ms. */
    skew?(side: Side, ms: number): void;
  };
  events?: EventControl;
  disturb?: (disturbance: Disturbance) => Disturbed;
  /** What the sync wrote to its log. */
  logs?(): string[];
  /** Secrets that the sync holds, which must appear nowhere. */
  secrets?(): string[];
  close(): Promise<void>;
};

/** Opens worlds that hold just the given pairs (and those they refer to). */
export type Target = {
  name: string;
  capabilities: ReadonlySet<Capability>;
  /** Why it offers no such thing, and what would help. */
  lacks?(missing: Capability[]): NotTestable;
  open(pairs: string[], seed: number, settings?: WorldSettings): Promise<World>;
};

/** The target cannot do what a check asks for; the check is then not testable there. */
export class UnsupportedHere extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'UnsupportedHere';
  }
}

/** A system refused or failed a call of the harness. */
export class SystemError extends Error {
  constructor(
    readonly system: string,
    readonly method: string,
    readonly url: string,
    readonly status: number | null,
    readonly detail: string,
    readonly help?: { expected: string; remedy: string },
  ) {
    const advice = help === undefined ? '' : `; expected ${help.expected}; ${help.remedy}`;
    super(`${system}: ${method} ${url} answered ${status ?? 'nothing'}: ${detail}${advice}`);
    this.name = 'SystemError';
  }
}
