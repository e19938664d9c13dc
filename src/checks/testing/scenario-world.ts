import type { PairPlan } from '../../checklist/plan.js';
import { DEFAULT_POLICIES, type Policies, type Side } from '../../checklist/policies.js';
import type { FieldSpec } from '../../contract/field.js';
import type { Disturbance, Exchange, SyncProblem, SyncStatus } from '../../drivers/ports.js';
import { smallWorld } from './small-world.js';

type Settings = NonNullable<Parameters<typeof smallWorld>[0]> & {
  /** The properties of a side, in place of those of the small world. */
  fields?: Partial<Record<Side, FieldSpec[]>>;
  policies?: Partial<Policies>;
  /** Pairs beside that of the check, whose entities have the properties of the small world. */
  others?: Partial<PairPlan>[];
};

export const textField = (path: string): FieldSpec => ({ path, type: { kind: 'string', maxLength: 40 } });

/** What a sync says that has a problem with these records. */
export const problemsWith = (...ids: string[]): SyncStatus => ({
  state: 'ok',
  problems: ids.map((recordId) => ({ recordId, message: `${recordId} is refused` }) as SyncProblem),
});

/**
 * The small world for whole scenarios: records can be removed, the sync runs again without doing anything, calls are
 * noted by `noteWrite` and disturbances that were asked for are kept.
 */
export function scenarioWorld({ fields = {}, policies, others = [], pair, sync, ...rest }: Settings = {}) {
  const made = smallWorld({
    ...rest,
    pair: { policies: { ...DEFAULT_POLICIES, ...policies }, ...pair },
    sync: { runAgain: async () => undefined, ...sync },
  });
  const { context, a, b } = made;
  const { systems, pairs } = context.plan;
  const journal: Exchange[] = [];
  const disturbances: Disturbance[] = [];
  for (const side of ['a', 'b'] as const) {
    const [own] = systems[side].entities;
    if (own === undefined) throw new Error('the small world has no entity');
    for (const { entity } of others)
      if (entity !== undefined) systems[side].entities.push({ ...own, name: entity[side] });
    own.fields = fields[side] ?? own.fields;
    Object.assign(own, { collection: own.name.toLowerCase() });
    Object.assign(systems[side], {
      api: {
        paging: { kind: 'none' },
        record: { many: 'items', fields: null, besideFields: [], absent: 'missing' },
        routes: { list: { method: 'GET', path: '/{collection}' } },
      },
    });
    Object.assign(made[side], {
      remove: async (_entity: string, id: string) => void made[side].held.delete(id),
    });
  }
  pairs.push(...others.map((other) => ({ ...context.pair, ...other })));
  Object.assign(context.world, {
    journal: () => journal,
    disturb: (disturbance: Disturbance) => {
      disturbances.push(disturbance);
      return { at: [] };
    },
  });
  const noteWrite = (side: Side, entity: string, id: string) => {
    const mutation = { kind: 'update', entity, id, before: {}, after: {} };
    const seq = journal.length + 1;
    journal.push({ seq, caller: 'sync', system: systems[side].name, side, mutation } as Exchange);
  };
  return { context, a, b, looks: made.looks, disturbances, noteWrite };
}
