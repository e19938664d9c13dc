import type { PairPlan, SyncPlan } from '../../checklist/plan.js';
import type { Side } from '../../checklist/policies.js';
import type { World } from '../../drivers/ports.js';
import { SUBJECT } from './choose.js';
import { judgeBackOff, type AskedToWait } from './judge-back-off.js';
import { judgeWrites, nameOf } from './judge-calls.js';
import { judgeLinks } from './judge-links.js';
import { Mirror, type Clocks } from './mirror.js';
import type { StepKind } from './step.js';
import { Violation } from './violation.js';

/** A disturbance that waits for its call; `hits` tells how many it met, `met` which. */
export type Armed = {
  name: string;
  side: Side;
  active: boolean;
  hits: () => number;
  met: () => AskedToWait[];
};

/** One history being played: the world, what is known of it, and what has happened so far. */
export class Game {
  readonly mirror: Mirror;
  readonly clocks: Clocks;
  private readonly subject: PairPlan;
  readonly armed: Armed[] = [];
  /** How often each kind of step did something, and each kind of trouble met a call. */
  readonly played = new Map<StepKind, number>();
  readonly met = new Map<string, number>();
  /** Records, as `side id`, whose report by the sync has a reason. */
  readonly excused = new Set<string>();
  /** Calls in whose course a listing could not be read, by side: the last sequence number. */
  readonly unread: Record<Side, number> = { a: -1, b: -1 };
  /** Properties, as `side path`, that answers to the sync lacked. */
  readonly lacked = new Set<string>();
  /** A call was refused for good in a round that was killed: what is reported after the restart has a reason. */
  owesExcuse = false;
  dead = false;
  /** Whether a process was started since the last rest that does not know what was answered before. */
  isForgetful = false;
  crowded = false;
  syncWrites = 0;
  /** What the sync wrote last, in words. */
  lastWrite = '';
  /** Sequence number before the current round of the sync. */
  roundSeq = 0;
  /** Last call before the last time that everything was judged at rest. */
  restSeq = 0;
  restPhase = 0;
  lastRound: number | null = null;
  linksSeen = '';

  constructor(
    readonly world: World,
    readonly plan: SyncPlan,
    skewMs: Record<Side, number>,
    subject: string,
  ) {
    const named = plan.pairs.find((one) => one.slug === subject);
    if (named === undefined) throw new Error(`the plan holds no pair ${subject}`);
    this.subject = named;
    this.mirror = new Mirror(plan);
    this.clocks = { phase: 0, skewMs: { ...skewMs }, regime: { a: 0, b: 0 } };
  }

  now(): number {
    return this.world.clock?.now() ?? 0;
  }

  /** By number; from `SUBJECT` on the pair that the history is about, which may refer to the others. */
  pair(index: number): PairPlan {
    if (index >= SUBJECT) return this.subject;
    const found = this.plan.pairs[index % this.plan.pairs.length];
    if (found === undefined) throw new Error('the plan holds no pair');
    return found;
  }

  count(kind: StepKind): void {
    this.played.set(kind, (this.played.get(kind) ?? 0) + 1);
  }

  /** Takes in the calls since the last time and judges each of the sync's. */
  async absorb(): Promise<void> {
    const exchanges = this.world.journalAfter?.(this.mirror.seq) ?? [];
    if (exchanges.length === 0) return;
    judgeBackOff(this, exchanges);
    const writes = this.mirror.absorb(exchanges, this.clocks);
    this.syncWrites += writes.length;
    const last = writes.at(-1);
    if (last !== undefined) this.lastWrite = `${last.exchange.method} ${nameOf(last.record)}`;
    judgeLinks(this, (await this.world.sync.links?.()) ?? []);
    judgeWrites(this, writes);
  }

  /** A round of the sync, during which edits of users count as neither before nor after it. */
  async round(act: () => Promise<unknown>): Promise<void> {
    await this.absorb();
    this.roundSeq = this.mirror.seq;
    this.clocks.phase += 1;
    try {
      await act();
      this.noteMet();
      this.noteUnread();
      await this.absorb();
    } finally {
      this.clocks.phase += 1;
      this.lastRound = this.now();
    }
  }

  /** Number of the last call that either system has seen. */
  lastSeq(): number {
    return this.world.journalAfter?.(this.mirror.seq).at(-1)?.seq ?? this.mirror.seq;
  }

  /** Calls of the sync to a side in which it meant to write and nothing was written, as the last call before each. */
  vainWrites(side: Side): number[] {
    const met = this.armed.flatMap((one) => (one.side === side ? one.met() : []));
    return [...this.mirror.vainWrites[side], ...met.map(({ seq }) => seq).filter(Number.isFinite)];
  }

  /** The refusals so far that asked the sync to wait. */
  askedToWait(): AskedToWait[] {
    return this.armed.flatMap((one) => (one.name === 'rate-limit' ? one.met() : []));
  }

  private noteMet(): void {
    for (const one of this.armed) {
      const hits = one.hits();
      if (hits > 0) this.met.set(one.name, Math.max(this.met.get(one.name) ?? 0, hits));
    }
  }

  /**
   * A listing that came back empty looks like one of a system without records: that the sync then creates what stands
   * there already, it cannot know (I28 asks for what can be read).
   */
  private noteUnread(): void {
    const met = this.armed.some((one) => one.name === 'empty-page' && one.hits() > 0);
    if (met) for (const side of ['a', 'b'] as const) this.unread[side] = this.mirror.seq;
  }

  fail(invariant: string, message: string): never {
    throw new Violation(invariant, message);
  }
}
