import type { MappedRow, PairPlan } from '../../checklist/plan.js';
import type { Policies, Side } from '../../checklist/policies.js';
import { cloneJson } from '../../contract/clone-json.js';
import type { EntityContract, FieldSpec, Json, JsonObject } from '../../contract/field.js';
import type { Remote } from '../client.js';
import { accessor } from '../paths.js';
import { reconcileLink } from '../reconcile-link.js';
import { CORRECT_STAGES, type SyncStages } from '../stages.js';
import type { Link } from '../store/port.js';
import { listed, pollingEngine, STALL } from './polling-engine.js';

export const rowOf = (slug: string, a = slug, b = a, more: Partial<MappedRow> = {}): MappedRow =>
  ({ slug, a, b, transform: { kind: 'identity' }, direction: 'both', ...more }) as unknown as MappedRow;

type Given = {
  rows: MappedRow[];
  /** What each record holds; null where it is gone. */
  a: JsonObject | null;
  b: JsonObject | null;
  /** When single properties were edited. */
  times?: Partial<Record<Side, Record<string, number>>>;
  creation?: PairPlan['creation'];
  policies?: Partial<Policies>;
  stages?: Partial<SyncStages>;
  link?: Partial<Link>;
  fields?: Partial<Record<Side, FieldSpec[]>>;
  absent?: 'missing' | 'empty';
  updateMode?: 'merge' | 'replace';
  /** What a record holds after an update that was sent; throws where it fails. */
  onUpdate?: (side: Side, held: JsonObject) => JsonObject;
};

const MOST_READS = 50;
const NOW = 1000;

/** Two linked records a1 and b1, and what is sent to bring them together. */
export function linkedRecords(given: Given) {
  const { fields = {}, absent = 'empty', updateMode = 'merge' } = given;
  const onUpdate = given.onUpdate ?? ((_side: Side, held: JsonObject) => held);
  const policies = { ...STALL.policies, ...given.policies };
  const creation = given.creation ?? { a: { kind: 'every' }, b: null };
  const pair: PairPlan = { ...STALL, match: [], rows: given.rows, creation, policies };
  /** A side tells the deletion of its record. */
  const told = (side: Side) => ({ gone: given[side] === null ? [{ id: `${side}1`, at: 1 }] : [] });
  const { engine, store, asked, dirty } = pollingEngine({ a: told('a'), b: told('b') }, [pair]);
  const times = { a: { ...given.times?.a }, b: { ...given.times?.b } };
  const held = { a: cloneJson(given.a), b: cloneJson(given.b) };
  const sent: Record<string, Json>[] = [];
  const removed: string[] = [];
  const versions: (string | null)[] = [];
  /** What the link says to be under way when an update is sent. */
  const meant: Link['pending'][] = [];
  let reads = 0;
  let looks = 0;
  const record = (side: Side): Remote => ({
    ...listed(`${side}1`, cloneJson(held[side]) ?? {}),
    version: `${side} version ${sent.length}`,
  });
  const looksAgain = () => {
    looks += 1;
    return given.stages?.looksAgain?.() ?? true;
  };
  engine.stages = { ...CORRECT_STAGES, ...given.stages, looksAgain };
  for (const side of ['a', 'b'] as const) {
    engine.plan.systems[side].entities.forEach((entity) => (entity.fields = fields[side] ?? []));
    Object.assign(engine.clients[side], {
      contract: { api: { record: { absent }, updateMode } },
      apiOf: () => ({ deletionsShow: 'feed', routes: { deleted: { method: 'GET', path: '/gone' } } }),
      get: async () => {
        reads += 1;
        if (reads > MOST_READS) throw new Error('read too often');
        return held[side] === null ? null : record(side);
      },
      remove: async (_entity: EntityContract, id: string) => void removed.push(id),
      update: async (_entity: EntityContract, current: Remote, changes: Map<string, Json>) => {
        versions.push(current.version);
        sent.push({ side, ...Object.fromEntries(changes) });
        meant.push(store.linkOf('stall', 'a', 'a1')?.pending ?? null);
        const after = cloneJson(held[side]) ?? {};
        for (const [path, value] of changes) {
          accessor(path).write(after, value);
          times[side][path] = NOW;
        }
        held[side] = onUpdate(side, after);
        return record(side);
      },
      fieldTimes: async () => {
        asked.push(`${side} times`);
        return times[side];
      },
    });
  }
  const link: Link = {
    pair: 'stall',
    aId: 'a1',
    bId: 'b1',
    base: null,
    state: 'live',
    pending: null,
    ...given.link,
  };
  store.putLink(link);
  const now = () => store.linkOf('stall', 'a', 'a1') ?? link;
  return {
    engine,
    store,
    asked,
    dirty,
    held,
    sent,
    meant,
    removed,
    versions,
    now,
    looks: () => looks,
    reads: () => reads,
    reconcile: () => reconcileLink(engine, pair, now()),
  };
}
