import type { Capabilities } from '../contract/capabilities.js';
import { withCapabilities } from '../contract/capabilities.js';
import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract } from '../contract/field.js';
import { withoutConditions } from '../contract/path.js';
import { InputError } from '../document/input-error.js';
import type { Check, NotTestable } from './check.js';
import type { CompiledChecklist } from './compile.js';
import { fieldAt } from './field-index.js';
import type { SyncPlan } from './plan.js';
import type { Side } from './policies.js';

const SIDES: Side[] = ['a', 'b'];

/** The contracts as their providers can keep them. Errors: `InputError` for findings that fit none of them. */
export function limited(systems: SyncPlan['systems'], found: Capabilities[]): SyncPlan['systems'] {
  const own = { ...systems };
  for (const one of found) {
    const side = SIDES.find((name) => systems[name].key === one.system);
    if (side === undefined)
      throw stale(
        one,
        one.system,
        `${systems.a.key} or ${systems.b.key}`,
        'the name of a system of the document',
      );
    checkFields(one, systems[side]);
    own[side] = withCapabilities(own[side], one);
  }
  return own;
}

function checkFields(found: Capabilities, { entities }: SystemContract): void {
  for (const [name, paths] of Object.entries(found.readOnly)) {
    const entity = entities.find((one) => one.name === name);
    if (entity === undefined)
      throw stale(found, name, entities.map((one) => one.name).join(', '), 'an entity of the system');
    for (const path of paths)
      if (!entity.fields.some((one) => one.path === path))
        throw stale(found, path, `a property of ${name}`, `a property of ${name}`);
  }
}

const stale = ({ system }: Capabilities, word: string, expected: string, what: string): InputError =>
  new InputError({
    code: 'stale-capabilities',
    message: `the capabilities of ${system} name ${word}, which is not ${what}`,
    where: `capabilities of ${system}`,
    expected,
    found: word,
    remedy: 'write them anew with syncproof contract check --out',
  });

/** The contracts with every property open to be written. */
export function opened({ a, b }: SyncPlan['systems']): SyncPlan['systems'] {
  const open = (system: SystemContract): SystemContract => ({
    ...system,
    entities: system.entities.map((entity) => ({
      ...entity,
      fields: entity.fields.map(({ readOnly: _readOnly, ...field }) => field),
    })),
  });
  return { a: open(a), b: open(b) };
}

const isReadOnly = (entity: EntityContract, path: string) =>
  fieldAt(entity, withoutConditions(path))?.readOnly === true;

/** A checklist between limited providers with the checks that fell away by that, each with the reason. */
export function withFallen(
  compiled: CompiledChecklist,
  whole: CompiledChecklist,
  found: Capabilities[],
): CompiledChecklist {
  const kept = new Map(compiled.checks.map((check) => [check.id, check]));
  const known = new Set(whole.checks.map((check) => check.id));
  const checks = [
    ...whole.checks.map(
      (check): Check =>
        stillTestable(kept.get(check.id), compiled) ?? {
          ...check,
          notTestable: whyFallen(check, compiled, whole, found),
        },
    ),
    ...compiled.checks.filter((check) => !known.has(check.id)),
  ];
  const byId = new Map(checks.map((check) => [check.id, check]));
  const coverage = compiled.coverage.map((entry) => {
    const full = whole.coverage.find(
      (one) => one.pair === entry.pair && one.line === entry.line && one.document === entry.document,
    );
    const ids = [...new Set([...(full?.checks ?? []), ...entry.checks])];
    const open = ids.filter((id) => byId.get(id)?.notTestable === null);
    const reason = open.length > 0 ? null : (byId.get(ids[0] ?? '')?.notTestable ?? null);
    return { ...entry, checks: ids, reason: ids.length === 0 ? entry.reason : reason };
  });
  return { ...compiled, checks, coverage };
}

/** A check that begins with an edit of a property that nobody can write through the API cannot be made either. */
function stillTestable(check: Check | undefined, { plan }: CompiledChecklist): Check | undefined {
  if (check === undefined || check.from === null || check.notTestable !== null) return check;
  const side = check.from;
  const pair = plan.pairs.find((one) => one.slug === check.pair);
  const row = pair?.rows.find((one) => one.slug === check.property);
  const entity = plan.systems[side].entities.find((one) => one.name === pair?.entity[side]);
  return row !== undefined && entity !== undefined && isReadOnly(entity, row[side]) ? undefined : check;
}

function whyFallen(
  check: Check,
  { plan }: CompiledChecklist,
  whole: CompiledChecklist,
  found: Capabilities[],
): NotTestable {
  const pair = whole.plan.pairs.find((one) => one.slug === check.pair);
  const row = pair?.rows.find((one) => one.slug === check.property);
  const said: string[] = [];
  for (const side of SIDES) {
    const system = plan.systems[side];
    const entity = system.entities.find((one) => one.name === pair?.entity[side]);
    if (entity === undefined || row === undefined || !isReadOnly(entity, row[side])) continue;
    const path = withoutConditions(row[side]);
    const isProbed = found.some(
      (one) => one.system === system.key && one.readOnly[entity.name]?.includes(path) === true,
    );
    const how = isProbed ? 'an update of it did not take effect' : 'its contract says so';
    said.push(`${path} of the ${system.name} ${entity.name} is read-only: ${how}`);
  }
  return {
    reason: said.length > 0 ? said.join('; ') : 'a provider takes no write of what this check needs written',
    remedy: 'open it to be written, or edit it by hand there: the sync carries it one way only',
  };
}

/** An edit made while the sync writes is overwritten where the provider keeps no versions: that cannot be asked of it. */
export function withoutVersions(compiled: CompiledChecklist, found: Capabilities[]): CompiledChecklist {
  const { systems } = compiled.plan;
  const whyNot = (check: Check): NotTestable | null => {
    if (check.scenario !== 'edit-during-sync') return null;
    const written = systems[check.from === 'a' ? 'b' : 'a'];
    const lack = found.find((one) => one.system === written.key)?.lacks.concurrency;
    return lack === undefined
      ? null
      : {
          reason: `the ${written.name} keeps no versions: ${lack}`,
          remedy: 'edits at the same moment overwrite each other there, unless the provider keeps versions',
        };
  };
  const checks = compiled.checks.map((check) => ({
    ...check,
    notTestable: check.notTestable ?? whyNot(check),
  }));
  return { ...compiled, checks };
}
