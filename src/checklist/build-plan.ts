import type { SystemContract } from '../contract/api-description.js';
import type { EntityContract } from '../contract/field.js';
import { connectionPath, deriveContracts, entityKey } from '../contract/derive/contracts.js';
import { fieldPath } from '../contract/derive/fields.js';
import { InputError } from '../document/input-error.js';
import type { DataflowDocument, MergeRow, Pair, PropertyPath } from '../document/model.js';
import { checkProfilePairs, checkRows, checkSlugs, checkSpelling, isOf } from './check-profile.js';
import { DEFAULT_POLICIES } from './policies.js';
import type { CreationRule, MatchKey, PairPlan, SyncPlan } from './plan.js';
import { withNamedFields } from './profile/named-fields.js';
import { resolveSystem } from './profile/resolve-system.js';
import type { LoadedProfile } from './profile/load.js';
import type { ProfilePair } from './profile/schema.js';
import { rowsOf, type OpenRow } from './rows.js';
import { slugOf, uniqueSlug } from './slug.js';

export type KnownContracts = Record<string, (name?: string) => SystemContract>;
export type PlanInput = {
  document: DataflowDocument;
  reverse: DataflowDocument | null;
  profile: LoadedProfile | null;
  contracts: KnownContracts;
};

/** A section of the document with what the plan made of it. */
export type PlannedPair = { pair: Pair; plan: PairPlan; open: OpenRow[]; profile: ProfilePair | null };

/** Turns a document and its profile into what the sync must do. Errors: `InputError` for a profile that does not fit. */
export function buildPlan(input: PlanInput): { plan: SyncPlan; pairs: PlannedPair[] } {
  const taken = new Set<string>();
  const sections = input.document.pairs.filter((pair) => pair.repeatOf === null);
  const slugs = new Map(
    sections.map((pair) => [pair, uniqueSlug(profileOf(pair, input)?.slug ?? pairSlug(pair), taken)]),
  );
  const systems = contractsOf(input, slugs);
  const index = indexOf(sections, slugs, systems, input);
  const pairs = sections.map((pair) => planPair(pair, index, systems, input));
  checkProfilePairs(input, pairs);
  return { plan: { systems, pairs: pairs.map((one) => one.plan) }, pairs };
}

/** What is looked up for every pair: found by name, so that the work stays in proportion to the document. */
type Index = {
  slugs: Map<Pair, string>;
  /** The first two sections of a source entity: a section is never connected to itself. */
  bySource: Map<string, Pair[]>;
  entities: { a: Map<string, EntityContract>; b: Map<string, EntityContract> };
  reversed: Set<string>;
};

const joined = (source: string, target: string) => `${source}\n${target}`;

function indexOf(
  sections: Pair[],
  slugs: Map<Pair, string>,
  systems: SyncPlan['systems'],
  { reverse }: PlanInput,
): Index {
  const bySource = new Map<string, Pair[]>();
  for (const pair of sections) {
    const found = bySource.get(entityKey(pair.source));
    if (found === undefined) bySource.set(entityKey(pair.source), [pair]);
    else if (found.length < 2) found.push(pair);
  }
  const byName = ({ entities }: SystemContract) => new Map(entities.map((entity) => [entity.name, entity]));
  return {
    slugs,
    bySource,
    entities: { a: byName(systems.a), b: byName(systems.b) },
    reversed: new Set(reverse?.pairs.map((pair) => joined(pair.target.display, pair.source.display))),
  };
}

function contractsOf(
  { document, profile, contracts }: PlanInput,
  slugs: Map<Pair, string>,
): SyncPlan['systems'] {
  const keys = systemKeys(document);
  if (profile === null) return deriveContracts(document, keys);
  const [source, target] = Object.entries(profile.profile.systems);
  const bySlug = new Map([...slugs].map(([pair, slug]) => [slug, pair]));
  checkSlugs(profile, bySlug);
  const said = deriveContracts(document, { a: source?.[0] ?? keys.a, b: target?.[0] ?? keys.b });
  checkSpelling(profile, said);
  const derived = withNamedFields(said, profile.profile.pairs, (slug) => {
    const pair = bySlug.get(slug);
    return pair === undefined ? undefined : { a: entityKey(pair.source), b: entityKey(pair.target) };
  });
  const resolved = (given: typeof source, name: string, own: SystemContract) => {
    if (given === undefined) return own;
    const [key, system] = given;
    const locate = (path: PropertyKey[]) => `${profile.path}:${profile.lineOf(['systems', key, ...path])}`;
    return resolveSystem(contracts[system.contract]?.(name) ?? own, system, locate);
  };
  return {
    a: resolved(source, document.systems.source, derived.a),
    b: resolved(target, document.systems.target, derived.b),
  };
}

function systemKeys(document: DataflowDocument): { a: string; b: string } {
  const [a, b] = [slugOf(document.systems.source), slugOf(document.systems.target)];
  return a === b ? { a: `${a}-a`, b: `${b}-b` } : { a, b };
}

function pairSlug(pair: Pair): string {
  const [source, target] = [slugOf(entityKey(pair.source)), slugOf(entityKey(pair.target))];
  return source === target ? source : `${source}-to-${target}`;
}

function profileOf(pair: Pair, { profile }: PlanInput): ProfilePair | null {
  return profile?.profile.pairs.find((one) => isOf(pair, one)) ?? null;
}

function planPair(pair: Pair, index: Index, systems: SyncPlan['systems'], input: PlanInput): PlannedPair {
  const profile = profileOf(pair, input);
  const [source, target] = [entityKey(pair.source), entityKey(pair.target)];
  const a = index.entities.a.get(source) ?? unknownEntity(systems.a, source, pair);
  const b = index.entities.b.get(target) ?? unknownEntity(systems.b, target, pair);
  const { mapped, open } = rowsOf(pair, profile, a, b);
  if (profile !== null && input.profile !== null) checkRows(profile, a, b, input.profile);
  const reversed = index.reversed.has(joined(pair.source.display, pair.target.display));
  const match = matchKeys(pair, profile);
  const rule = creationRule(pair, profile, index);
  const policies = { ...DEFAULT_POLICIES, ...input.profile?.profile.policies, ...profile?.policies };
  const plan: PairPlan = {
    slug: index.slugs.get(pair) ?? pairSlug(pair),
    entity: { a: a.name, b: b.name },
    rows: mapped,
    match,
    creation: {
      a: policies.noMatch === 'wait' && match.length > 0 ? { kind: 'linked-only' } : rule,
      b: reversed ? { kind: 'every' } : null,
    },
    policies,
  };
  return { pair, plan, open, profile };
}

function unknownEntity(system: SystemContract, name: string, pair: Pair): never {
  throw new InputError({
    code: 'unknown-entity',
    message: `the contract of ${system.name} holds no entity ${name}`,
    where: `line ${pair.heading.line}`,
    expected: system.entities.map((entity) => entity.name).join(', '),
    found: name,
    remedy: 'set "contract: derived" for this system in the profile',
  });
}

function creationRule(pair: Pair, profile: ProfilePair | null, { slugs, bySource }: Index): CreationRule {
  if (profile?.connected !== undefined) return { kind: 'connected', to: profile.connected };
  const connected = pair.sentences.find((sentence) => sentence.form === 'create-connected');
  if (connected !== undefined) {
    const to = (connected.connectedTo ?? []).flatMap((entity) => {
      const other = bySource.get(entityKey(entity))?.find((one) => one !== pair);
      const slug = other === undefined ? undefined : slugs.get(other);
      return slug === undefined ? [] : [{ pair: slug, path: connectionPath(entityKey(entity)) }];
    });
    return to.length > 0 ? { kind: 'connected', to } : { kind: 'linked-only' };
  }
  const has = (form: string) => pair.sentences.some((sentence) => sentence.form === form);
  if (has('sync-when') && profile?.when !== undefined) return { kind: 'when', condition: profile.when };
  if (has('link-first') && !has('sync-every') && !has('create-missing')) return { kind: 'linked-only' };
  return { kind: 'every' };
}

function matchKeys(pair: Pair, profile: ProfilePair | null): MatchKey[] {
  const taken = new Set<string>();
  const own = (profile?.match ?? []).map((parts): MatchKey => ({
    slug: uniqueSlug(slugOf(parts.map((part) => part.source).join(' ')), taken),
    parts: parts.map(({ source, target, normalise }) => ({ a: source, b: target, normalise })),
    line: null,
    origin: 'profile',
  }));
  const said = pair.mergeRows
    .filter((row) => ![...row.source, ...row.target].some(isPrimaryKey))
    .map((row): MatchKey => ({
      slug: uniqueSlug(slugOf(row.source.map((path) => path.segments.join('.')).join(' ')), taken),
      parts: row.source.map((path, index) => {
        const other = row.target[index] ?? path;
        const isEmail = /e-?mail|epost/i.test(path.text) || /e-?mail/i.test(other.text);
        return { a: fieldPath(path), b: fieldPath(other), normalise: isEmail ? 'case-insensitive' : 'none' };
      }),
      line: row.span.line,
      origin: 'document',
    }));
  return own.length > 0 ? own : said;
}

const isPrimaryKey = (path: PropertyPath) => /^(?:\$original_)?id$/i.test(path.segments.join('.'));

/** Merge rows that match on a primary key, which a system gives itself. */
export function keyedMerges(pair: Pair): MergeRow[] {
  return pair.mergeRows.filter((row) => [...row.source, ...row.target].some(isPrimaryKey));
}
