import { sameValue } from '../../../src/checks/oracle/agree.js';
import { expectedOnB } from '../../../src/checks/oracle/expected.js';
import type { MappedRow, PairPlan, SyncPlan } from '../../../src/checklist/plan.js';
import type { Side } from '../../../src/checklist/policies.js';
import type { EntityContract, Json } from '../../../src/contract/field.js';
import { getPath } from '../../../src/contract/path.js';
import type { Exchange } from '../../../src/drivers/ports.js';
import { isOfType, type Bend } from './bend.js';
import type { FuzzWorld, Place } from './world.js';

type Writing = { pair: PairPlan; side: Side; entity: EntityContract };

/** What the sync wrote that it should not have; empty where all it wrote is valid and comes from what was read. */
export function wrongWrites(plan: SyncPlan, world: FuzzWorld, bend: Bend): string[] {
  const wrong: string[] = [];
  const created = new Map<string, number>();
  for (const exchange of world.writes()) {
    const side: Side = exchange.system === plan.systems.a.name ? 'a' : 'b';
    const said = `${exchange.method} ${new URL(exchange.url).pathname}`;
    const isInvalid = exchange.status === 400 || exchange.status === 422;
    // What a provider shows beyond its contract goes back with the rest of a record that is replaced.
    const isEcho = side === 'a' && (bend.kind === 'unknown-field' || bend.kind === 'anything');
    if (isInvalid && !isEcho)
      wrong.push(`${said} is not valid: ${exchange.status} ${JSON.stringify(exchange.responseBody)}`);
    const { mutation } = exchange;
    if (mutation === null) continue;
    const pair = plan.pairs.find((one) => one.entity[side] === mutation.entity);
    const entity = plan.systems[side].entities.find((one) => one.name === mutation.entity);
    if (pair === undefined || entity === undefined) throw new Error(`no pair of ${mutation.entity}`);
    if (mutation.kind === 'delete') wrong.push(`${said} deleted ${mutation.id}`);
    if (mutation.kind === 'create') {
      const key = `${side} ${entity.name}`;
      created.set(key, (created.get(key) ?? 0) + 1);
      if ((created.get(key) ?? 0) > 1) wrong.push(`${said} made a second record of one`);
    }
    wrong.push(...wrongValues({ pair, side, entity }, exchange, world).map((what) => `${said}: ${what}`));
  }
  return wrong;
}

function wrongValues({ pair, side, entity }: Writing, { mutation }: Exchange, world: FuzzWorld): string[] {
  const { before = null, after = null } = mutation ?? {};
  if (after === null) return [];
  return entity.fields.flatMap(({ path }) => {
    const [was, is] = [before === null ? null : getPath(before, path), getPath(after, path)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const row = pair.rows.find((one) => one[side] === path);
    if (row === undefined) return [`${path} is not synchronised and became ${JSON.stringify(is)}`];
    return wasTold(row, { pair, side, entity }, is, world)
      ? []
      : [`${path} became ${JSON.stringify(is)}, which nobody said`];
  });
}

/** Whether the other side, or the same one, said a value of the right type that becomes the written one. */
function wasTold(row: MappedRow, { pair, side, entity }: Writing, value: Json, world: FuzzWorld): boolean {
  const other = side === 'a' ? 'b' : 'a';
  const refer = (slug: string, aId: string): Json =>
    world.links().find((one) => one.pair === slug && one.aId === aId)?.bId ?? null;
  const typeAt = (at: Side, path: string) =>
    world.twins[at].contract.entities
      .find((one) => one.name === pair.entity[at])
      ?.fields.find((one) => one.path === path)?.type;
  const said = (at: Side) =>
    (world.told.get(`${at} ${pair.entity[at]} ${row[at]}`) ?? []).filter((one) => {
      const type = typeAt(at, row[at]);
      return one === null || (type !== undefined && isOfType(type, one));
    });
  if (said(side).some((one) => JSON.stringify(one) === JSON.stringify(value))) return entity !== undefined;
  return said(other).some((one) => {
    const [a, b] = side === 'b' ? [one, value] : [value, one];
    try {
      return sameValue(row.transform, expectedOnB(row.transform, a, refer), b);
    } catch {
      return false;
    }
  });
}

/** Whatever is named. */
const ANY = { fields: [] };

/** The property to be named in a report of a bend, in either system's words; null where the sync may well go on without a word. */
export function mustReport(plan: SyncPlan, place: Place, bend: Bend): { fields: string[] } | null {
  const { side, operation, entity } = place;
  const pair = plan.pairs.find((one) => one.entity[side] === entity);
  if (pair === undefined) return null;
  const path = bend.field?.path ?? '';
  const row = pair.rows.find((one) => one[side] === path);
  const isMapped = row !== undefined;
  const property = { fields: row === undefined ? [] : [row.a, row.b] };
  const isWritten = operation === 'get' || operation === 'create' || operation === 'update';
  const { api } = plan.systems[side];
  switch (bend.kind) {
    case 'wrong-type':
    case 'left-out':
      return isMapped && isWritten ? property : null;
    case 'null':
      return isMapped && isWritten && bend.field?.required === true ? property : null;
    case 'unknown-enum':
      return isMapped && operation === 'get' && bend.field?.type.kind === 'enum' ? property : null;
    case 'no-id':
    case 'wrong-id':
      return operation === 'update' ? null : { fields: [api.record.id] };
    case 'other-record':
      return { fields: [api.record.id] };
    case 'no-fields':
      return api.record.fields !== null && operation === 'get' ? { fields: [api.record.fields] } : null;
    case 'bad-version':
      return operation === 'get'
        ? { fields: [api.concurrency?.kind === 'version' ? api.concurrency.path : 'ETag'] }
        : null;
    case 'null-body':
    case 'scalar-body':
    case 'wrong-envelope':
      return operation === 'update' ? null : ANY;
    case 'cut-json':
    case 'html':
      return ANY;
    case 'foreign-items':
      return operation === 'list' || operation === 'deleted' ? ANY : null;
    default:
      return null;
  }
}
