import type { Check } from '../checklist/check.js';
import type { MappedRow, PairPlan, SyncPlan } from '../checklist/plan.js';
import type { Side } from '../checklist/policies.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../contract/field.js';
import { withoutConditions } from '../contract/path.js';
import { createRng, type Rng } from '../contract/values.js';
import type { Exchange, StoredRecord, World, WorldSettings } from '../drivers/ports.js';
import type { Step } from '../run/record.js';
import { CheckFailure } from './failure.js';

export type Pairing = { aId: string; bId: string };

/** All that a scenario works with. Its steps are the sentences that the report shows. */
export class CheckContext {
  readonly steps: Step[] = [];
  readonly rng: Rng;
  /** Counterparts of referred records: pair and id of side a to id of side b. */
  readonly counterparts = new Map<string, string>();
  /** Records referred to whose counterpart is not known yet. */
  readonly unresolved: { slug: string; aId: string; fields: JsonObject }[] = [];
  /** The records that evidence shows. */
  subject: Partial<Pairing> = {};
  before: { a: StoredRecord | null; b: StoredRecord | null } = { a: null, b: null };

  constructor(
    readonly check: Check,
    readonly plan: SyncPlan,
    readonly pair: PairPlan,
    readonly world: World,
    private readonly seed: number,
    private readonly openWorld: (settings: WorldSettings) => Promise<World>,
  ) {
    this.rng = createRng(seed);
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

  /** `Webshop Customer` */
  name(side: Side, pair: PairPlan = this.pair): string {
    return `${this.plan.systems[side].name} ${pair.entity[side]}`;
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

  async settle(): Promise<void> {
    const settled = await this.world.sync.settle();
    if (!settled.quiescent) {
      throw new CheckFailure(`the sync did not come to rest: it still wrote after ${settled.rounds} rounds`);
    }
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
