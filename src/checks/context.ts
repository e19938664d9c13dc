import type { Check } from '../checklist/check.js';
import type { MappedRow, PairPlan, RowCondition, SyncPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../contract/field.js';
import { withoutConditions } from '../contract/path.js';
import { valueOfText } from '../contract/text-value.js';
import { createRng, type Rng } from '../contract/values.js';
import type { Exchange, Settled, StoredRecord, World, WorldSettings } from '../drivers/ports.js';
import type { Step } from '../run/record.js';
import { CheckFailure } from './failure.js';
import { markValue, ownValue } from './mark.js';

export type Pairing = { aId: string; bId: string };

/** All that a scenario works with. Its steps are the sentences that the report shows. */
export class CheckContext {
  readonly steps: Step[] = [];
  readonly rng: Rng;
  /** Counterparts of referred records: pair and id of side a to id of side b. */
  readonly counterparts = new Map<string, string>();
  /** Records referred to whose counterpart is not known yet. */
  readonly unresolved: { slug: string; aId: string; fields: JsonObject }[] = [];
  /** Pairs of which a record is being made just now that is to be referred to. */
  readonly making = new Set<string>();
  /** Ids of records that were made only to be referred to; they may be of the entity that the check counts. */
  readonly besides: Record<Side, Set<string>> = { a: new Set(), b: new Set() };
  /** The records that evidence shows. */
  subject: Partial<Pairing> = {};
  before: { a: StoredRecord | null; b: StoredRecord | null } = { a: null, b: null };
  /** What was last waited for in vain. */
  late: Settled['late'];
  readonly check: Check;

  constructor(
    check: Check,
    readonly plan: SyncPlan,
    readonly pair: PairPlan,
    readonly world: World,
    private readonly seed: number,
    private readonly openWorld: (settings: WorldSettings) => Promise<World>,
  ) {
    this.rng = createRng(seed);
    this.check = ownValue(check, plan, world.tag);
  }

  /** Another tenant of the same sync, with records of its own. */
  async openTenant(): Promise<CheckContext> {
    const world = await this.openWorld({ tenantOf: this.world });
    return new CheckContext(this.check, this.plan, this.pair, world, this.seed + 1, this.openWorld);
  }

  get from(): Side {
    return this.check.from ?? 'a';
  }

  get to(): Side {
    return this.from === 'a' ? 'b' : 'a';
  }

  entity(side: Side, pair: PairPlan = this.pair): EntityContract {
    const name = pair.entity[side];
    const found = this.plan.systems[side].entities.find((entity) => entity.name === name);
    if (found === undefined)
      throw new Error(`the contract of ${this.plan.systems[side].name} holds no ${name}`);
    return found;
  }

  field(side: Side, path: string, pair: PairPlan = this.pair): FieldSpec | undefined {
    const own = withoutConditions(path);
    return this.entity(side, pair).fields.find((field) => field.path === own);
  }

  /** What the property of a row's condition holds where the condition is met. */
  conditionValue({ side, path, value }: RowCondition, pair: PairPlan = this.pair): Json {
    return valueOfText(this.field(side, path, pair)?.type, value);
  }

  /** `Webshop Customer` */
  name(side: Side, pair: PairPlan = this.pair): string {
    return `${this.plan.systems[side].name} ${pair.entity[side]}`;
  }

  /** Notes a record that was made only to be referred to. */
  setAside(side: Side, pair: PairPlan, id: string): void {
    this.besides[side].add(`${pair.entity[side]} ${id}`);
  }

  /** Whether a record of the pair is one that the check is about. */
  isMeant(side: Side, id: string, pair: PairPlan = this.pair): boolean {
    return !this.besides[side].has(`${pair.entity[side]} ${id}`);
  }

  step(text: string): void {
    this.steps.push({ text, status: 'passed' });
  }

  /** The row that the check is about. */
  row(): MappedRow {
    const row = this.pair.rows.find((one) => one.slug === this.check.property);
    if (row === undefined) throw new Error(`the plan holds no row ${this.check.property ?? ''}`);
    return row;
  }

  refer = (pair: string, aId: string): Json => this.counterparts.get(`${pair} ${aId}`) ?? null;

  /**
   * Lets the sync work. `look` throws a `CheckFailure` as long as what must be seen is not there; leave it out where
   * nothing must happen. It only reads: it may be called any number of times, or never.
   */
  async settle(look?: () => Promise<unknown>): Promise<void> {
    const settled = await this.world.sync.settle(look === undefined ? undefined : () => holds(look));
    this.late = settled.late ?? this.late;
    if (!settled.quiescent) {
      throw new CheckFailure(`the sync did not come to rest: it still wrote after ${settled.rounds} rounds`);
    }
  }

  /** `settle`, then fails when what was looked for is not there. */
  async settleUntil(look: () => Promise<unknown>): Promise<void> {
    await this.settle(look);
    await look();
  }

  /** A text with the world's tag in it, where worlds share their systems and all of the fields can hold it. */
  marked(value: Json, ...fields: (FieldSpec | undefined)[]): Json {
    return markValue(value, this.world.tag, fields);
  }

  /** A key of the test's own making, unlike that of any other world. */
  ownKey(text: string): string {
    return this.world.tag === undefined ? text : `${text}-${this.world.tag}`;
  }

  get seesWrites(): boolean {
    return this.world.capabilities.has('journal');
  }

  /** Mutating calls of the sync since a point of the journal. */
  syncWrites(since: number): Exchange[] {
    return this.world
      .journal()
      .filter((one) => one.seq > since && one.caller === 'sync' && one.mutation !== null);
  }

  mark(): number {
    return this.world.journal().at(-1)?.seq ?? 0;
  }

  async read(side: Side, id: string, pair: PairPlan = this.pair): Promise<StoredRecord> {
    const record = await this.world[side].get(pair.entity[side], id);
    if (record === null) throw new CheckFailure(`the ${this.name(side, pair)} ${id} is gone`);
    return record;
  }

  async fieldsOf(side: Side, id: string): Promise<JsonObject> {
    return (await this.read(side, id)).fields;
  }
}

async function holds(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (error instanceof CheckFailure) return false;
    throw error;
  }
}
