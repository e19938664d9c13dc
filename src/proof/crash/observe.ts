import type { Json, JsonObject } from '../../contract/field.js';
import { getPath } from '../../contract/path.js';
import type { Side } from '../../checklist/policies.js';
import type { StoredRecord, SyncLink } from '../../drivers/ports.js';
import type { CrashStage } from './stage.js';

/** How a life ended, in a form that does not depend on the ids that the second system gave out. */
export type Ending = {
  /** Records of each side and entity as JSON, sorted; references name the first system's record. */
  records: Map<string, string[]>;
  links: string[];
  /** Values that the sync wrote, per property. */
  written: Set<string>;
  creates: number;
  writes: number;
};

const SIDES: Side[] = ['a', 'b'];

/** Looks at both systems, the links and the journal once the sync is at rest. */
export async function observe(stage: CrashStage): Promise<Ending> {
  const links = await stage.links();
  const names = new Map(links.map((link) => [link.bId, nameOf(link)]));
  const records = new Map<string, string[]>();
  for (const side of SIDES) {
    for (const entity of new Set(stage.plan.pairs.map((pair) => pair.entity[side]))) {
      const all = await stage[side].list(entity);
      records.set(`${side} ${entity}`, all.map((one) => shown(side, one, names)).toSorted());
    }
  }
  const own = stage.journal().filter((one) => one.caller === 'sync' && one.mutation !== null);
  return {
    records,
    links: links.map(nameOf).toSorted(),
    written: writtenValues(stage, names),
    creates: own.filter((one) => one.mutation?.kind === 'create').length,
    writes: own.length,
  };
}

const nameOf = (link: SyncLink) => `${link.pair} ${link.aId}`;

function shown(side: Side, { id, fields }: StoredRecord, names: Map<string, string>): string {
  const name = side === 'a' ? id : (names.get(id) ?? 'unlinked');
  return `${name} ${JSON.stringify(renamed(fields, names))}`;
}

/** The same value with ids of the second system replaced by the records that they are linked with. */
function renamed(value: Json, names: Map<string, string>): Json {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => renamed(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one, names)]));
}

function writtenValues(stage: CrashStage, names: Map<string, string>): Set<string> {
  const written = new Set<string>();
  for (const { caller, system, mutation } of stage.journal()) {
    if (caller !== 'sync' || mutation === null || mutation.after === null) continue;
    const { entity, before, after } = mutation;
    const side = SIDES.find((one) => stage.plan.systems[one].name === system) ?? 'a';
    const contract = stage.plan.systems[side].entities.find((one) => one.name === entity);
    const empty: JsonObject = {};
    for (const { path } of contract?.fields ?? []) {
      const value = renamed(getPath(after, path), names);
      const old = renamed(getPath(before ?? empty, path), names);
      if (JSON.stringify(value) !== JSON.stringify(old))
        written.add(`${system} ${entity} ${path} = ${JSON.stringify(value)}`);
    }
  }
  return written;
}
