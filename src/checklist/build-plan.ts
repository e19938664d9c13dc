import type { SystemContract } from '../contract/api-description.js';
import type { Capabilities } from '../contract/capabilities.js';
import type { EntityContract } from '../contract/field.js';
import { connectionPath, deriveContracts, entityKey } from '../contract/derive/contracts.js';
import { fieldPath, namesEmail } from '../contract/derive/fields.js';
import { InputError } from '../document/input-error.js';
import { canMatch } from '../document/merge-row.js';
import type { DataflowDocument, MergeRow, Pair } from '../document/model.js';
import { checkProfilePairs, checkRows, checkSlugs, checkSpelling, isOf } from './check-profile.js';
import { limited, opened } from './limits.js';
import { DEFAULT_POLICIES, type Policies } from './policies.js';
import { entityWord } from '../document/names.js';
import { backConnections, creationRule, reverseSections } from './creation-rule.js';
import type { CreationRule, MappedRow, MatchKey, PairPlan, SyncPlan, Transform } from './plan.js';
import { valuesIn, withNamedFields } from './profile/named-fields.js';
import { resolveSystem } from './profile/resolve-system.js';
import type { LoadedProfile } from './profile/load.js';
import type { ProfilePair } from './profile/schema.js';
import { rowsOfBoth } from './row-index.js';
import { rowsOf, type KeyRow, type OpenRow } from './rows.js';
import { slugOf, uniqueSlug } from './slug.js';

export type KnownContracts = Record<string, (name?: string) => SystemContract>;
export type PlanInput = {
  document: DataflowDocument;
  reverse: DataflowDocument | null;
  profile: LoadedProfile | null;
  contracts: KnownContracts;
  /** In place of those that the profile sets for all pairs. */
  policies?: Partial<Policies>;
  /** What the providers were found to lack. */
  capabilities?: Capabilities[];
  /** Whether every property counts as one that can be written. */
  isOpen?: boolean;
};

/** A section of the document with what the plan made of it. */
export type PlannedPair = {
  pair: Pair;
  plan: PairPlan;
  entity: { a: EntityContract; b: EntityContract };
  open: OpenRow[];
  keys: KeyRow[];
  profile: ProfilePair | null;
  /** The section of the reverse document, where one is given and holds it. */
  back: Pair | null;
};
/** Turns a document and its profile into what the sync must do. Errors: `InputError` for a profile that does not fit. */
export function buildPlan(input: PlanInput): { plan: SyncPlan; pairs: PlannedPair[] } {
  const backs = reverseSections(input.document, input.reverse);
  if (input.reverse !== null && backs.size === 0) checkReverse(input.document, input.reverse);
  const taken = new Set<string>();
  const sections = input.document.pairs.filter((pair) => pair.repeatOf === null);
  const slugs = new Map(
    sections.map((pair) => [pair, uniqueSlug(profileOf(pair, input)?.slug ?? pairSlug(pair), taken)]),
  );
  const said = contractsOf(input, backs, slugs);
  const systems = input.isOpen === true ? opened(said) : limited(said, input.capabilities ?? []);
  const index = indexOf(slugs, systems, backs);
  const pairs = sections.map((pair) => planPair(pair, index, systems, input));
  checkProfilePairs(input, pairs);
  return { plan: { systems, pairs: pairs.map((one) => one.plan) }, pairs };
}

type Connections = Map<string, { pair: string; path: string }[]>;

/** What is looked up for every pair: found by name, so that the work stays in proportion to the document. */
type Index = {
  slugs: Map<Pair, string>;
  /** What a record is connected through, by the word of the entity that is named: each of its sections. */
  byEntity: { source: Connections; target: Connections };
  entities: { a: Map<string, EntityContract>; b: Map<string, EntityContract> };
  backs: Map<Pair, Pair>;
};

function indexOf(slugs: Map<Pair, string>, systems: SyncPlan['systems'], backs: Map<Pair, Pair>): Index {
  const sectionsBy = (side: 'source' | 'target') => {
    const found: Connections = new Map();
    for (const [pair, slug] of slugs) {
      const word = entityWord(pair[side]);
      const own = found.get(word) ?? [];
      found.set(word, own);
      own.push({ pair: slug, path: connectionPath(entityKey(pair[side])) });
    }
    return found;
  };
  const byName = ({ entities }: SystemContract) => new Map(entities.map((entity) => [entity.name, entity]));
  return {
    slugs,
    byEntity: { source: sectionsBy('source'), target: sectionsBy('target') },
    entities: { a: byName(systems.a), b: byName(systems.b) },
    backs,
  };
}

function contractsOf(
  { document, profile, contracts }: PlanInput,
  backs: Map<Pair, Pair>,
  slugs: Map<Pair, string>,
): SyncPlan['systems'] {
  const keys = systemKeys(document);
  const connections = backConnections(backs);
  const pairs = document.pairs.map((pair) => ({
    ...pair,
    mergeRows: mergesOf(pair, backs.get(pair) ?? null),
  }));
  const whole = { ...document, pairs };
  if (profile === null) return deriveContracts(whole, keys, connections);
  const [source, target] = Object.entries(profile.profile.systems);
  const own = { a: source?.[0] ?? keys.a, b: target?.[0] ?? keys.b };
  const said = deriveContracts(whole, own, connections, valuesIn(profile.profile.pairs));
  const bySlug = new Map([...slugs].map(([pair, slug]) => [slug, pair]));
  checkSlugs(profile, bySlug);
  checkSpelling(profile, said);
  const derived = withNamedFields(said, profile.profile.pairs, (slug) => {
    const pair = bySlug.get(slug);
    return pair === undefined ? undefined : { a: entityKey(pair.source), b: entityKey(pair.target) };
  });
  const resolved = (given: typeof source, name: string, own: SystemContract) => {
    if (given === undefined) return own;
    const [key, system] = given;
    const locate = (path: PropertyKey[]) => `${profile.path}:${profile.lineOf(['systems', key, ...path])}`;
    return resolveSystem(
      contracts[system.contract]?.(name) ?? own,
      system,
      locate,
      profile.openapi?.get(key),
    );
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
  const { mapped, open, keys } = rowsOf(pair, profile, a, b);
  if (profile !== null && input.profile !== null) checkRows(profile, a, b, input.profile);
  const back = index.backs.get(pair) ?? null;
  const match = asCarried(matchKeys(pair, back, profile), mapped);
  const policies = {
    ...DEFAULT_POLICIES,
    ...input.profile?.profile.policies,
    ...input.policies,
    ...profile?.policies,
  };
  const waits = policies.noMatch === 'wait' && match.length > 0;
  const ruleOf = (
    section: Pair,
    side: 'source' | 'target',
    said: Pick<ProfilePair, 'when' | 'connected'> | null,
  ) =>
    waits
      ? ({ kind: 'linked-only' } as CreationRule)
      : creationRule(section, said, (entity) => index.byEntity[side].get(entityWord(entity)) ?? []);
  const plan: PairPlan = {
    slug: index.slugs.get(pair) ?? pairSlug(pair),
    entity: { a: a.name, b: b.name },
    rows: mapped,
    match,
    creation: {
      a: ruleOf(pair, 'source', profile),
      b: back === null ? null : ruleOf(back, 'target', profile?.back ?? null),
    },
    policies,
  };
  return { pair, plan, entity: { a, b }, open, keys, profile, back };
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

/** The profile's keys; else those of the document; where it names none, those of the reverse document. */
function matchKeys(pair: Pair, back: Pair | null, profile: ProfilePair | null): MatchKey[] {
  const taken = new Set<string>();
  const own = (profile?.match ?? []).map((parts): MatchKey => ({
    slug: uniqueSlug(slugOf(parts.map((part) => part.source).join(' ')), taken),
    parts: parts.map(({ source, target, normalise }) => ({ a: source, b: target, normalise })),
    line: null,
    origin: 'profile',
  }));
  if (own.length > 0) return own;
  return mergesOf(pair, back)
    .filter(canMatch)
    .map((row): MatchKey => ({
      slug: uniqueSlug(slugOf(row.source.map((path) => path.segments.join('.')).join(' ')), taken),
      parts: row.source.map((path, index) => {
        const other = row.target[index] ?? path;
        const isEmail = namesEmail(path.text) || namesEmail(other.text);
        return { a: fieldPath(path), b: fieldPath(other), normalise: isEmail ? 'case-insensitive' : 'none' };
      }),
      line: pair.mergeRows.length > 0 ? row.span.line : null,
      origin: 'document',
    }));
}

const UNCHANGED = new Set<Transform['kind']>(['identity', 'cast', 'reference', 'lines']);

/** Keys that a row carries by a transform are compared as it carries them. */
function asCarried(keys: MatchKey[], rows: MappedRow[]): MatchKey[] {
  return keys.map((key) => ({
    ...key,
    parts: key.parts.map((part) => {
      const transform = rowsOfBoth(rows, part.a, part.b)[0]?.transform;
      return transform === undefined || UNCHANGED.has(transform.kind) ? part : { ...part, transform };
    }),
  }));
}

const mergesOf = (pair: Pair, back: Pair | null): MergeRow[] =>
  pair.mergeRows.length > 0 || back === null ? pair.mergeRows : back.mergeRows.map(turned);

const turned = (row: MergeRow): MergeRow => ({ ...row, source: row.target, target: row.source });

/** Merge rows by which no record can be matched. */
export function openMerges(pair: Pair): MergeRow[] {
  return pair.mergeRows.filter((row) => !canMatch(row));
}

/** A second document that shares no section with the first must at least be of the same two systems. */
function checkReverse(document: DataflowDocument, reverse: DataflowDocument): void {
  const [own, back] = [document.systems, reverse.systems];
  const same = (one: string, other: string) => slugOf(one) === slugOf(other) || one === '' || other === '';
  if (same(own.source, back.target) && same(own.target, back.source)) return;
  throw new InputError({
    code: 'not-the-reverse',
    message: 'the second document is not the reverse of the first',
    where: reverse.path,
    expected: `a document from ${own.target} to ${own.source}`,
    found: `one from ${back.source} to ${back.target}`,
    remedy: 'give the document of the opposite direction, or run each document alone',
  });
}
