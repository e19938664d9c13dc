import { entityKey } from '../contract/derive/contracts.js';
import { withoutConditions } from '../contract/path.js';
import type { EntityContract } from '../contract/field.js';
import { InputError } from '../document/input-error.js';
import type { DataflowDocument, Pair } from '../document/model.js';
import { fieldAt } from './field-index.js';
import type { SyncPlan } from './plan.js';
import { nearest, slipOf } from './profile/nearest.js';
import type { LoadedProfile } from './profile/load.js';
import type { ProfilePair } from './profile/schema.js';

/** True for the entry of a profile that stands for a pair. */
export const isOf = (pair: Pair, { source, target }: ProfilePair) =>
  source === entityKey(pair.source) && target === entityKey(pair.target);

/** A row whose path is a slip of one that the document names is refused; a new property must differ by more. */
export function checkSpelling({ profile, path, lineOf }: LoadedProfile, said: SyncPlan['systems']): void {
  const given = Object.values(profile.systems);
  profile.pairs.forEach((pair, index) => {
    (['a', 'b'] as const).forEach((side, at) => {
      const system = given[at];
      const name = side === 'a' ? pair.source : pair.target;
      const entity = said[side].entities.find((one) => one.name === name);
      if (system?.contract !== 'derived' || entity === undefined) return;
      const declared = system.entities?.[name]?.fields ?? {};
      const known = entity.fields.map((field) => field.path);
      pair.rows.forEach((row, rowIndex) => {
        const key = side === 'a' ? 'source' : 'target';
        const plain = withoutConditions(row[key]);
        if (fieldAt(entity, plain) !== undefined || plain in declared) return;
        const meant = slipOf(plain, known);
        if (meant === null) return;
        throw new InputError({
          code: 'unknown-property',
          message: `${name} has no property ${row[key]}`,
          where: `${path}:${lineOf(['pairs', index, 'rows', rowIndex, key])}`,
          expected: `a property of ${name}, such as ${known.slice(0, 4).join(', ')}`,
          found: row[key],
          remedy: `did you mean "${meant}"? A property that the document does not name, though it is spelt like one, is declared under systems, entities, ${name}, fields`,
        });
      });
    });
  });
}

/** Connections and references name other pairs of the document. */
export function checkSlugs({ profile, path, lineOf }: LoadedProfile, bySlug: Map<string, Pair>): void {
  const refuse = (at: PropertyKey[], found: string, message: string, remedy: string) => {
    const expected = `one of ${[...bySlug.keys()].join(', ') || 'no pair at all'}`;
    throw new InputError({
      code: 'unknown-pair',
      message,
      where: `${path}:${lineOf(at)}`,
      expected,
      found,
      remedy,
    });
  };
  const checkConnected = (pair: ProfilePair, connected: ProfilePair['connected'], at: PropertyKey[]) =>
    connected?.forEach(({ pair: slug }, place) => {
      const other = bySlug.get(slug);
      if (other === undefined)
        refuse(
          [...at, place, 'pair'],
          slug,
          `"connected" names no pair of the document`,
          'name a pair by its short name in check ids',
        );
      else if (connected.every((one) => one.pair === slug) && isOf(other, pair))
        refuse(
          [...at, place, 'pair'],
          slug,
          `"connected" names the pair itself, so that no first record could ever be created`,
          'name the pair of the entity that a record must be connected to',
        );
    });
  const checkReferences = (rows: Pick<ProfilePair['rows'][number], 'transform'>[], at: PropertyKey[]) =>
    rows.forEach(({ transform }, place) => {
      const own = [...at, place, 'transform'];
      if (transform.kind === 'lines') return checkReferences(transform.rows, [...own, 'rows']);
      if (transform.kind !== 'reference' || bySlug.has(transform.pair)) return;
      refuse(
        [...own, 'pair'],
        transform.pair,
        'a reference names no pair of the document',
        'name a pair by its short name in check ids',
      );
    });
  profile.pairs.forEach((pair, index) => {
    checkConnected(pair, pair.connected, ['pairs', index, 'connected']);
    checkConnected(pair, pair.back?.connected, ['pairs', index, 'back', 'connected']);
    checkReferences(pair.rows, ['pairs', index, 'rows']);
  });
}

/** Every path of a row is a property of its entity. Errors: `InputError`. */
export function checkRows(
  profile: ProfilePair,
  a: EntityContract,
  b: EntityContract,
  loaded: LoadedProfile,
): void {
  const index = loaded.profile.pairs.indexOf(profile);
  profile.rows.forEach((row, rowIndex) => {
    for (const [key, entity] of [
      ['source', a],
      ['target', b],
    ] as const) {
      if (fieldAt(entity, withoutConditions(row[key])) !== undefined) continue;
      const paths = entity.fields.map((field) => field.path);
      const near = nearest(row[key], paths);
      throw new InputError({
        code: 'unknown-property',
        message: `${entity.name} has no property ${row[key]}`,
        where: `${loaded.path}:${loaded.lineOf(['pairs', index, 'rows', rowIndex, key])}`,
        expected: `a property of ${entity.name}, such as ${paths.slice(0, 4).join(', ')}`,
        found: row[key],
        remedy: near === null ? 'use the path that the API uses' : `did you mean "${near}"?`,
      });
    }
  });
}

/** Every pair of a profile stands in the document. Errors: `InputError`. */
export function checkProfilePairs(
  { profile, document }: { profile: LoadedProfile | null; document: DataflowDocument },
  pairs: { profile: ProfilePair | null }[],
): void {
  profile?.profile.pairs.forEach((one, index) => {
    if (pairs.some((pair) => pair.profile === one)) return;
    throw new InputError({
      code: 'unknown-pair',
      message: `the document holds no pair ${one.source} to ${one.target}`,
      where: `${profile.path}:${profile.lineOf(['pairs', index])}`,
      expected:
        [
          ...new Set(document.pairs.map((pair) => `${entityKey(pair.source)} to ${entityKey(pair.target)}`)),
        ].join(', ') || 'no pair at all',
      found: `${one.source} to ${one.target}`,
      remedy: 'remove the pair from the profile or correct its names',
    });
  });
}
