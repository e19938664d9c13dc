import type { SyncPlan } from '../../checklist/plan.js';
import type { Exchange, SyncLink, System } from '../../drivers/ports.js';

/** Where a life is lived: two systems, and a sync that is killed once, at one point, and then started again. */
export type CrashStage = {
  plan: SyncPlan;
  a: System;
  b: System;
  /** Delivers events and lets the sync work until it is at rest; a killed one is started again first. */
  settle(): Promise<{ quiescent: boolean }>;
  /** Lets time go by, so that one edit is later than another. */
  later(): Promise<void>;
  links(): Promise<SyncLink[]>;
  /** Rounds without a reason to work. */
  runAgain(rounds: number): Promise<void>;
  /** Sends every event again. */
  redeliver(): Promise<void>;
  journal(): Exchange[];
  close(): Promise<void>;
};

/** Something that must not be there at the end, with the invariant that it breaks. */
export type Finding = { invariant: string; kind: 'lost' | 'duplicated' | 'stuck' | 'other'; message: string };

/** The life could not go on: what it needs is missing after the sync came to rest. */
export class LifeStopped extends Error {
  constructor(
    readonly invariant: string,
    message: string,
  ) {
    super(message);
    this.name = 'LifeStopped';
  }
}
